"""What the communiqué of 2023 says is what the facts say, from the two ranks it states; the rest is unknown."""

import re
from pathlib import Path

import pytest

from rankings.facts import Facts, Standing
from tests.rankings.communique import SLUG, editions_of_the_communique, release_of_2023
from tests.rankings.test_facts import plain
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(shared_data: Path) -> str:
    """The communiqué on one line, its raised letters brought down: « 16e », « 1re »."""
    text = (shared_data / "articles" / "communique_2023.txt").read_text()
    return " ".join(re.sub(r"\^\{?(re|e)\}?", r"\1", text).split())


@pytest.fixture
def facts() -> Facts:
    return Facts(release_of_2023())


def figure(facts: Facts, token: str) -> str:
    return plain(facts.get(token).figure("fr"))


@scene(editions_of_the_communique)
def test_rank_and_tie_of_how_many(facts: Facts, said: str) -> None:
    rank = facts.get(f"rang:{SLUG}")
    assert f"se classer {plain(rank.figure('fr'))} au palmarès {figure(facts, 'millesime')}" in said
    assert f"évalue {figure(facts, 'classees')} écoles d'ingénieurs" in said
    assert plain(rank.phrase("fr")) == "16e ex aequo sur 169 écoles classées"
    assert rank.note("fr").startswith("Rang repris de l’imprimé")


@scene(editions_of_the_communique)
def test_in_the_first_tenth_by_a_printed_division(facts: Facts, said: str) -> None:
    share = facts.get(f"parmi:{SLUG}")
    assert f"dans les {plain(share.figure('fr')).replace(' ', '')} des meilleures écoles" in said
    assert plain(share.denominator("fr")) == "16 ÷ 169 écoles classées, soit 9,5 %"
    assert share.distinction


@scene(editions_of_the_communique)
def test_first_of_its_region(facts: Facts, said: str) -> None:
    region = facts.get(f"region:{SLUG}")
    assert f"{region.figure('fr')} école d'Occitanie" in said
    assert plain(region.phrase("fr")) == "1re de la région Occitanie"
    assert plain(region.denominator("fr")) == "16 écoles classées de la région Occitanie"


@scene(editions_of_the_communique)
def test_the_place_of_2018_and_the_places_gained_since(facts: Facts, said: str) -> None:
    assert f"depuis sa {figure(facts, f'rang:{SLUG}:2018')} place en 2018" in said
    assert figure(facts, f"gain:{SLUG}:2018") == "36"
    assert "Passer de la 52e position en 2018 au 16e rang en 2023" in said


@scene(editions_of_the_communique)
def test_steady_progress_is_unknown_without_the_editions_in_between(facts: Facts, said: str) -> None:
    assert "années après années, une véritable ascension" in said
    for token in (f"progression:{SLUG}:2018", f"progression:{SLUG}", f"record:{SLUG}", f"gain:{SLUG}"):
        fact = facts.find(token)
        assert fact.standing is Standing.UNKNOWN, token
    assert facts.find(f"progression:{SLUG}:2018").reason("fr") == "L’édition 2019 n’est pas publiée ici."
    assert facts.find(f"rang:{SLUG}:2021").reason("en") == "The 2021 edition is not published here."


@scene(editions_of_the_communique)
def test_from_the_top_30_to_the_top_20_is_unknown_without_2022(facts: Facts, said: str) -> None:
    assert "DU TOP 30 AU TOP 20" in said
    top = facts.find(f"top:{SLUG}")
    assert top.standing is Standing.UNKNOWN
    assert top.reason("fr") == "L’édition 2022 n’est pas publiée ici."


@scene(editions_of_the_communique)
def test_families_it_stands_out_in_are_unknown_without_points(facts: Facts, said: str) -> None:
    assert "l'excellence académique, de la proximité avec les entreprises et surtout de l'ouverture sociale" in said
    for token in (f"familles:{SLUG}", f"surtout:{SLUG}"):
        fact = facts.find(token)
        assert fact.standing is Standing.UNKNOWN
        assert fact.reason("fr") == "Cette édition est reprise de l’imprimé, sans points par famille."


@scene(editions_of_the_communique)
def test_what_is_printed_without_points_has_no_score(facts: Facts) -> None:
    assert facts.find(f"score:{SLUG}").reason("fr") == "L’imprimé ne donne pas ses points."


@scene(editions_of_the_communique)
def test_2018_alone_says_no_regional_place(facts: Facts) -> None:
    """Its one place of 164 is known: that another school of Occitanie was before it, nobody can tell."""
    then = Facts(facts.held.earlier[2018].release)
    assert then.get(f"rang:{SLUG}").figure("fr") == "52e"
    assert then.find(f"region:{SLUG}").standing is Standing.UNKNOWN
    assert then.find("premiere").standing is Standing.UNKNOWN


@scene(editions_of_the_communique, rank_2022=27)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_with_a_rank_of_2022_the_title_is_true(facts: Facts, said: str, language: str) -> None:
    top = facts.get(f"top:{SLUG}")
    assert top.figure("fr").upper() in said
    assert top.distinction
    assert "2022" in plain(top.denominator(language))
    assert "imprimé" in top.note("fr")
    assert figure(facts, f"gain:{SLUG}") == "11"
    assert facts.find(f"progression:{SLUG}:2018").standing is Standing.UNKNOWN
