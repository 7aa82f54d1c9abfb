"""The site map: every public page and no other, each with the instant it last changed."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from editorial.models import Article
from rankings.models import Release
from tests import factories
from tests.public import corrected, two_years
from tests.public.reading import EDITION, MAP
from tests.scenes import scene

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
HOST = "http://testserver"
# The most addresses and bytes one map may have.
MOST, LARGEST = 50_000, 50 * 1024 * 1024
SCHOOL = f"{EDITION}ecoles/ecole-des-mines-de-brezac/"


def read(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    assert len(response.content) < LARGEST
    return ET.fromstring(response.content)


def dated(found: ET.Element) -> dict[str, str]:
    """Address → its last change."""
    entries = list(found)
    told = {
        str(one.findtext(f"{SPACE}loc")).removeprefix(HOST): str(one.findtext(f"{SPACE}lastmod")) for one in entries
    }
    assert len(told) == len(entries) <= MOST
    return told


def whole(client: Client) -> dict[str, str]:
    return {
        page: at for address in dated(read(client, "/sitemap.xml")) for page, at in dated(read(client, address)).items()
    }


def printed_and_computed() -> None:
    factories.archival_release(publish_at=factories.PAST)
    factories.approved_article(factories.published_release())


@scene(printed_and_computed)
def test_every_page_of_it_is_read_under_that_very_address(client: Client) -> None:
    told = whole(client)
    assert len(told) > 70
    for address in told:
        response = client.get(address)
        assert response.status_code == 200, address
        assert f'<link rel="canonical" href="{HOST}{address}">' in response.content.decode()
        assert b'content="noindex"' not in response.content


@scene(printed_and_computed)
def test_it_has_pages_of_every_kind_in_both_languages(client: Client) -> None:
    told, article = whole(client), Article.objects.get()
    for address in ("/", "/articles/", f"/articles/{article.slug}/", "/donnees/", "/corrections/", "/contact/", "/api/",
                    "/a-propos/", "/accessibilite/", EDITION, SCHOOL, f"{EDITION}regions/occitanie/",
                    f"{EDITION}criteres/salaire/", f"{EDITION}methode/", f"{EDITION}donnees/", f"{EDITION}comparer/",
                    "/ecoles-ingenieurs/2018/", "/ecoles-ingenieurs/2018/methode/"):  # fmt: skip
        assert address in told
        assert f"/en{address}" in told
    for address in ("/recherche/", "/ecoles-ingenieurs/", f"{EDITION}version/1/", "/ecoles-ingenieurs/2018/criteres/"):
        assert address not in told


@scene(printed_and_computed)
def test_every_entry_has_its_instant_and_its_other_language(client: Client) -> None:
    for address in dated(read(client, "/sitemap.xml")):
        for entry in read(client, address):
            at = datetime.fromisoformat(str(entry.findtext(f"{SPACE}lastmod")))
            assert at.tzinfo is not None
            assert at <= timezone.now()
            links = {link.attrib["hreflang"]: link.attrib["href"] for link in entry.iter(LINK)}
            assert set(links) == {"fr", "en", "x-default"}
            assert links["x-default"] == links["fr"]
            assert entry.findtext(f"{SPACE}loc") in links.values()


def instant(at: datetime | None) -> str:
    assert at is not None
    return at.replace(microsecond=0).isoformat().replace("+00:00", "") + "+00:00"


@scene(corrected.corrected)
def test_a_correction_dates_the_pages_that_tell_it(client: Client) -> None:
    first, second = Release.objects.order_by("number")
    assert first.publish_at < second.publish_at
    told = whole(client)
    for address in ("/", "/corrections/", EDITION, SCHOOL, f"{EDITION}donnees/", f"{EDITION}regions/occitanie/"):
        assert told[address][:19] == instant(second.publish_at)[:19], address


@scene(two_years.both)
def test_a_page_has_changed_when_something_it_tells_has_and_not_otherwise(client: Client) -> None:
    before, after = Release.objects.order_by("year")
    told = whole(client)
    past = "/ecoles-ingenieurs/2025/"
    unchanged = (past, f"{past}methode/", f"{past}regions/", f"{past}ecoles/ensi-montfaucon/")
    changed = (EDITION, f"{past}comparer/", f"{past}criteres/salaire/", f"{EDITION}methode/")
    assert {told[address][:19] for address in unchanged} == {instant(before.publish_at)[:19]}
    assert {told[address][:19] for address in changed} == {instant(after.publish_at)[:19]}
    factories.approved_article(after, publish_at=after.publish_at + timedelta(hours=1))
    article, told = Article.objects.get(), whole(client)
    dates = {told[address][:19] for address in (SCHOOL, "/articles/", "/", f"/articles/{article.slug}/")}
    assert dates == {instant(article.publish_at)[:19]}
    assert told[EDITION][:19] == instant(after.publish_at)[:19]
    assert dated(read(client, "/sitemap.xml"))[MAP][:19] == instant(article.publish_at)[:19]


@scene(factories.approved_article)
def test_nothing_to_come_is_in_it_and_what_is_taken_back_leaves_it(client: Client) -> None:
    maps = ("/sitemap.xml", "/sitemap/site.xml", MAP)
    before = [client.get(address).content for address in maps]
    edition = factories.edition([factories.unit("École du Canari-7F3A"), *factories.units(4)], year=2027)
    factories.sealed_release(edition, publish_at=timezone.now() + timedelta(minutes=10))
    assert [client.get(address).content for address in maps] == before
    assert client.get("/sitemap/ecoles-ingenieurs/2027.xml").status_code == 404
    corrected.withdraw(Release.objects.get(year=2026))
    assert client.get(MAP).status_code == 410
    told = whole(client)
    assert not [address for address in told if "/2026/" in address or address.startswith("/articles/l-ecole")]
    assert "/corrections/" in told


def test_before_anything_is_published_the_site_has_its_pages(client: Client) -> None:
    told = whole(client)
    assert "/a-propos/" in told
    assert set(told.values()) == {"None"}


@scene(factories.published_release)
def test_robots_are_led_to_it(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert re.findall(r"^Sitemap: (.*)$", text, re.MULTILINE) == [f"{HOST}/sitemap.xml"]
