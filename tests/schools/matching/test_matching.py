"""What is sure, what never is, and why."""

from dataclasses import replace

import pytest

from schools.matching import Identifier, Known, KnownUnit, Match, Subject, match
from schools.matching.periods import period
from tests.schools.matching.cases import (
    ALL,
    ANGERS,
    EPITA,
    KNOWN,
    LYON,
    MAPS,
    METZ,
    ROUEN,
    SIGMA,
    STRASBOURG,
    school,
    subject,
)


def one(read: Subject, *others: Subject, known: Known = KNOWN) -> Match:
    return match([read, *others], known, ())[0]


def with_uai(unit: KnownUnit, uai: str, **said) -> Known:
    """All the schools, one of them with this number."""
    numbered = school(unit.id, unit.name, *(alias.text for alias in unit.aliases), academie=unit.place.academie,
                      uai=uai, **said)  # fmt: skip
    return Known([each for each in ALL if each.id != unit.id] + [numbered])


def codes(found: Match) -> list[str]:
    return [reason.code for reason in found.reasons]


# Sure


def test_identifier_comes_before_the_name() -> None:
    found = one(subject("0690192J", "INSA de Lyon, campus de la Doua"), known=with_uai(LYON, "0690192J"))
    assert (found.outcome, found.by, found.unit.id) == ("sure", "identifier", LYON.id)
    assert found.reasons[0].words == "même identifiant : UAI 0690192J"


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("INSTITUT NATIONAL DES SCIENCES APPLIQUEES DE LYON", "name"),
        ("Institut national des sciences appliquées de Lyon *", "name"),
        ("Insa-Lyon", "alias"),
    ],
)
def test_exact_name_is_sure_whatever_its_accents_case_and_asterisk(name: str, by: str) -> None:
    found = one(subject("0690192J", name, academie="Lyon"))
    assert (found.outcome, found.by, found.unit) == ("sure", by, LYON)


def test_asterisk_is_kept_as_what_it_says() -> None:
    assert one(subject("0690192J", "INSA Lyon *")).subject.marked_component
    assert not one(subject("0690192J", "INSA Lyon")).subject.marked_component


def test_other_names_help_when_the_main_one_is_unknown() -> None:
    found = one(subject("0492246A", "Sciences agricoles d’Angers", "École supérieure d’agriculture"))
    assert (found.outcome, found.unit) == ("sure", ANGERS)


def test_ambiguous_sigle_beside_a_full_name_changes_nothing() -> None:
    found = one(subject("0772496V", "École nationale des sciences géographiques", "ENSG", academie="Créteil"))
    assert (found.outcome, found.unit) == ("sure", MAPS)


def test_alias_counts_in_its_years_only() -> None:
    old = replace(LYON, aliases=(replace(LYON.aliases[0], text="INSA du Rhône", span=period(None, 2010)),))
    known = Known([old])
    assert one(subject("0690192J", "INSA du Rhône", years=(2008, 2009)), known=known).outcome == "sure"
    assert one(subject("0690192J", "INSA du Rhône", years=(2020, 2021)), known=known).outcome != "sure"


# Never sure


@pytest.mark.parametrize("sigle", ["ENSG", "ESITC"])
def test_name_of_two_schools_is_doubtful(sigle: str) -> None:
    found = one(subject("0772496V", sigle, academie="Créteil"))
    assert (found.outcome, found.unit) == ("doubtful", None)
    assert codes(found) == ["homonyms"]
    assert f"« {sigle} » est le nom de 2 écoles" in found.reasons[0].words


def test_wider_establishment_is_doubtful_by_name_and_by_number_alone() -> None:
    read = subject("0673021V", "Université de Strasbourg", wider=True)
    assert codes(one(read)) == ["wider", "name"]
    assert one(replace(read, wider=False)).outcome == "sure"
    known = with_uai(STRASBOURG, "0673021V")
    assert one(read, known=known).outcome == "sure"
    assert "wider" in codes(one(replace(read, names=subject("", "Unistra").names), known=known))


def test_other_academie_is_doubtful() -> None:
    found = one(subject("0312950N", "École pour l’informatique et les techniques avancées", academie="Toulouse"))
    assert codes(found)[0] == "other_academie"
    assert found.reasons[0].words == "autre académie : Toulouse dans le fichier, Créteil pour l’école"
    assert found.proposals[0].unit == EPITA


def test_keys_of_two_schools_in_one_cell_are_doubtful() -> None:
    known = Known([school(1, "Une école", uai="0690192J"), school(2, "Une autre", uai="0310152X")])
    found = one(subject("0690192J,0310152X", "Une école"), known=known)
    assert codes(found) == ["keys_apart"]


def test_number_of_one_school_and_name_of_another_are_doubtful() -> None:
    found = one(subject("0690192J", "INSA Rouen"), known=with_uai(LYON, "0690192J"))
    assert codes(found)[0] == "identifier_against_name"


def test_names_of_two_schools_are_doubtful() -> None:
    assert codes(one(subject("0690192J", "INSA Lyon", "INSA Rouen"))) == ["names_apart"]


def test_number_of_another_register_alone_is_doubtful() -> None:
    lyon = replace(LYON, identifiers=(*LYON.identifiers, Identifier("wikidata", "Q1")))
    known = Known([each for each in ALL if each.id != LYON.id] + [lyon])
    numbers = [("wikidata", "Q1")]
    assert (
        codes(one(subject("0597165T", "Sciences appliquées, Lyon", numbers=numbers), known=known))[0] == "number_alone"
    )
    assert one(subject("0690192J", "INSA Lyon", numbers=numbers), known=known).outcome == "sure"


def test_wrong_letter_is_doubtful_only_when_nothing_else_links() -> None:
    known = with_uai(LYON, "0690192K")
    assert codes(one(subject("0690192K", "Lyon, sciences appliquées"), known=known))[0] == "wrong_letter"
    assert one(subject("0690192K", "INSA Lyon"), known=known).outcome == "sure"
    assert one(subject("0690192K", "INSA Lyon")).outcome == "sure"


def test_second_key_of_a_school_by_name_alone_is_doubtful() -> None:
    first, second = (
        subject("0690192J", "INSA Lyon"),
        subject("0011293A", "Institut national des sciences appliquées de Lyon"),
    )
    assert [codes(each)[0] for each in match([first, second], KNOWN, ())] == ["several_keys", "several_keys"]
    known = with_uai(LYON, "0690192J")
    assert [each.outcome for each in match([first, second], known, ())] == ["sure", "doubtful"]


def test_name_that_two_subjects_bear_is_doubtful() -> None:
    architecture = subject("0753533H", "École spéciale d'architecture", "ÉSA")
    agriculture = subject("0490072M", "École supérieure d’agriculture", "ESA", academie="Nantes")
    found, other = match([architecture, agriculture], KNOWN, ())
    assert "name_twice" in codes(found)
    assert (other.outcome, other.unit) == ("sure", ANGERS)


def test_sigle_alone_wants_a_place_that_agrees() -> None:
    assert codes(one(subject("0490072M", "ESA")))[0] == "sigle_alone"
    assert one(subject("0490072M", "ESA", academie="Nantes")).outcome == "sure"


def test_number_given_again_to_another_is_doubtful_in_both_cells() -> None:
    before = subject("0632086A,0632033T", "SIGMA Clermont", years=(2016, 2019))
    after = subject("0632033T", "Clermont Auvergne INP *", years=(2020, 2022))
    for known in (KNOWN, with_uai(SIGMA, "0632033T")):
        found = match([before, after], known, ())
        assert found[0].outcome == "doubtful"
        assert found[1].outcome != "sure"
    assert "key_twice" in codes(found[0])
    assert "key_twice" in codes(found[1])


def test_number_is_good_in_its_years_only() -> None:
    known = with_uai(SIGMA, "0632033T", span=period(None, 2019))
    assert one(subject("0632033T", "SIGMA", years=(2018, 2019)), known=known).outcome == "sure"
    assert "other_dates" in codes(one(subject("0632033T", "SIGMA", years=(2019, 2020)), known=known))
    assert one(subject("0632033T", "Clermont Auvergne INP", years=(2020, 2021)), known=known).outcome != "sure"


def test_name_with_a_number_that_was_another_s_is_doubtful() -> None:
    known = with_uai(SIGMA, "0632033T", span=period(None, 2019))
    found = one(subject("0632033T", "INSA Lyon", years=(2022,)), known=known)
    assert codes(found)[0] == "other_dates"


def test_number_whose_name_is_nothing_like_is_doubtful() -> None:
    found = one(subject("0690192J", "Lycée Montaigne"), known=with_uai(LYON, "0690192J"))
    assert codes(found)[0] == "name_unlike"


# Proposals


def test_near_name_is_proposed_and_never_sure() -> None:
    found = one(
        subject("0760165S", "Institut national des sciences appliquées de Rouen Normandie", academie="Normandie")
    )
    assert (found.outcome, found.unit, found.by) == ("doubtful", None, "")
    assert found.proposals[0].unit == ROUEN
    assert "nom voisin (" in found.proposals[0].reasons[0].words
    assert found.proposals[0].reasons[-1].words == "même académie : Normandie"


def test_sigle_among_other_words_is_proposed_with_how_many_bear_it() -> None:
    found = one(subject("0573389Z", "Campus ESITC du Grand Est", academie="Nancy-Metz"))
    assert [each.unit for each in found.proposals] == [METZ, KNOWN.units[-2]]
    assert "contient « ESITC », commun à 2 écoles" in [reason.words for reason in found.proposals[0].reasons]


def test_shared_town_is_said() -> None:
    known = Known([replace(METZ, place=replace(METZ.place, city="57 - Metz"))])
    found = one(subject("0573389Z", "ESITC à Metz", city="Metz"), known=known)
    assert "même ville : Metz" in [reason.words for reason in found.proposals[0].reasons]


def test_nothing_near_is_unmatched() -> None:
    found = one(subject("0331493U", "Lycée Saint-Genès"))
    assert (found.outcome, found.proposals) == ("unmatched", ())


def test_words_of_all_schools_bring_nothing_near() -> None:
    found = one(subject("0753457A", "École nationale supérieure des métiers de l'image et du son"))
    assert found.outcome == "unmatched"


def test_at_most_three_are_proposed_the_nearest_first() -> None:
    found = one(subject("0000000A", "Institut national des sciences appliquées"), known=Known([
        school(number, f"Institut national des sciences appliquées de {town}")
        for number, town in enumerate(("Lyon", "Rennes", "Rouen", "Toulouse"), start=1)
    ]))  # fmt: skip
    scores = [each.score for each in found.proposals]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert max(scores) < 100
