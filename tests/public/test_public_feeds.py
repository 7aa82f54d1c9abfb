"""The feeds: what is in them, in both languages, valid, the same bytes until something is published."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from editorial.models import Article
from rankings.models import Release
from schools.typography import rank_words
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SCHOOL = "/flux/ecoles/ecole-des-mines-de-brezac.xml"
FEEDS = ("/flux/articles.xml", "/flux/palmares.xml", SCHOOL)


def read(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(feed: ET.Element) -> list[str]:
    return [str(entry.findtext(f"{ATOM}title")) for entry in feed.iter(f"{ATOM}entry")]


@scene(factories.approved_article)
def test_feed_says_what_an_atom_reader_needs(client: Client, subtests: pytest.Subtests) -> None:
    for prefix in ("", "/en"):
        for address in FEEDS:
            with subtests.test(prefix + address):
                feed = read(client, prefix + address)
                assert feed.findtext(f"{ATOM}id") == f"http://testserver{prefix}{address}"
                entries = list(feed.iter(f"{ATOM}entry"))
                assert entries
                for entry in [feed, *entries]:
                    assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
                for entry in entries:
                    link = entry.find(f"{ATOM}link")
                    assert link is not None
                    assert client.get(link.attrib["href"].removeprefix("http://testserver")).status_code == 200


@scene(factories.approved_article)
def test_feeds_hold_articles_editions_and_places(client: Client) -> None:
    article, release = Article.objects.get(), Release.objects.get()
    assert titles(read(client, "/flux/articles.xml")) == [article.title_fr]
    assert titles(read(client, "/flux/palmares.xml")) == [f"{release.title_fr} {release.year}"]
    told = titles(read(client, SCHOOL))
    assert article.title_fr in told
    row = release.units.get(slug="ecole-des-mines-de-brezac")
    assert row.rank is not None
    assert f"{release.title_fr} {release.year}\u00a0: {rank_words(row.rank, row.tied)}" in told
    assert client.get("/flux/ecoles/inconnue.xml").status_code == 404


@scene(factories.approved_article)
def test_correction_is_announced_as_such(client: Client) -> None:
    release = Release.objects.get()
    corrected = factories.published_release(release.edition)
    feed = read(client, "/flux/palmares.xml")
    assert len(titles(feed)) == 2
    newest = next(iter(feed.iter(f"{ATOM}entry")))
    assert "correction, version 2" in str(newest.findtext(f"{ATOM}title"))
    assert newest.findtext(f"{ATOM}summary") == corrected.reason_fr


@scene(factories.approved_article)
def test_nothing_of_an_edition_to_come_is_in_a_feed(client: Client) -> None:
    before = [client.get(address).content for address in FEEDS]
    school = factories.unit("École du Canari-7F3A")
    edition = factories.edition([school, *factories.units(4)], year=2027)
    factories.sealed_release(edition, publish_at=timezone.now() + timedelta(minutes=10))
    assert [client.get(address).content for address in FEEDS] == before
    assert client.get("/flux/ecoles/ecole-du-canari-7f3a.xml").status_code == 404


def test_feed_of_nothing_is_the_same_at_any_instant(client: Client) -> None:
    feed = client.get("/flux/articles.xml").content
    assert b"<updated>1970-01-01T00:00:00+00:00</updated>" in feed


@scene(factories.approved_article)
def test_feed_costs_a_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for address, most in zip(FEEDS, (2, 2, 4), strict=True):
        with django_assert_max_num_queries(most):
            client.get(address)


@scene(factories.approved_article)
def test_pages_lead_to_the_feeds(client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert 'type="application/atom+xml" href="/en/flux/articles.xml"' in page
