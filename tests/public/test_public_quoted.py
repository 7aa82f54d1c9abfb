"""Under an article, the figures it quotes: their rules, their denominators, their rows; and what takes them back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial.actions import editions
from editorial.models import Article
from rankings.models import Release
from tests import factories as make
from tests.people import cast
from tests.public.reading import words
from tests.scenes import scene

pytestmark = pytest.mark.django_db

BREZAC = "ecole-des-mines-de-brezac"
BODY = f"Elle gagne [[gain:{BREZAC}]] place, [[region:{BREZAC}]] ; [[classees:2025]] écoles en 2025."


def two_editions_and_an_article() -> None:
    make.sealed_release(make.edition(6, year=2025), publish_at=make.PAST - timedelta(days=1))
    make.approved_article(make.published_release(make.edition(6, year=2026)), body_fr=BODY, body_en="")


def address() -> str:
    return f"/articles/{Article.objects.get().slug}/"


def correct(year: int) -> None:
    """A second version of that edition, published today."""
    edition = Release.objects.get(year=year).edition
    release = make.computed_release(edition, at=make.PAST)
    said = {"release": release, "seen_digest": release.digest, "at": make.PAST}
    editions.sign_release(by=cast().marc, **said)
    editions.seal_release(by=cast().claire, publish_at=make.NOW - timedelta(minutes=1), **said)


@scene(two_editions_and_an_article)
def test_each_figure_has_its_rule_its_denominator_and_its_rows(client: Client) -> None:
    page = client.get(address())
    said, html = words(page), page.content.decode()
    assert "La différence entre les deux rangs" in said
    assert "5 écoles classées en 2025, 5 en 2026" in said
    assert "3 écoles classées de la région Occitanie" in said
    for year in (2025, 2026):
        assert f'href="/ecoles-ingenieurs/{year}/ecoles/{BREZAC}/"' in html
    assert 'href="/ecoles-ingenieurs/2026/regions/occitanie/"' in html
    assert 'href="/ecoles-ingenieurs/2025/"' in html
    english = words(client.get(f"/en{address()}"))
    assert "5 schools ranked in 2025, 5 in 2026" in english


@scene(two_editions_and_an_article)
def test_unranked_rivals_of_the_region_are_named(client: Client) -> None:
    article = Article.objects.get()
    article.refresh_from_db()
    region = next(fact for fact in article.facts if fact["token"].startswith("region:"))
    unranked = article.release.units.filter(rank=None, region="Occitanie").values_list("name", flat=True)
    for name in unranked:
        assert name in region["note_fr"]


@scene(two_editions_and_an_article)
def test_a_correction_of_an_edition_it_rests_on_is_said(client: Client) -> None:
    assert "Corrigé depuis" not in words(client.get(address()))
    before = client.get(address()).headers["ETag"]
    correct(2025)
    page = client.get(address())
    assert "Cet article cite l’édition 2025 dans sa version 1 ; la version 2 est en vigueur." in words(page)
    assert page.headers["ETag"] != before


@scene(two_editions_and_an_article)
def test_an_edition_taken_back_takes_with_it_what_rests_on_it(client: Client) -> None:
    assert client.get(address()).status_code == 200
    old = Release.objects.get(year=2025)
    editions.withdraw_release(
        by=cast().claire, at=make.NOW - timedelta(minutes=1), release=old, reason_fr="Faux.", reason_en="Wrong."
    )
    assert client.get(address()).status_code == 404
    assert "Brézac au palmarès" not in words(client.get("/articles/"))


def test_an_article_never_tells_of_an_edition_that_was_to_come_before_and_did_not(client: Client) -> None:
    """Both are sealed for later; the older one is taken back before its instant, after the article was approved."""
    soon = make.NOW + timedelta(days=1)
    old = make.sealed_release(make.edition(6, year=2025), publish_at=soon)
    now = make.sealed_release(make.edition(6, year=2026), publish_at=soon)
    article = make.approved_article(now, body_fr=BODY, body_en="")
    editions.withdraw_release(by=cast().claire, at=make.NOW, release=old, reason_fr="Faux.", reason_en="Wrong.")
    assert not Article.objects.published(at=soon).filter(pk=article.pk).exists()
    assert Release.objects.published(at=soon).filter(pk=now.pk).exists()


@scene(make.approved_article)
def test_an_article_frozen_before_rules_were_kept_still_reads(client: Client) -> None:
    from editorial import triggers
    from tests.editorial.raw_sql import settle

    settle()
    triggers.uninstall()
    article = Article.objects.get()
    kept = ("token", "unit", "text_fr", "text_en")
    Article.objects.update(facts=[{name: fact[name] for name in kept} for fact in article.facts])
    page = client.get(address())
    assert page.status_code == 200
    assert f'href="/ecoles-ingenieurs/2026/ecoles/{BREZAC}/"' in page.content.decode()


@scene(two_editions_and_an_article)
def test_the_page_costs_the_same_for_few_figures_and_for_many(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(address())
    assert len(queries) <= 5
