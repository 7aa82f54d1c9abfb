"""Every public page: it works, carries no cookie, refuses writes, and costs the same for few schools and for many."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial.models import Article
from rankings.models import Edition, Release
from tests import factories
from tests.public.reading import API, COMPARED, EDITION, FILES, MAP, PAGES, ROBOTS, words
from tests.scenes import scene

pytestmark = pytest.mark.django_db

# A bound for each, a little above what it takes today.
BUDGETS = {
    "/": 8,
    EDITION: 9,
    f"{EDITION}ecoles/ecole-des-mines-de-brezac/": 21,
    f"{EDITION}comparer/?q=mines": 5,
    COMPARED: 17,
    f"{EDITION}criteres/": 8,
    f"{EDITION}criteres/salaire/": 16,
    f"{EDITION}criteres/ouverture/": 12,
    f"{EDITION}regions/": 3,
    f"{EDITION}regions/occitanie/": 7,
    f"{EDITION}methode/": 12,
    f"{EDITION}donnees/": 9,
    f"{EDITION}version/1/": 10,
    "/articles/": 4,
    "/recherche/?q=mines": 4,
    f"{EDITION}donnees/classement.csv": 5,
    f"{EDITION}donnees/valeurs.csv": 3,
    f"/api/v1/editions{EDITION}units/": 6,
    f"/api/v1/editions{EDITION}units/ecole-des-mines-de-brezac/": 7,
    "/sitemap.xml": 5,
    "/sitemap/site.xml": 5,
    MAP: 10,
}

MISSING = (
    "/nulle-part/",
    "/ecoles-ingenieurs/1999/",
    f"{EDITION}ecoles/inconnue/",
    f"{EDITION}version/9/",
    f"{EDITION}regions/atlantide/",
    "/articles/x/",
)


@scene(factories.approved_article)
def test_page_reads_in_both_languages_without_cookie_nor_session(client: Client, subtests: pytest.Subtests) -> None:
    for prefix, address in product(("", "/en"), PAGES):
        with subtests.test(prefix + address):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(prefix + address)
            assert response.status_code == 200
            assert not response.cookies
            assert "Vary" not in response.headers
            assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
            assert response.headers["Content-Language"] == ("en" if prefix else "fr")
            assert "csrfmiddlewaretoken" not in response.content.decode()
            assert not any("django_session" in query["sql"] for query in queries)


@scene(factories.approved_article)
def test_head_has_the_headers_of_get_and_other_methods_are_refused(client: Client, subtests: pytest.Subtests) -> None:
    for address in PAGES + FILES + API + ROBOTS:
        with subtests.test(address):
            got, head = client.get(address), client.head(address)
            assert (head.status_code, head.content) == (200, b"")
            assert head.headers["ETag"] == got.headers["ETag"]
            for method in (client.post, client.put, client.patch, client.delete, client.options):
                refused = method(address)
                assert refused.status_code == 405
                assert refused.headers["Cache-Control"] == "no-store"


def test_page_costs_the_same_for_few_schools_and_for_many(client: Client, subtests: pytest.Subtests) -> None:
    factories.approved_article(factories.published_release(factories.edition(6)))
    few = {address: _cost(client, address) for address in BUDGETS}
    factories.published_release(factories.edition(30, slug="autre-palmares"))
    for address, budget in BUDGETS.items():
        with subtests.test(address):
            many = _cost(client, address.replace("ecoles-ingenieurs", "autre-palmares"))
            assert many <= budget
            assert few[address] == many


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_home_is_dignified_when_nothing_is_published(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "Aucun palmarès n’est encore publié." in words(response)


@scene(factories.published_release)
def test_home_shows_the_newest_release_its_first_places_and_the_news(client: Client) -> None:
    release = Release.objects.get()
    factories.published_release(factories.edition(6, year=2024), publish_at=factories.PAST - timedelta(days=9))
    article = factories.approved_article(release)
    said = words(client.get("/"))
    assert "Édition 2026" in said
    assert "ex aequo" in said
    assert article.title in said
    assert "2024" in said


def test_ranking_without_year_leads_to_the_latest_published_one(client: Client) -> None:
    factories.published_release(factories.edition(6, year=2025))
    factories.sealed_release(factories.edition(6, year=2027))
    response = client.get("/ecoles-ingenieurs/")
    assert (response.status_code, response.headers["Location"]) == (302, "/ecoles-ingenieurs/2025/")
    assert response.headers["Cache-Control"] == "no-store"


@scene(factories.approved_article)
def test_what_is_not_there_is_404_and_never_kept(client: Client, subtests: pytest.Subtests) -> None:
    for address in MISSING:
        with subtests.test(address):
            response = client.get(address)
            assert response.status_code == 404
            assert response.headers["Cache-Control"] == "no-store"


@scene(factories.approved_article)
def test_a_year_has_one_address_only(client: Client) -> None:
    for address in ("/ecoles-ingenieurs/02026/", "/ecoles-ingenieurs/2026/version/01/", "/ecoles-ingenieurs/20260/"):
        assert client.get(address).status_code == 404


@scene(factories.edition, 6)
def test_older_version_says_so_and_leads_to_the_current_one(client: Client) -> None:
    edition = Edition.objects.get()
    factories.published_release(edition, publish_at=factories.PAST - timedelta(days=5))
    factories.published_release(edition)
    old, current = client.get(f"{EDITION}version/1/"), client.get(f"{EDITION}version/2/")
    assert "Ancienne version" in words(old)
    assert f'href="{EDITION}"' in old.content.decode()
    assert "Ancienne version" not in words(current)


@scene(factories.withdrawn_release)
def test_withdrawn_release_is_410_with_the_public_reason(client: Client) -> None:
    release = Release.objects.get()
    for address in (EDITION, f"{EDITION}version/1/", f"{EDITION}methode/", f"{EDITION}donnees/classement.csv"):
        response = client.get(address)
        assert response.status_code == 410
        assert response.headers["Cache-Control"] == "no-store"
        assert "Une source s’est rétractée." in words(response)
    assert "retracted" in words(client.get(f"/en{EDITION}"))
    assert release.units.all()[0].name not in words(client.get(EDITION))


@scene(factories.approved_article)
def test_article_lists_its_figures_and_the_release_they_come_from(client: Client) -> None:
    article = Article.objects.get()
    response = client.get(f"/articles/{article.slug}/")
    said = words(response)
    assert "Les chiffres de cet article" in said
    assert article.facts[0]["text_fr"].replace("\xa0", " ").replace("\u202f", " ") in re_spaced(said)
    assert f'href="{EDITION}ecoles/ecole-des-mines-de-brezac/"' in response.content.decode()
    assert f'href="{EDITION}version/1/"' in response.content.decode()


def re_spaced(said: str) -> str:
    """The letters of a place are raised by a tag, which `words` turned into a blank."""
    return re.sub(r"(\d) (re|e) ", r"\1\2 ", said)
