"""A method that prepares its values, on every page that tells it: derived figures, caps, stand-ins, extremes."""

import pytest
from django.test import Client

from rankings.models import Release, ReleasePoints
from tests import factories
from tests.public.reading import words
from tests.rankings import shares

pytestmark = pytest.mark.django_db

EDITION = f"/{shares.SLUG}/2026/"
LANTERNAC = f"{EDITION}ecoles/ecole-d-aeronautique-de-lanternac/"
BREZAC = f"{EDITION}ecoles/ecole-des-mines-de-brezac/"
DERIVED = """[[derived]]
key = "dossiers"
operation = "quotient"
of = ["candidats", "places"]
multiply = 100
digits = 1

[[node]]
key = "mixite"
"""
PRESSURE = """indicator = "dossiers"
caps = { high = 900 }
transform = "log"
scale = { kind = "minmax", better = "higher", low = 100, high = 1000 }
"""
MEAN = '{ impute = "mean", group = "region", least = 9, otherwise = { impute = "mean", otherwise = "leave_out" } }'
SHARE = f"""unit = "percentage"
outliers = {{ kind = "winsorise", count = 1, side = "high" }}
missing = {{ missing = {MEAN} }}
"""
PLAIN = """indicator = "candidats"
denominator = "places"
scale = { kind = "minmax", better = "higher", low = 0, high = 10 }
"""
METHOD = shares.METHOD.replace('[[node]]\nkey = "mixite"\n', DERIVED).replace(PLAIN, PRESSURE)
METHOD = METHOD.replace('unit = "percentage"\n', SHARE)
PLACES = ("", "methode/", "criteres/", "criteres/pression/", "criteres/parite/", "donnees/")


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Release:
    monkeypatch.setattr(shares, "METHOD", METHOD)
    return factories.published_release(shares.edition())


def test_the_method_page_says_each_thing_that_is_done_and_what_came_of_it(client: Client, release: Release) -> None:
    said = words(client.get(f"{EDITION}methode/"))
    assert "« dossiers » : quotient de Candidatures et Places, × 100, arrondi à 1 décimale" in said
    assert "Une valeur au-dessus de 900 compte pour 900." in said
    assert "L’échelle est logarithmique : doubler compte autant en bas qu’en haut." in said
    assert "La valeur la plus haute compte pour celle qui la suit." in said
    assert "Cette année, 1 valeur a été ramenée vers les autres." in said
    assert "Une valeur au-dessus de 37,2 % compte pour 37,2 %." in said
    imputed = "la moyenne des écoles de la même région en tient lieu, si 9 au moins sont connues ; à défaut, la moyenne"
    assert f"Valeur manquante : {imputed} des écoles en tient lieu ; à défaut, le critère est retiré" in said
    # The cut points are those of the value, not of its logarithm.
    assert "0 point à 100 ou moins, 10 à 1 000 ou plus" in said
    english = words(client.get(f"/en{EDITION}methode/"))
    assert "The scale is logarithmic" in english
    assert "la moyenne" not in english


def test_what_stands_in_is_said_and_is_no_value_of_the_school(client: Client, release: Release) -> None:
    said = words(client.get(LANTERNAC))
    assert "valeur imputée" in said
    kept = ReleasePoints.objects.get(unit__slug="ecole-d-aeronautique-de-lanternac", node__key="parite")
    assert (kept.status, kept.value, kept.absence, bool(kept.points)) == ("imputed", "", "missing", True)


def test_an_outlier_keeps_its_own_value(client: Client, release: Release) -> None:
    kept = ReleasePoints.objects.get(unit__slug="ecole-des-mines-de-brezac", node__key="parite")
    assert (kept.value, kept.status) == ("37.5", "scored")
    capped = ReleasePoints.objects.get(unit__slug="ecole-des-mines-de-brezac", node__key="pression")
    assert capped.value == "1000"


def test_a_derived_criterion_has_its_row_and_the_figures_it_is_made_of(client: Client, release: Release) -> None:
    said = words(client.get(BREZAC))
    assert "« dossiers » : quotient de Candidatures et Places" in said
    page = client.get(BREZAC).content.decode()
    assert 'href="#source-candidats"' in page
    assert 'id="source-places"' in page


@pytest.mark.parametrize("place", [*PLACES, LANTERNAC.removeprefix(EDITION)])
def test_every_page_is_served(client: Client, release: Release, place: str) -> None:
    for language in ("", "/en"):
        assert client.get(f"{language}{EDITION}{place}").status_code == 200, place
