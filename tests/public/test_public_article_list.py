"""The list of articles: filters as addresses, with how many each keeps, and the same answers as the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial.models import Article
from palmares.public.views.articles import PER_PAGE
from rankings.models import Release
from tests import factories as make
from tests.public.reading import words
from tests.scenes import scene

PAGE = "/articles/"


def library() -> None:
    """Three articles on 2026, one of them of the newsroom and on two schools, and one on 2025."""
    before = make.published_release(make.edition(4, year=2025), publish_at=make.PAST - timedelta(days=9))
    release = make.published_release(make.edition(4, year=2026))
    about = {"body_en": "", "title_en": "", "summary_en": ""}
    make.approved_article(release, title_fr="Sur Brézac", **about)
    make.approved_article(release, title_fr="Sans école", body_fr="Elles sont [[classees]].", **about)
    two = "[[rang:ecole-des-mines-de-brezac]] [[rang:institut-ampere-lavoisier]]"
    make.approved_article(release, title_fr="Sur deux écoles", genre="article", body_fr=two, **about)
    make.approved_article(before, title_fr="Sur 2025", genre="article", body_fr="En [[millesime]].", **about)


pytestmark = [pytest.mark.django_db, scene(library)]


def titles(client: Client, query: str = "") -> set[str]:
    return {line.article.title_fr for line in client.get(f"{PAGE}{query}").context["lines"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Sur Brézac", "Sans école", "Sur deux écoles", "Sur 2025"}),
        ("?genre=article", {"Sur deux écoles", "Sur 2025"}),
        ("?year=2025", {"Sur 2025"}),
        ("?unit=ecole-des-mines-de-brezac", {"Sur Brézac", "Sur deux écoles"}),
        ("?unit=ecole-des-mines-de-brezac&genre=announcement", {"Sur Brézac"}),
        ("?ranking=ecoles-ingenieurs&year=2026&genre=announcement", {"Sur Brézac", "Sans école"}),
        ("?genre=&year=&unit=", {"Sur Brézac", "Sans école", "Sur deux écoles", "Sur 2025"}),
        ("?ranking=inconnu", set()),
    ],
)
def test_filters_keep_what_they_say_and_the_api_says_the_same(client: Client, query: str, found: set[str]) -> None:
    assert titles(client, query) == found
    told = "&".join(part for part in query.removeprefix("?").split("&") if not part.endswith("="))
    api = client.get(f"/api/v1/articles/?{told}").json()
    assert {row["title_fr"] for row in api["results"]} == found
    assert api["count"] == len(found)


def test_choices_say_how_many_the_other_filters_leave(client: Client) -> None:
    listing = client.get(f"{PAGE}?year=2026&genre=announcement").context["listing"]
    assert [(one["n"], one["label"], one["current"]) for one in listing.genres] == [
        (3, "tous", False),
        (1, "articles", False),
        (2, "communiqués", True),
    ]
    assert [(one.value, one.count) for one in listing.years] == [("2026", 2)]
    assert [(one.label, one.count) for one in listing.units] == [("École des mines de Brézac", 1)]
    every = client.get(PAGE).context["listing"]
    assert [(one.value, one.count) for one in every.years] == [("2026", 3), ("2025", 1)]


def test_each_filter_in_force_is_a_link_that_removes_it(client: Client) -> None:
    response = client.get(f"{PAGE}?year=2026&unit=institut-ampere-lavoisier&genre=article&page=3")
    chips = {chip["label"]: chip["url"] for chip in response.context["listing"].chips}
    assert chips == {
        "Article": "?year=2026&unit=institut-ampere-lavoisier",
        "2026": "?unit=institut-ampere-lavoisier&genre=article",
        "Institut Ampère-Lavoisier": "?year=2026&genre=article",
    }
    assert "1 sur 4" in words(response)
    english = client.get(f"/en{PAGE}?genre=article").content.decode()
    assert "2 of 4" in english


def test_nothing_found_says_so_and_leads_out(client: Client) -> None:
    response = client.get(f"{PAGE}?unit=nulle-part")
    assert response.status_code == 200
    assert "Aucun article ne répond à ces filtres." in words(response)
    assert 'href="?"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [("?genre=tract", "Genre"), ("?year=abc", "Année"), ("?year=20", "Année"), (f"?unit={'x' * 200}", "École"),
     ("?unit=%00", "École")],
)  # fmt: skip
def test_wrong_filter_is_named_and_left_out(client: Client, query: str, field: str) -> None:
    response = client.get(f"{PAGE}{query}")
    said = words(response)
    assert "Filtre ignoré" in said
    assert f"{field} :" in said.replace("\xa0", " ")
    assert len(response.context["lines"]) == 4


def test_line_names_its_schools_and_leads_to_what_else_is_said_of_them(client: Client) -> None:
    lines = {line.article.title_fr: line for line in client.get(f"{PAGE}?year=2026").context["lines"]}
    assert lines["Sur deux écoles"].schools == [
        ("École des mines de Brézac", "?year=2026&unit=ecole-des-mines-de-brezac"),
        ("Institut Ampère-Lavoisier", "?year=2026&unit=institut-ampere-lavoisier"),
    ]
    assert lines["Sans école"].schools == []


def test_pages_keep_the_filters(client: Client) -> None:
    release = Release.objects.get(year=2026)
    for number in range(PER_PAGE):
        make.approved_article(release, title_fr=f"Titre {number}", body_fr="En [[millesime]].", body_en="")
    content = client.get(f"{PAGE}?genre=announcement&year=2026").content.decode()
    assert 'href="?genre=announcement&amp;year=2026&amp;page=2"' in content
    assert len(client.get(f"{PAGE}?genre=announcement&year=2026&page=2").context["lines"]) == 2


def test_list_costs_the_same_for_few_articles_and_for_many(client: Client) -> None:
    few = cost(client)
    release = Release.objects.get(year=2026)
    for number in range(5):
        make.approved_article(release, title_fr=f"Titre {number}")
    assert cost(client) == few <= 3


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PAGE).status_code == 200
    return len(queries)


@scene(make.approved_article)
def test_article_is_signed_and_leads_back_to_its_kind(client: Client) -> None:
    address = f"/articles/{Article.objects.get().slug}/"
    response = client.get(address)
    assert "La rédaction" in words(response)
    assert 'href="/articles/?genre=announcement"' in response.content.decode()
    signed = make.approved_article(Release.objects.get(), signature="Ève Martin")
    assert "Par Ève Martin" in words(client.get(f"/articles/{signed.slug}/"))
    assert client.get(f"/api/v1/articles/{signed.slug}/").json()["signature"] == "Ève Martin"
