"""What the API tells of an edition in words: what changed since another one, and the facts of a school."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palmares.public.changes import Changes
from rankings.facts import Facts
from rankings.models import Release
from tests import factories
from tests.methods import METHOD
from tests.public import two_years
from tests.public.reading import EDITION
from tests.scenes import scene

pytestmark = pytest.mark.django_db

OF = f"/api/v1/editions{EDITION}"
CHANGES = f"{OF}changes/"
SCHOOL = "ecole-des-mines-de-brezac"
FACTS = f"{OF}units/{SCHOOL}/facts/"
PRINTED = "/api/v1/editions/ecoles-ingenieurs/2018/"


def found(client: Client, address: str, **query: Any) -> list[dict[str, Any]]:
    response = client.get(address, {"limit": 500} | query)
    assert response.status_code == 200
    rows: list[dict[str, Any]] = response.json()["results"]
    return rows


def printed_and_two_years() -> None:
    factories.archival_release(publish_at=factories.PAST)
    two_years.both()


@scene(two_years.both)
def test_changes_are_those_of_the_methodology_in_both_languages(client: Client) -> None:
    page = client.get(CHANGES).json()
    assert (page["since"], page["since_release"], page["release"], page["same_method"]) == (2025, 1, 1, False)
    rows = {(row["kind"], row["subject"]): row for row in found(client, CHANGES)}
    renamed = rows["renamed", "ouverture"]
    assert renamed["text_fr"] == "«\u00a0Recherche\u00a0» s’appelle désormais «\u00a0Ouverture\u00a0»."
    assert renamed["text_en"] == "“Research” is now called “Openness”."
    assert (renamed["before_fr"], renamed["after_en"]) == ("Recherche", "Openness")
    changes = Changes(Release.objects.get(year=2026), Release.objects.get(year=2025))
    told = {(part, change.kind, change.subject) for part, change in changes.all}
    assert told == {(row["part"], *key) for key, row in rows.items() if row["part"] != "weights"}
    assert {"score", "nodes", "weights", "scales", "missing", "years", "schools"} <= {r["part"] for r in rows.values()}


@scene(two_years.both)
def test_weights_that_changed_are_exact_figures(client: Client) -> None:
    rows = found(client, CHANGES, part="weights")
    assert {row["part"] for row in rows} == {"weights"}
    of = {(row["kind"], row["subject"]): (row["before_fr"], row["after_fr"]) for row in rows}
    assert of["node_percent", "doctorants"] == ("40.0", "20.0")
    assert of["node_out_of", "doctorants"] == ("5", "10")
    assert of["node_out_of", "mobilite"] == ("", "10")
    assert all(row["before_fr"] == row["before_en"] for row in rows)


@scene(None)
def test_name_changed_in_one_language_is_empty_in_the_other(client: Client) -> None:
    factories.published_release(factories.edition(6, year=2025))
    factories.indicator("mobilite", version=2, label_en="Months away", measure="months")
    # A method names the definitions that were the latest when it was filed.
    filed_after = METHOD.replace("Méthode des essais", "Méthode des essais, suite")
    factories.published_release(factories.edition(6, method=filed_after))
    renamed = [row for row in found(client, CHANGES) if row["kind"] == "indicator_renamed"]
    assert [(row["subject"], row["text_fr"], row["after_en"]) for row in renamed] == [("mobilite", "", "Months away")]


@scene(two_years.both)
def test_changes_are_a_table_and_pages_with_links_and_an_etag(client: Client) -> None:
    response = client.get(CHANGES, {"format": "csv", "limit": 500})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    assert table == found(client, CHANGES)
    first = client.get(CHANGES, {"limit": 2})
    assert f"{CHANGES}?limit=2&offset=2" in first.headers["Link"]
    again = client.get(CHANGES, {"limit": 2}, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@scene(printed_and_two_years)
def test_changes_are_told_since_any_earlier_edition(client: Client) -> None:
    assert client.get(CHANGES).json()["since"] == 2025
    since_print = client.get(CHANGES, {"since": 2018}).json()
    # The method of a print is not known: what can be told is of the schools.
    assert (since_print["since"], since_print["same_method"]) == (2018, None)
    assert {row["part"] for row in since_print["results"]} <= {"schools"}
    of_the_print = client.get(f"{PRINTED}changes/").json()
    assert (of_the_print["since"], of_the_print["same_method"], of_the_print["results"]) == (None, None, [])


@scene(two_years.both)
def test_wrong_question_names_its_parameter_and_what_there_is(client: Client, subtests: pytest.Subtests) -> None:
    wrong = [(CHANGES, "since", "2024"), (CHANGES, "since", "2026"), (CHANGES, "since", "25"), (CHANGES, "since", ""),
             (CHANGES, "part", "prix"), (FACTS, "standing", "maybe"), (FACTS, "kind", "rang")]  # fmt: skip
    for address, name, asked in wrong:
        with subtests.test(address, name=name, asked=asked):
            response = client.get(address, {name: asked})
            assert (response.status_code, list(response.json())) == (400, [name])
    assert "2025" in client.get(CHANGES, {"since": "2024"}).json()["since"][0]


@scene(two_years.earlier)
def test_edition_under_embargo_is_neither_told_nor_told_from(client: Client) -> None:
    factories.published_release(factories.edition(6, year=2026), publish_at=factories.FUTURE)
    assert client.get(CHANGES).status_code == client.get(FACTS).status_code == 404
    factories.published_release(factories.edition(6, year=2027))
    later = CHANGES.replace("2026", "2027")
    assert client.get(later).json()["since"] == 2025
    refused = client.get(later, {"since": 2026})
    assert (refused.status_code, "2026" in refused.json()["since"][0]) == (400, False)
    facts = found(client, FACTS.replace("2026", "2027"))
    assert {one["year"] for fact in facts for one in fact["editions"]} <= {2025, 2027}


@scene(factories.withdrawn_release)
def test_edition_taken_back_is_410(client: Client) -> None:
    assert client.get(CHANGES).status_code == client.get(FACTS).status_code == 410


@scene(two_years.both)
def test_facts_are_said_with_their_rule_or_not_with_the_reason(client: Client) -> None:
    release = Release.objects.get(year=2026)
    rows = {row["token"]: row for row in found(client, FACTS)}
    facts = {fact.token: fact for fact in Facts(release).all_of_unit(SCHOOL)}
    assert list(rows) == list(facts)
    assert {row["standing"] for row in rows.values()} >= {"true", "false"}
    for token, row in rows.items():
        fact = facts[token]
        assert (row["standing"], row["unit"], row["kind"]) == (fact.standing.value, SCHOOL, token.partition(":")[0])
        for language in ("fr", "en"):
            assert bool(row[f"text_{language}"]) == fact.known != bool(row[f"reason_{language}"])
            assert row[f"denominator_{language}"] == fact.denominator(language)
    rank = rows[f"rang:{SCHOOL}"]
    assert rank["text_fr"] == facts[f"rang:{SCHOOL}"].sentence("fr")
    assert rank["definition_en"]
    assert rank["editions"] == [{"year": 2026, "number": 1}]


@scene(two_years.both)
def test_facts_are_chosen_by_standing(client: Client) -> None:
    everything = found(client, FACTS)
    for standing in ("true", "false", "unknown"):
        expected = [row for row in everything if row["standing"] == standing]
        assert found(client, FACTS, standing=standing) == expected
    assert client.get(f"{OF}units/inconnue/facts/").status_code == 404


@scene(printed_and_two_years)
def test_facts_of_a_print_say_that_points_are_unknown(client: Client) -> None:
    rows = {row["token"]: row for row in found(client, f"{PRINTED}units/{SCHOOL}/facts/")}
    assert rows[f"rang:{SCHOOL}"]["standing"] == "true"
    score = rows[f"score:{SCHOOL}"]
    assert (score["standing"], score["text_fr"], bool(score["reason_fr"])) == ("unknown", "", True)


@scene(printed_and_two_years)
def test_they_cost_the_same_whatever_their_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address, query in ((CHANGES, {}), (CHANGES, {"since": 2018}), (FACTS, {})):
        for limit in (1, 500):
            with django_assert_max_num_queries(10):
                client.get(address, {"limit": limit, **query})
