"""The methodology says what was applied; the files say the same figures and run nothing."""

import csv
import hashlib
import io

import pytest
from django.test import Client

from rankings.models import Release
from schools.csv_writing import neutral
from tests import factories
from tests.public.reading import EDITION, release_with_licences, words
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def rows(response) -> list[list[str]]:
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


@scene(factories.published_release)
def test_methodology_says_weights_bounds_absences_roundings_and_a_real_tie(client: Client) -> None:
    release = Release.objects.get()
    said = words(client.get(f"{EDITION}methode/"))
    assert release.purpose_fr in said
    for part in ("60,0 %", "40,0 %", "à partir de 90 %", "10 à 25 % ou plus", "l’école n’est pas classée"):
        assert part in said
    assert "à 1 décimale, le demi s’éloigne de zéro" in said
    tied = release.units.filter(tied=True).order_by("position")
    assert tied[0].name in said
    assert f"La suivante est {tied[0].rank + 2}" in said
    assert release.digest in said
    for unit in release.units.filter(rank=None):
        assert unit.name in said


@scene(factories.published_release)
def test_weights_of_the_leaves_add_up_to_the_whole(client: Client) -> None:
    from palmares.public.explanation import Explanation

    weights = Explanation(Release.objects.get()).weights
    assert sum(weight.percent for weight in weights if weight.level == 0) == 100
    assert sum(weight.percent for weight in weights if weight.level == 1) == 100


@scene(factories.published_release)
def test_method_file_and_document_have_the_digests_that_are_published(client: Client) -> None:
    release = Release.objects.get()
    for name, digest in (("methode.toml", release.method_digest), ("version.json", release.digest)):
        response = client.get(f"{EDITION}donnees/{name}")
        assert hashlib.sha256(response.content).hexdigest() == digest
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@scene(release_with_licences)
def test_document_is_not_handed_over_when_a_licence_keeps_a_value_back(client: Client) -> None:
    assert client.get(f"{EDITION}donnees/version.json").status_code == 404
    assert "version.json" not in client.get(f"{EDITION}donnees/").content.decode()
    assert "Il n’est pas distribué" in words(client.get(f"{EDITION}donnees/"))


@scene(factories.published_release)
def test_ranking_file_has_every_school_with_rank_score_and_points(client: Client) -> None:
    release = Release.objects.get()
    response = client.get(f"{EDITION}donnees/classement.csv")
    head, *body = rows(response)
    assert response.content.count(b"\r\n") == len(body) + 1
    assert [row[4] for row in body] == [unit.slug for unit in release.units.order_by("position")]
    assert {len(row) for row in body} == {len(head)}
    first = dict(zip(head, body[0], strict=True))
    best = release.units.get(position=0)
    assert (first["rang"], first["score"]) == (str(best.rank), best.score)


def test_ranking_file_and_api_say_entry_and_duration(client: Client) -> None:
    schools = factories.units_with_courses(3)
    factories.published_release(factories.edition(schools, left_out=False))
    head, *body = rows(client.get(f"{EDITION}donnees/classement.csv"))
    said = {row[4]: (row[head.index("entrée")], row[head.index("durée (années)")]) for row in body}
    expected = [("après le bac", "5"), ("après une prépa", "3"), ("", "")]
    assert said == {school.slug: course for school, course in zip(schools, expected, strict=True)}
    units = client.get(f"/api/v1/editions{EDITION}units/").json()["results"]
    told = {unit["slug"]: (unit["entry"], unit["duration_years"]) for unit in units}
    assert told == {school.slug: course for school, course in zip(schools, factories.COURSES, strict=True)}
    page = words(client.get(f"{EDITION}ecoles/{schools[0].slug}/"))
    assert "publique, après le bac, en 5 ans" in page


@scene(factories.published_release)
def test_values_file_has_every_value_with_its_cells(client: Client) -> None:
    release = Release.objects.get()
    head, *body = rows(client.get(f"{EDITION}donnees/valeurs.csv"))
    from rankings.models import ReleaseValue

    assert len(body) == ReleaseValue.objects.filter(unit__release=release).count()
    first = dict(zip(head, body[0], strict=True))
    assert first["document"] == "Enquête certifiée"
    assert "p. 12" in first["cellules"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\0=", " ="])
def test_what_begins_like_a_formula_is_made_text(sign: str) -> None:
    assert neutral(f"{sign}cmd|' /C calc'!A0").startswith("'")
    assert "\0" not in neutral(f"{sign}x")


@pytest.mark.parametrize("number", ["12", "-12.5", "+3", "0.10", "51000"])
def test_numbers_stay_numbers(number: str) -> None:
    assert neutral(number) == number


def test_hostile_name_does_not_run_in_a_spreadsheet(client: Client) -> None:
    school = factories.unit('=HYPERLINK("http://x";"y")')
    factories.published_release(factories.edition([school, *factories.units(4)]))
    body = rows(client.get(f"{EDITION}donnees/classement.csv"))
    assert '\'=HYPERLINK("http://x";"y")' in {row[3] for row in body}
