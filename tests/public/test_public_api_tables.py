"""The lists of the API: as CSV, some rows at a time, and over the editions."""

import csv
import io
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rankings.models import Release, ReleaseValue
from tests import factories
from tests.public.reading import EDITION, release_with_licences
from tests.scenes import scene

pytestmark = pytest.mark.django_db

OF = f"/api/v1/editions{EDITION}"
LISTS = ("/api/v1/rankings/", "/api/v1/editions/", "/api/v1/units/", "/api/v1/articles/", f"{OF}nodes/",
         f"{OF}indicators/", f"{OF}units/", f"{OF}values/",
         f"{OF}units/ecole-des-mines-de-brezac/facts/")  # fmt: skip


def rows_of(response: HttpResponse) -> list[dict[str, str]]:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def listed(answer: Any) -> list[Any]:
    return answer["results"] if isinstance(answer, dict) else answer


@scene(factories.approved_article)
def test_every_list_is_had_as_a_table_of_the_same_rows(client: Client, subtests: pytest.Subtests) -> None:
    for address in LISTS:
        with subtests.test(address):
            told = listed(client.get(address).json())
            table = rows_of(client.get(address, {"format": "csv"}))
            assert len(table) == len(told) > 0
            for row, line in zip(told, table, strict=True):
                for name, field in row.items():
                    if isinstance(field, str):
                        assert line[name] == field
                    elif field is None and name in line:
                        assert line[name] == ""


@scene(factories.published_release)
def test_points_of_each_node_have_their_columns(client: Client) -> None:
    row = client.get(f"{OF}units/").json()["results"][0]
    line = rows_of(client.get(f"{OF}units/", {"format": "csv"}))[0]
    for key, got in row["points"].items():
        assert line[f"points.{key}.points"] == got["points"]
    assert (line["rank"], line["tied"]) == (str(row["rank"]), str(row["tied"]).lower())


def test_table_without_rows_has_its_head(client: Client) -> None:
    response = client.get("/api/v1/articles/", {"format": "csv"})
    assert response.content.decode().startswith("slug,genre,ranking,year,")
    assert rows_of(response) == []


@scene(factories.published_release)
def test_table_has_an_etag_of_its_own(client: Client) -> None:
    plain, table = client.get(f"{OF}nodes/"), client.get(f"{OF}nodes/", {"format": "csv"})
    assert plain.headers["ETag"] != table.headers["ETag"]
    again = client.get(f"{OF}nodes/", {"format": "csv"}, headers={"If-None-Match": table.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@scene(factories.published_release)
def test_what_is_wrong_is_said_in_json_whatever_form_is_asked(client: Client, subtests: pytest.Subtests) -> None:
    wrong = [
        (f"{OF}units/?format=xlsx", "format"), (f"{OF}units/?format=csv&limit=0", "limit"),
        (f"{OF}units/?limit=1&limit=2", "limit"), (f"{OF}values/?format=csv&unit=inconnue", "unit"),
        (f"{OF}values/?kind=zero", "kind"), (f"{OF}values/?indicator=x", "indicator"),
        ("/api/v1/articles/?genre=tract", "genre"),
        ("/api/v1/articles/?year=20", "year"), (f"{OF}?format=csv", "format"),
    ]  # fmt: skip
    for address, name in wrong:
        with subtests.test(address):
            response = client.get(address)
            assert (response.status_code, list(response.json())) == (400, [name])
            assert response.headers["Content-Type"] == "application/json"


@scene(factories.published_release)
def test_a_reader_that_accepts_something_else_is_answered_all_the_same(client: Client) -> None:
    assert client.get(f"{OF}units/", headers={"Accept": "text/csv"}).headers["Content-Type"] == "application/json"
    assert client.get(f"{OF}units/", headers={"Accept": "image/png"}).status_code == 200


@scene(factories.published_release)
def test_links_lead_through_the_whole_list(client: Client) -> None:
    address, walked = f"{OF}values/?format=csv&limit=7", []
    while address:
        response = client.get(address)
        walked += [(row["unit"], row["indicator"]) for row in rows_of(response)]
        links = dict(reversed(part.split("; rel=")) for part in response.headers.get("Link", "").split(", ") if part)
        address = links.get('"next"', "").strip("<>")
    release = Release.objects.get()
    expected = ReleaseValue.objects.filter(unit__release=release).order_by("unit__position", "indicator__code")
    assert walked == list(expected.values_list("unit__slug", "indicator__code"))
    assert "prev" in response.headers["Link"]
    assert "next" not in response.headers["Link"]


@scene(release_with_licences)
def test_values_are_filtered_and_keep_back_what_licences_keep(client: Client) -> None:
    of_one = client.get(f"{OF}values/", {"unit": "ecole-des-mines-de-brezac"}).json()["results"]
    alone = client.get(f"{OF}units/ecole-des-mines-de-brezac/").json()["values"]
    assert [{**value, "unit": "ecole-des-mines-de-brezac"} for value in alone] == of_one
    salaries = client.get(f"{OF}values/", {"indicator": "salaire", "kind": "known"}).json()["results"]
    assert {(value["indicator"], value["kind"]) for value in salaries} == {("salaire", "known")}
    assert all(value["figure"] is None for value in salaries if value["withheld"])
    assert any(value["withheld"] for value in salaries)


@scene(factories.published_release)
def test_school_over_the_editions_is_named_as_in_the_latest(client: Client) -> None:
    schools = factories.units(3)
    factories.published_release(factories.edition(schools, year=2025, reference_year=2024, unranked=False))
    found = client.get("/api/v1/units/ecole-des-mines-de-brezac/").json()
    assert [place["year"] for place in found["places"]] == [2026, 2025]
    for place in found["places"]:
        row = Release.objects.get(year=place["year"]).units.get(slug="ecole-des-mines-de-brezac")
        assert (place["rank"], place["tied"], place["score"]) == (row.rank, row.tied, row.score or None)
    everyone = client.get("/api/v1/units/").json()
    assert {one["slug"] for one in everyone["results"]} >= {school.slug for school in schools}
    named = client.get("/api/v1/units/", {"q": "mines brezac", "ranking": "ecoles-ingenieurs"}).json()["results"]
    assert [one["slug"] for one in named] == ["ecole-des-mines-de-brezac"]
    assert client.get("/api/v1/units/", {"ranking": "inconnu"}).json()["count"] == 0
    assert client.get("/api/v1/units/inconnue/").status_code == 404


@scene(factories.withdrawn_release)
def test_version_taken_back_is_410_and_no_school_is_left(client: Client) -> None:
    assert client.get(f"{OF}releases/1/").status_code == 410
    assert client.get(f"{OF}releases/2/").status_code == 404
    assert client.get("/api/v1/units/").json()["count"] == 0


@scene(factories.approved_article)
def test_articles_are_found_by_what_they_quote(client: Client) -> None:
    def slugs(**query: str) -> list[str]:
        return [one["slug"] for one in client.get("/api/v1/articles/", query).json()["results"]]

    everything = slugs()
    assert slugs(unit="ecole-des-mines-de-brezac", year="2026", ranking="ecoles-ingenieurs") == everything != []
    assert slugs(unit="ecole-inconnue") == slugs(year="2025") == []


@scene(factories.published_release)
def test_lists_cost_the_same_whatever_their_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address, most in ((f"{OF}values/?limit=500", 6), ("/api/v1/units/", 2)):
        with django_assert_max_num_queries(most):
            client.get(address)
