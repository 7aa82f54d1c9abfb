"""To what a move is owed: by hand, and as laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankings.engine import Dataset, parse_method, rank
from rankings.engine.effects import CAUSES, MOST_CAUSES, Edition, mixed, moves, moves_of_weights, shared
from rankings.engine.reweighting import reweighted
from tests.engine.laws.strategies import INDICATORS, datasets, parts
from tests.engine.laws.test_laws_of_ranking import law
from tests.engine.methods import column, head, leaf

TO_TEN = 'kind = "minmax", better = "higher", low = 0, high = 10'


def method(**weights: str):
    return parse_method(head() + "".join(leaf(key, weight=weight, scale=TO_TEN) for key, weight in weights.items()))


def dataset(**columns: dict[str, Decimal]) -> Dataset:
    units = {unit: None for values in columns.values() for unit in values}
    return Dataset(tuple(units), columns)


def test_each_cause_alone():
    before = Edition(dataset(a=column(x="5", y="7", z="3"), b=column(x="9", y="1", z="1")), method(a="3", b="1"))
    # x has (3 × 5 + 9) / 4 = 6 and y 22 / 4 = 5.5; with 8 instead of 7, y has 6.25.
    better = Edition(dataset(a=column(x="5", y="8", z="3"), b=column(x="9", y="1", z="1")), before.method)
    assert moves(before, better)["y"].effects == {"data": 1, "method": 0, "perimeter": 0}
    other = Edition(before.dataset, method(a="30", b="1"))
    assert rank(other.dataset, other.method).ranks["y"] == (1, False)
    assert moves(before, other)["y"].effects == {"data": 0, "method": 1, "perimeter": 0}
    without = Edition(dataset(a=column(y="7", z="3"), b=column(y="1", z="1")), before.method)
    left = moves(before, without)
    assert left["y"].effects == {"data": 0, "method": 0, "perimeter": 1}
    assert (left["x"].before, left["x"].after, left["x"].gained, left["x"].effects) == (1, None, None, None)


def test_two_causes_that_need_each_other_share_the_place():
    # y passes x only when its figure rises and the weight moves to it: neither is enough alone.
    before = Edition(dataset(a=column(x="8", y="4"), b=column(x="5", y="1")), method(a="3", b="1"))
    after = Edition(dataset(a=column(x="8", y="4"), b=column(x="5", y="9")), method(a="1", b="2"))
    ranks = {
        (data, rules): rank(edition.dataset, other.method).ranks["y"][0]
        for data, edition in (("old", before), ("new", after))
        for rules, other in (("old", before), ("new", after))
    }
    assert ranks == {("old", "old"): 2, ("new", "old"): 2, ("old", "new"): 2, ("new", "new"): 1}
    assert moves(before, after)["y"].effects == {"data": Fraction(1, 2), "method": Fraction(1, 2), "perimeter": 0}


def test_the_arrival_of_an_indicator_is_an_effect_of_the_method():
    before = Edition(dataset(a=column(x="8", y="4")), method(a="1"))
    after = Edition(dataset(a=column(x="8", y="4"), b=column(x="0", y="10")), method(a="1", b="1"))
    assert moves(before, after)["y"].effects == {"data": 0, "method": 1, "perimeter": 0}


def test_the_mixture_takes_what_the_first_lacks_from_the_second():
    first, second = dataset(a=column(x="1", y="2")), dataset(a=column(y="3", z="4"), b=column(y="5"))
    found = mixed(first, second, ("x", "y", "z"), ("a", "b"))
    assert {code: {unit: str(value) for unit, value in values.items()} for code, values in found.values.items()} == {
        "a": {"x": "1", "y": "2", "z": "4"}, "b": {"x": "missing", "y": "5", "z": "missing"},
    }  # fmt: skip


def test_a_grouping_that_one_edition_alone_has_is_read_there():
    first = Dataset(("x", "y"), {})
    second = Dataset(("x", "z"), {}, {"region": {"x": "Nord", "z": "Sud"}})
    assert mixed(first, second, ("x", "y", "z"), ()).groups == {"region": {"x": "Nord", "z": "Sud"}}


def test_a_unit_without_rank_in_a_mixture_has_a_move_and_no_effects():
    found = shared("ab", lambda changed: {} if changed == frozenset("a") else {"x": 2 - len(changed) // 2}, ["x"])["x"]
    assert (found.gained, found.effects) == (1, None)


def test_too_many_causes_are_refused():
    with pytest.raises(ValueError, match="13 causes, expected at most 12"):
        shared([str(number) for number in range(MOST_CAUSES + 1)], lambda changed: {}, [])


@law
@given(parts(), datasets(), parts(), datasets())
def test_the_effects_add_up_to_the_move(old, first, new, second):
    def edition(made, data):
        return Edition(
            Dataset(data.units, {code: data.values.get(code, {}) for code in INDICATORS}), parse_method(made.text())
        )

    before, after = edition(old, first), edition(new, second)
    found = moves(before, after)
    assert set(found) == {*first.units, *second.units}
    for unit, move in found.items():
        assert move.before == rank(before.dataset, before.method).ranks.get(unit, (None,))[0]
        if move.effects is not None:
            assert sum(move.effects.values()) == move.gained == move.before - move.after
            assert set(move.effects) == set(CAUSES)


@law
@given(parts(), datasets())
def test_nothing_changed_nothing_gained(made, data):
    edition = Edition(data, parse_method(made.text()))
    assert all(not any(move.effects.values()) for move in moves(edition, edition).values() if move.effects is not None)


@given(st.permutations(["data", "method", "perimeter"]), st.lists(st.integers(1, 9), min_size=8, max_size=8))
def test_the_order_in_which_causes_are_named_changes_nothing(order, places):
    def ranked(changed: frozenset[str]) -> dict[str, int]:
        return {"x": places[sum(1 << CAUSES.index(cause) for cause in changed)]}

    assert shared(order, ranked, ["x"])["x"].effects == shared(CAUSES, ranked, ["x"])["x"].effects


def test_a_change_of_weights_is_shared_between_the_weights():
    # x: a 8, b 2, c 5; y: a 4, b 6, c 5. Equal weights tie them; a heavier helps x, b heavier helps y.
    edition = dataset(a=column(x="8", y="4"), b=column(x="2", y="6"), c=column(x="5", y="5"))
    result = rank(edition, method(a="1", b="1", c="1"))
    alone = moves_of_weights(result, {"b": Decimal(2), "a": Decimal(1)})
    assert (alone["x"].gained, alone["x"].effects) == (-1, {"b": -1})
    # Both heavier: x loses nothing, for what b takes a gives back; c is nobody's cause.
    both = moves_of_weights(result, {"a": Decimal(2), "b": Decimal(2), "c": Decimal(9)})
    assert both["x"].effects == {"a": Fraction(1, 2), "b": Fraction(-1, 2), "c": 0}
    assert both["x"].gained == both["y"].gained == 0
    with pytest.raises(ValueError, match="no node of the method has the key"):
        moves_of_weights(result, {"d": Decimal(1)})


@law
@given(parts(), datasets(), st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_the_effects_of_weights_add_up_to_the_move(made, data, drawn):
    result = rank(data, parse_method(made.text()))
    keys = [node.key for node in result.sheet.method.root.walk() if not getattr(node, "bonus", False)]
    weights = {key: Decimal(weight) for key, weight in zip(keys, drawn, strict=False)}
    then = reweighted(result, weights)
    for unit, move in moves_of_weights(result, weights).items():
        assert move.after == then.ranks.get(unit, (None,))[0]
        if move.effects is not None:
            assert sum(move.effects.values()) == move.gained
