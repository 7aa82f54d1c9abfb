"""What changed from one method to another is told by what its nodes are."""

from decimal import Decimal
from fractions import Fraction

import pytest

from rankings.engine import Absence, parse_method
from rankings.method_changes import MethodChanges, placed
from tests.methods import METHOD
from tests.public.two_years import METHOD_BEFORE


def changes(before: str, after: str) -> MethodChanges:
    return MethodChanges(parse_method(before), parse_method(after))


def keys(places: list) -> list[str]:
    return [place.node.key for place in places]


def test_same_method_has_no_change() -> None:
    found = changes(METHOD, METHOD)
    assert (found.added, found.removed, found.missing) == ([], [], [])
    assert not any(
        kept.renamed or kept.moved or kept.out_of_changed or kept.scale_changed or kept.measure_changed
        for kept in found.kept
    )
    assert len(found.kept) == 6


def test_shares_of_the_leaves_add_up_to_the_score() -> None:
    places = placed(parse_method(METHOD))
    assert {place.node.key: place.share for place in places if place.level == 0} == {
        "insertion": Fraction(3, 5),
        "ouverture": Fraction(2, 5),
    }
    assert sum(place.share for place in places if place.level == 1) == 1


def test_family_that_keeps_most_of_its_criteria_is_the_same_renamed() -> None:
    found = changes(METHOD_BEFORE, METHOD)
    assert keys(found.added) == ["mobilite"]
    assert found.removed == []
    renamed = [(kept.before.node.key, kept.after.node.key) for kept in found.kept if kept.renamed]
    assert renamed == [("recherche", "ouverture")]
    assert not any(kept.moved for kept in found.kept)


def test_family_that_keeps_less_than_half_of_its_criteria_is_another() -> None:
    before = METHOD.replace('key = "insertion"', 'key = "debouches"')
    after = METHOD.replace('key = "salaire"', 'key = "revenu"').replace('indicator = "salaire"', 'indicator = "revenu"')
    after = after.replace('key = "emploi"', 'key = "travail"').replace('indicator = "emploi"', 'indicator = "travail"')
    found = changes(before, after)
    assert keys(found.removed) == ["debouches", "salaire", "emploi"]
    assert keys(found.added) == ["insertion", "revenu", "travail"]


def test_criterion_under_another_key_is_told_by_what_it_measures() -> None:
    found = changes(METHOD, METHOD.replace('key = "mobilite"', 'key = "etranger"'))
    assert (found.added, found.removed) == ([], [])
    assert ("mobilite", "etranger") in [(kept.before.node.key, kept.after.node.key) for kept in found.kept]


def test_two_criteria_that_measure_the_same_are_not_told_apart() -> None:
    twice = METHOD.replace('indicator = "doctorants"', 'indicator = "mobilite"')
    renamed = twice.replace('key = "mobilite"', 'key = "a"').replace('key = "doctorants"', 'key = "b"')
    found = changes(twice, renamed)
    assert (keys(found.removed), keys(found.added)) == (["doctorants", "mobilite"], ["b", "a"])


def test_criterion_that_changes_family_moved() -> None:
    whole = '[[node.node]]\nkey = "emploi"'
    start, end = METHOD.index(whole), METHOD.index('[[node]]\nkey = "ouverture"')
    found = changes(METHOD, METHOD[:start] + METHOD[end:] + "\n" + METHOD[start:end])
    assert [kept.after.node.key for kept in found.kept if kept.moved] == ["emploi"]


def test_points_scales_quotients_and_absences_are_compared() -> None:
    found = changes(METHOD_BEFORE, METHOD)
    by_key = {kept.after.node.key: kept for kept in found.kept}
    assert all(kept.out_of_changed for kept in found.kept)
    assert [key for key, kept in by_key.items() if kept.scale_changed] == ["emploi"]
    assert found.missing == [(Absence.NOT_COMMUNICATED, "leave_out", "zero")]
    divided = METHOD.replace('indicator = "mobilite"', 'indicator = "mobilite"\ndenominator = "emploi"')
    by_key = {kept.after.node.key: kept for kept in changes(METHOD, divided).kept}
    assert [key for key, kept in by_key.items() if kept.measure_changed] == ["mobilite"]


@pytest.mark.parametrize("text", ["10", "10.0"])
def test_another_spelling_of_a_number_is_no_change(text: str) -> None:
    found = changes(METHOD, METHOD.replace("points = 10\n", f"points = {text}\n", 1))
    assert not any(kept.out_of_changed for kept in found.kept)
    assert found.before.root.points == Decimal(10)
