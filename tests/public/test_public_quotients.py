"""Criteria that divide, for the reader: the formula down to its cells, the words, the files."""

import csv
import io

import pytest
from django.test import Client

from editorial.actions import editions
from rankings.models import ReleasePoints
from tests import factories
from tests.people import cast
from tests.public.reading import words
from tests.rankings import shares

pytestmark = pytest.mark.django_db

EDITION = f"/{shares.SLUG}/2026/"
API = f"/api/v1/editions{EDITION}"
BREZAC = f"{EDITION}ecoles/ecole-des-mines-de-brezac/"
AMPERE = f"{EDITION}ecoles/institut-ampere-lavoisier/"


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def test_the_share_is_written_as_its_formula_and_each_figure_leads_to_its_cell(client: Client) -> None:
    factories.published_release(shares.edition())
    response = client.get(BREZAC)
    said = words(response)
    assert "Femmes parmi les élèves Femmes ÷ (femmes + hommes) 37,5 % = 45 ÷ ( 45 + 75 )" in said
    assert "Candidatures ÷ places 10 = 1 200 ÷ 120" in said
    page = response.content.decode()
    for code in ("femmes", "hommes", "candidats", "places"):
        assert f'href="#source-{code}"' in page
        assert f'id="source-{code}"' in page
    assert "Femmes, dans l’enquête" in said, "the definition of a figure that no row of the table gives"


def test_a_rounded_quotient_is_not_said_equal(client: Client) -> None:
    factories.published_release(shares.edition())
    said = words(client.get(AMPERE))
    assert "37,2 % ≈ 45 ÷ ( 45 + 76 )" in said
    assert "3,33 ≈ 1 000 ÷ 300" in said


def test_the_strip_and_the_median_are_those_of_the_quotients(client: Client) -> None:
    factories.published_release(shares.edition())
    assert "37,5 %, pour une médiane de 37,2 % sur 3 écoles" in client.get(BREZAC).content.decode().replace("\xa0", " ")


def test_an_absent_figure_is_said_in_the_formula(client: Client) -> None:
    factories.published_release(shares.edition())
    said = words(client.get(f"{EDITION}ecoles/ecole-d-aeronautique-de-lanternac/"))
    assert "manquante 20 ÷ ( 20 + manquante )" in said
    assert "manquante ÷" not in words(client.get(f"{EDITION}ecoles/ecole-d-aeronautique-de-lanternac/"))
    none = words(client.get(f"{EDITION}ecoles/ensi-montfaucon/"))
    assert "sans objet 0 ÷ ( 0 + 0 )" in none


def test_method_page_writes_the_formula_in_words(client: Client) -> None:
    factories.published_release(shares.edition())
    said = words(client.get(f"{EDITION}methode/"))
    assert "Femmes ÷ (femmes + hommes)" in said
    assert "Le quotient, arrondi à 1 décimale, le demi s’éloigne de zéro, va au barème." in said
    assert "Le quotient exact va au barème. Diviseur égal à zéro : sans objet." in said
    assert "Le quotient « Femmes parmi les élèves » à 1 décimale" in said
    assert "0 point à 25 % ou moins" in said
    english = words(client.get(f"/en{EDITION}methode/"))
    assert "Women ÷ (women + men)" in english


def test_files_and_api_carry_the_quotient(client: Client) -> None:
    factories.published_release(shares.edition())
    text = client.get(f"{EDITION}donnees/classement.csv").content.decode().removeprefix("\ufeff")
    head, *body = csv.reader(io.StringIO(text))
    rows = {row[4]: dict(zip(head, row, strict=True)) for row in body}
    assert rows["ecole-des-mines-de-brezac"]["Femmes parmi les élèves (valeur)"] == "37.5"
    assert rows["institut-ampere-lavoisier"]["Candidatures par place (valeur)"] == "3.333333333333"
    assert rows["ensi-montfaucon"]["Femmes parmi les élèves (valeur)"] == ""
    points = client.get(f"{API}units/ecole-des-mines-de-brezac/").json()["points"]
    assert (points["parite"]["value"], points["parite"]["kind"]) == ("37.5", "known")
    assert (points["mixite"]["value"], points["mixite"]["kind"]) == (None, None)
    nodes = {node["key"]: node for node in client.get(f"{API}nodes/").json()}
    assert nodes["parite"]["denominators"] == ["femmes", "hommes"]
    assert (nodes["parite"]["multiply"], nodes["parite"]["ratio_digits"]) == ("100", 1)
    assert (nodes["parite"]["unit"], nodes["pression"]["denominators"]) == ("percentage", ["places"])


@pytest.mark.parametrize("leaves", ["display", "points"])
def test_a_quotient_says_no_more_than_its_most_kept_figure(client: Client, leaves: str) -> None:
    school = factories.units(1)[0]
    shares.value(school, "hommes", "75", said_by=factories.source("Fichier réservé", leaves=leaves))
    factories.published_release(shares.edition([("45", "", "1200", "120", "90.0"), *shares.FIGURES[1:]]))
    seen = "37,5" in words(client.get(BREZAC))
    assert seen is (leaves == "display")
    if not seen:
        assert "non publiable" in words(client.get(BREZAC))
    for address in (f"{EDITION}donnees/classement.csv", f"{EDITION}donnees/valeurs.csv", f"{API}units/"):
        body = client.get(address).content.decode()
        assert "37.5" not in body
        assert "37,5" not in body


def test_sorting_by_a_criterion_shows_its_column_value_and_median(client: Client) -> None:
    factories.published_release(shares.edition())
    said = words(client.get(EDITION, {"order": "parite"}))
    assert "Femmes parmi les élèves sur 10 médiane 37,2 %" in said
    assert plain(said).count("37,5 %") >= 2, "in its column and in the detail"
    assert "médiane 37,2 %" not in words(client.get(EDITION))


def test_queries_do_not_grow_with_the_criteria_that_divide(client: Client, django_assert_max_num_queries) -> None:
    factories.published_release(shares.edition())
    with django_assert_max_num_queries(21):
        assert client.get(BREZAC).status_code == 200


def test_a_release_older_than_its_quotients_shows_the_figures_alone(client: Client) -> None:
    release = factories.computed_release(shares.edition())
    ReleasePoints.objects.filter(unit__release=release).update(value="", kind="", leaves="")
    said = {"release": release, "seen_digest": release.digest, "at": factories.START}
    editions.sign_release(by=cast().marc, **said)
    editions.seal_release(by=cast().claire, publish_at=factories.PAST, **said)
    seen = words(client.get(BREZAC))
    assert "45 ÷ ( 45 + 75 )" in seen
    assert "non publiable" not in seen
    assert "37,5" not in seen
    assert client.get(f"{API}units/").json()["results"][0]["points"]["parite"]["value"] is None
