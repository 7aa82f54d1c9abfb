"""The years of figures, for the reader: what is carried over, the years before, what waits to be verified."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client

from editorial.actions import editions
from palmares.public.curve import curve_of, levels_of
from rankings.models import Release
from tests import factories
from tests.people import cast
from tests.public.reading import words
from tests.rankings import shares
from tests.rankings.shares import REASONS, aside, columns

pytestmark = pytest.mark.django_db

EDITION = f"/{shares.SLUG}/2026/"
API = f"/api/v1/editions{EDITION}units/ecole-des-mines-de-brezac/"
BREZAC = f"{EDITION}ecoles/ecole-des-mines-de-brezac/"


def rows(response: HttpResponse) -> list[dict[str, str]]:
    head, *body = csv.reader(io.StringIO(response.content.decode().removeprefix("\ufeff")))
    return [dict(zip(head, row, strict=True)) for row in body]


def carried() -> Release:
    """Women of the first school known in 2023 only, of 2025 waiting and set aside."""
    school = factories.units(1)[0]
    edition = shares.edition([("", "75", "1200", "120", "90.0"), *shares.FIGURES[1:]])
    columns(edition, carry_over={"femmes": 3})
    shares.value(school, "femmes", "45", year=2023)
    aside(edition, factories.entered_value("60", of=school, indicator_code="femmes"))
    return factories.published_release(edition)


def test_a_carried_figure_shows_its_own_year(client: Client) -> None:
    carried()
    said = words(client.get(BREZAC))
    assert "37,5 % = 45 ÷ ( 45 + 75 ) reprise de 2023 2023–2025" in said
    assert "Femmes : 45 (2023)" in said, "beside its source"
    english = words(client.get(f"/en{BREZAC}"))
    assert "carried over from 2023" in english
    assert "(3 ans au plus)" in words(client.get(f"{EDITION}methode/"))


def test_a_carried_figure_keeps_its_year_in_files_and_api(client: Client) -> None:
    carried()
    (row,) = (
        row
        for row in rows(client.get(f"{EDITION}donnees/valeurs.csv"))
        if row["code"] == "femmes" and "brezac" in row["identifiant"]
    )
    assert (row["année"], row["année de référence"], row["nature"]) == ("2023", "2025", "carried_over")
    unit = client.get(API).json()
    (value,) = (value for value in unit["values"] if value["indicator"] == "femmes")
    assert (value["year"], value["reference_year"], value["kind"]) == (2023, 2025, "carried_over")
    assert unit["points"]["parite"]["kind"] == "carried_over"


def test_what_waits_is_said_with_its_reason_and_never_its_figure(client: Client) -> None:
    carried()
    said = words(client.get(BREZAC))
    assert "Une valeur de 2025 est en attente de vérification : Deux sources se contredisent." in said
    assert client.get(API).json()["set_aside"] == [{"indicator": "femmes", "year": 2025, **REASONS}]
    method = words(client.get(f"{EDITION}methode/"))
    assert "1 valeur attend encore d’être vérifiée, et l’édition paraît sans elle : Deux sources se" in method
    assert "Two sources contradict each other." in words(client.get(f"/en{EDITION}methode/"))


def test_a_waiting_value_replaces_a_bare_missing(client: Client) -> None:
    edition = shares.edition([("", "75", "1200", "120", "."), *shares.FIGURES[1:]])
    school = factories.units(1)[0]
    aside(edition, factories.entered_value("61", of=school, indicator_code="femmes"))
    aside(edition, factories.entered_value("62.0", of=school, indicator_code="emploi"))
    release = factories.published_release(edition)
    said = words(client.get(BREZAC))
    assert "En attente de vérification : Deux sources se contredisent. en attente de vérification" in said
    assert said.count("En attente de vérification :") == 2, "the share, and the plain indicator"
    for figure in ("61", "62.0"):
        assert f'"{figure}"' not in json.dumps(json.loads(release.document)["set_aside"])
    assert json.loads(release.document)["set_aside"]["ecole-des-mines-de-brezac"]["femmes"] == {"2025": REASONS}


def test_a_value_approved_since_is_set_aside_no_more(client: Client) -> None:
    from editorial.actions.values import approve_value

    edition = shares.edition([("", "75", "1200", "120", "90.0"), *shares.FIGURES[1:]])
    waiting = factories.entered_value("45", of=factories.units(1)[0], indicator_code="femmes")
    aside(edition, waiting)
    approve_value(by=cast().lise, at=factories.NOW, revision=waiting, seen_version=waiting.version)
    factories.published_release(edition)
    assert "attente" not in words(client.get(BREZAC))


def test_the_years_before_are_computed_by_the_same_rule(client: Client) -> None:
    shares.with_years()
    page = client.get(BREZAC)
    said = words(page)
    assert (
        "Femmes parmi les élèves : 2020, 25,0 % ; 2021, manquante ; 2022, 33,3 % ; 2023, 40,0 % ; 2025, 37,5 %" in said
    )
    assert "2021 manquante 20 ÷ (20 + manquante)" in said
    assert "2022 33,3 % 30 ÷ (30 + 60) Effectifs, 22022 ; Effectifs, 32022" in said
    assert "Emploi : 2024, 88,5 % ; 2025, 90,0 %" in said
    # A path for each run of years: 2020 alone, 2022 and 2023, 2025 alone.
    (drawing,) = _drawings(page, "parite")
    assert len(drawing.findall("path[@class='ln']")) == 3
    assert len(drawing.findall("circle[@class='dt']")) == 3
    assert len(drawing.findall("circle[@class='dt now']")) == 1


def _drawings(page: HttpResponse, key: str) -> list[ET.Element]:
    import re

    found = re.findall(r"<svg class=\"curve\".*?</svg>", page.content.decode(), re.DOTALL)
    return [ET.fromstring(svg) for svg in found if f"evo-{key}-t" in svg]


def test_the_years_before_leave_in_a_file_and_through_the_api(client: Client) -> None:
    shares.with_years()
    body = rows(client.get(f"{EDITION}donnees/evolution.csv"))
    assert len(body) == 9
    assert "année de référence" not in body[0]
    assert [(row["année"], row["valeur"], row["nature"]) for row in body if row["code"] == "hommes"] == [
        ("2020", "30", "known"),
        ("2021", "", "missing"),
        ("2022", "60", "known"),
        ("2023", "60", "known"),
    ]
    assert "evolution.csv" in client.get(f"{EDITION}donnees/").content.decode()
    series = client.get(API).json()["series"]
    assert [(row["indicator"], row["year"], row["figure"]) for row in series][:2] == [
        ("emploi", 2024, "88.5"),
        ("femmes", 2020, "10"),
    ]
    assert series[1]["cells"][0]["cell"] == "22020"


def test_no_earlier_year_no_page_nor_file(client: Client) -> None:
    factories.published_release(shares.edition())
    assert "Les années d’avant" not in words(client.get(BREZAC))
    assert client.get(f"{EDITION}donnees/evolution.csv").status_code == 404
    assert "evolution.csv" not in client.get(f"{EDITION}donnees/").content.decode()
    assert client.get(API).json()["series"] == []


@pytest.mark.parametrize("leaves", ["display", "points"])
def test_an_earlier_year_says_no_more_than_its_licence(client: Client, leaves: str) -> None:
    school, edition = factories.units(1)[0], shares.edition()
    kept = factories.source("Fichier réservé", leaves=leaves)
    for year, women, men in ((2021, "111", "222"), (2022, "30", "60")):
        shares.value(school, "femmes", women, year=year, said_by=kept if year == 2021 else None)
        shares.value(school, "hommes", men, year=year)
    columns(edition, context_from={"femmes": 2020, "hommes": 2020})
    factories.published_release(edition)
    said = words(client.get(BREZAC))
    assert ("33,3 % 111 ÷ (111 + 222)" in said) is (leaves == "display")
    assert ("2021 non publiable non publiable ÷ (non publiable + 222)" in said) is (leaves == "points")
    for address in (f"{EDITION}donnees/evolution.csv", API):
        assert "111" not in client.get(address).content.decode()
    assert client.get(f"{EDITION}donnees/version.json").status_code == 404


def test_a_curve_of_one_year_is_none_and_levels_are_round() -> None:
    assert curve_of([(2020, Decimal(1))]) is None
    assert [str(level) for level in levels_of([Decimal("0.3"), Decimal("2.9")])] == ["0", "1", "2", "3"]
    assert [str(level) for level in levels_of([Decimal(0), Decimal(0)])] == ["0.0", "0.1", "0.2"]
    for values in ([Decimal(-3), Decimal(1200)], [Decimal("0.01"), Decimal("0.011")], [Decimal(5), Decimal(5)]):
        levels = levels_of(values)
        assert 3 <= len(levels) <= 5
        assert levels[0] <= min(values) <= max(values) <= levels[-1]


def test_an_indicator_given_for_information_has_its_years_too(client: Client) -> None:
    school, edition, extra = factories.units(1)[0], shares.edition(), factories.indicator("mobilite")
    kept = factories.source("Fichier réservé", leaves="points")
    for year, figure, said in (
        (2021, "7.0", {}),
        (2022, None, {"kind": "secret"}),
        (2023, "8.5", {}),
        (2024, "9.5", {"said_by": kept}),
        (factories.YEAR, "9.0", {}),
    ):
        factories.approved_value(figure, of=school, indicator_code="mobilite", year=year, **said)
    years = {column.indicator: factories.YEAR for column in edition.columns.all()} | {extra: factories.YEAR}
    who = {"by": cast().hugo, "at": factories.NOW, "edition": edition, "seen_version": edition.version}
    editions.set_columns(**who, years=years, context_from={extra: 2020})
    factories.published_release(edition)
    said = words(client.get(BREZAC))
    assert (
        "Mobilité à l’étranger : 2021, 7,0 mois ; 2022, secret statistique ; 2023, 8,5 mois ; 2024, non publiable ; "
        "2025, 9,0 mois" in said
    )


def test_a_year_that_could_not_be_computed_is_missing_there(client: Client) -> None:
    factories.indicator("places", measure="count", decimals=0, minimum=None, maximum=None)
    school, edition = factories.units(1)[0], shares.edition()
    for year, places in ((2021, "100"), (2022, "-3"), (2023, "0"), (2024, "200")):
        shares.value(school, "candidats", "1000", year=year)
        shares.value(school, "places", places, year=year)
    columns(edition, context_from={"candidats": 2020, "places": 2020})
    factories.published_release(edition)
    said = words(client.get(BREZAC))
    assert "2021, 10 ; 2022, manquante ; 2023, sans objet ; 2024, 5 ; 2025, 10" in said
