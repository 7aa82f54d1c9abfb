"""The API: what it answers, what it refuses, and that its description keeps to the code."""

import json

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema

from rankings.models import Release
from tests import factories
from tests.public.reading import API, EDITION, release_with_licences
from tests.scenes import scene

pytestmark = pytest.mark.django_db

UNITS = f"/api/v1/editions{EDITION}units/"
WRONG = [
        ({"regoin": "Occitanie"}, "regoin"), ({"region": "Atlantide"}, "region"), ({"sector": "secret"}, "sector"),
        ({"order": "score__gt"}, "order"), ({"limit": "0"}, "limit"), ({"limit": "501"}, "limit"),
        ({"limit": "1e3"}, "limit"), ({"offset": "-1"}, "offset"), ({"offset": "9" * 30}, "offset"),
        ({"q": "x" * 81}, "q"), ({"q": "\0"}, "q"), ({"limit": "٣"}, "limit"),
]  # fmt: skip


@scene(factories.published_release)
def test_rows_are_those_of_the_page_with_exact_texts(client: Client) -> None:
    release = Release.objects.get()
    page = client.get(UNITS).json()
    units = list(release.units.order_by("position"))
    assert page["count"] == len(units)
    for row, unit in zip(page["results"], units, strict=True):
        assert (row["slug"], row["rank"], row["tied"]) == (unit.slug, unit.rank, unit.tied)
        assert row["score"] == (unit.score or None)
        assert row["unranked_fr"] == (unit.unranked_fr or None)
    assert isinstance(page["results"][0]["points"]["salaire"]["points"], str)


@scene(factories.approved_article)
def test_no_binary_number_anywhere(client: Client) -> None:

    def refuse(text: str) -> None:
        raise AssertionError(f"a binary number: {text}")

    for address in API[:-1]:
        response = client.get(address)
        # A list as CSV holds texts alone.
        if response.headers["Content-Type"].startswith("application/json"):
            json.loads(response.content, parse_float=refuse)


@scene(factories.published_release)
def test_filters_and_orders_are_those_of_the_page(client: Client) -> None:
    release = Release.objects.get()
    found = client.get(UNITS, {"region": "Occitanie", "sector": "public", "order": "name"}).json()
    expected = release.units.filter(region="Occitanie", sector="public").order_by("search_key")
    assert [row["slug"] for row in found["results"]] == [unit.slug for unit in expected]


@scene(factories.published_release)
def test_limit_and_offset_walk_through_everything(client: Client) -> None:
    release = Release.objects.get()
    walked = []
    for offset in range(0, 10, 3):
        walked += client.get(UNITS, {"limit": 3, "offset": offset}).json()["results"]
    assert [row["slug"] for row in walked] == [unit.slug for unit in release.units.order_by("position")]


@scene(factories.published_release)
def test_wrong_query_is_400_and_names_the_parameter(client: Client, subtests: pytest.Subtests) -> None:
    for query, field in WRONG:
        with subtests.test(field, query=query):
            response = client.get(UNITS, query)
            assert response.status_code == 400
            assert list(response.json()) == [field]
            assert response.headers["Cache-Control"] == "no-store"


@scene(release_with_licences)
def test_unit_has_its_values_down_to_the_cells(client: Client) -> None:
    unit = client.get(f"{UNITS}ecole-des-mines-de-brezac/").json()
    values = {value["indicator"]: value for value in unit["values"]}
    assert values["doctorants"]["figure"] == "7.5"
    assert len(values["doctorants"]["cells"]) == 9
    for code in ("salaire", "emploi"):
        assert values[code]["withheld"] is True
        assert values[code]["figure"] is None
        assert {cell["text"] for cell in values[code]["cells"]} == {""}
        assert values[code]["source"]["licence"]


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/x/", "/api/v1/editions/x/2026/", "/api/v1/editions/x/20/"])
def test_anything_else_is_404_in_json(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"
    assert set(response.json()) == {"detail"}
    assert response.headers["Cache-Control"] == "no-store"


@scene(factories.withdrawn_release)
def test_withdrawn_edition_is_410_with_its_reason_and_its_history_stays(client: Client) -> None:
    response = client.get(f"/api/v1/editions{EDITION}")
    assert (response.status_code, response.json()["detail"]) == (410, "Une source s’est rétractée.")
    history = client.get(f"/api/v1/editions{EDITION}releases/").json()
    assert (history["releases"], len(history["withdrawals"])) == ([], 1)


@scene(factories.published_release)
def test_other_sites_may_read_it_and_nothing_varies(client: Client, subtests: pytest.Subtests) -> None:
    for address in API:
        with subtests.test(address):
            response = client.get(address, headers={"Origin": "https://ailleurs.example"})
            assert response.status_code == 200
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "Vary" not in response.headers
            assert not response.cookies


@scene(factories.published_release)
def test_pages_are_not_readable_by_scripts_of_other_sites(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(EDITION).headers


def test_description_is_valid_and_the_same_with_and_without_data(client: Client) -> None:
    empty = client.get("/api/v1/schema/").content
    factories.published_release()
    assert client.get("/api/v1/schema/").content == empty
    validate_schema(json.loads(empty))
    assert b"Occitanie" not in empty


@scene(factories.approved_article)
def test_description_names_every_field_that_is_answered(client: Client) -> None:
    described = client.get("/api/v1/schema/").json()
    shapes = described["components"]["schemas"]
    answers = {
        "Release": client.get(f"/api/v1/editions{EDITION}").json(),
        "UnitPage": client.get(UNITS).json(),
        "Unit": client.get(UNITS).json()["results"][0],
        "UnitDetail": client.get(f"{UNITS}ecole-des-mines-de-brezac/").json(),
        "Value": client.get(f"{UNITS}ecole-des-mines-de-brezac/").json()["values"][0],
        "UnitFact": client.get(f"{UNITS}ecole-des-mines-de-brezac/facts/").json()["results"][0],
        "ChangePage": client.get(f"/api/v1/editions{EDITION}changes/").json(),
        "Article": client.get("/api/v1/articles/").json()["results"][0],
    }
    for name, answer in answers.items():
        assert set(answer) == set(shapes[name]["properties"]), name


def test_too_many_requests_are_429_with_the_seconds_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.cache import cache

    from palmares.public.api.base import Throttle

    cache.clear()
    monkeypatch.setattr(Throttle, "rate", "2/min")
    answers = [client.get("/api/v1/rankings/") for _ in range(3)]
    cache.clear()
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert answers[2].headers["Cache-Control"] == "no-store"
