"""Why a unit stands where it stands: by hand, and as laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given

from rankings.engine import Absence, Branch, Dataset, parse_method, rank
from rankings.engine.explaining import explain, what_if
from tests.engine.laws.strategies import datasets, parts
from tests.engine.laws.test_laws_of_ranking import law
from tests.engine.methods import branch, column, head, leaf

TO_TEN = 'kind = "minmax", better = "higher", low = 0, high = 10'
STEPS = 'kind = "thresholds", better = "higher", from = [2, 4, 6], points = [0, 3, 3, 10]'


@pytest.fixture
def result():
    text = head(digits=1) + branch("f", weight="3") + leaf("a", weight="2", scale=STEPS, at="node.node")
    text += leaf("b", scale=TO_TEN, at="node.node") + leaf("c", scale=TO_TEN)
    values = {
        "a": column(x="3", y="7", z="0"),
        "b": column(x="6", y="9") | {"z": Absence.MISSING},
        "c": column(x="10", y="2", z="8"),
    }
    return rank(Dataset(("x", "y", "z"), values), parse_method(text))


def test_what_each_node_brings_by_hand(result):
    # y: f is (2 × 10 + 9) / 3 = 9.666…, and the score (3 × 9.666… + 2) / 4 = 7.75, printed 7.8.
    # x: f is (2 × 3 + 6) / 3 = 4, and the score (12 + 10) / 4 = 5.5.
    told = explain(result, "x")
    assert (told.rank, told.score, told.ahead, told.gap) == (2, Decimal("5.5"), ("y",), Decimal("2.3"))
    found = {part.node: (part.worth, part.at_most, part.lost, part.behind) for part in told.contributions}
    assert found == {
        "f": (3, Fraction(15, 2), Fraction(9, 2), Fraction(29, 4) - 3),
        "a": (Fraction(3, 2), 5, Fraction(7, 2), Fraction(7, 2)),
        "b": (Fraction(3, 2), Fraction(5, 2), 1, Fraction(3, 4)),
        "c": (Fraction(5, 2), Fraction(5, 2), 0, -2),
    }


def test_what_is_left_out_brings_nothing_and_could_bring_nothing(result):
    # z: f is a alone, 0 points; the score is 8 / 4 = 2.
    found = {part.node: (part.worth, part.at_most) for part in explain(result, "z").contributions}
    assert found == {"f": (0, Fraction(15, 2)), "a": (0, Fraction(15, 2)), "b": (0, 0), "c": (2, Fraction(5, 2))}


def test_the_next_threshold_that_brings_points(result):
    # From 3, reaching 4 brings nothing more than 3 points; 6 brings 10: f is then 26 / 3, the score 9 / 4 more.
    (step,) = explain(result, "x").next_steps
    assert (step.leaf, step.value, step.points, step.score, step.rank) == ("a", 6, 10, Decimal("9.0"), 1)
    assert explain(result, "y").next_steps == ()


def test_the_first_has_nobody_ahead_and_who_is_not_ranked_is_not_explained(result):
    told = explain(result, "y")
    assert (told.ahead, told.gap) == ((), 0)
    assert all(part.behind == 0 for part in told.contributions)
    nobody = rank(Dataset(("x",), {"a": {}}), parse_method(head() + leaf("a")))
    with pytest.raises(KeyError):
        explain(nobody, "x")


def test_what_would_change_with_one_value(result):
    assert what_if(result, "x", {"a": Decimal(7)}).ranks["x"] == (1, False)
    assert what_if(result, "x", {"a": Absence.MISSING}).rows[1].unit == "x"
    with pytest.raises(KeyError):
        what_if(result, "nobody", {})


def test_a_geometric_mean_loses_as_its_logarithms_do():
    text = head(aggregate="geometric", digits=3) + leaf("a", scale=TO_TEN) + leaf("b", scale=TO_TEN)
    result = rank(Dataset(("x", "y"), {"a": column(x="2.5", y="0"), "b": column(x="2.5", y="10")}), parse_method(text))
    a, b = explain(result, "x").contributions
    assert (a.worth, b.worth) == (Fraction(5, 4), Fraction(5, 4))
    # A child that gets nothing loses everything, what the other brings included.
    a, b = explain(result, "y").contributions
    assert (a.worth, b.worth) == (-5, 5)


def test_a_harmonic_mean_and_the_best_of_a_branch():
    text = head(aggregate="harmonic", digits=3) + leaf("a", scale=TO_TEN) + leaf("b", scale=TO_TEN)
    result = rank(Dataset(("x",), {"a": column(x="5"), "b": column(x="10")}), parse_method(text))
    # 2 / (1/0.5 + 1) is two thirds of 10: a third is lost, all of it by a.
    assert [part.worth for part in explain(result, "x").contributions] == [5 - Fraction(10, 3), 5]
    text = head() + branch("f", "best = 1") + leaf("a", scale=TO_TEN, at="node.node")
    text += leaf("b", scale=TO_TEN, at="node.node")
    result = rank(Dataset(("x",), {"a": column(x="5"), "b": column(x="7")}), parse_method(text))
    assert {part.node: (part.worth, part.at_most) for part in explain(result, "x").contributions} == {
        "f": (7, 10), "a": (0, 0), "b": (7, 10),
    }  # fmt: skip


@law
@given(parts(), datasets())
def test_contributions_add_up_to_the_score_and_gaps_to_the_gap(made, dataset):
    result = rank(dataset, parse_method(made.text()))
    assume(result.ranks)
    method = result.sheet.method
    first = result.rows[0]
    for row in result.rows[: len(result.ranks)]:
        told = {part.node: part for part in explain(result, row.unit).contributions}
        assert sum(told[node.key].worth for node in method.nodes) == row.exact_score
        assert sum(told[node.key].behind for node in method.nodes) == first.exact_score - row.exact_score
        for node in method.root.walk():
            if isinstance(node, Branch):
                assert sum(told[child.key].worth for child in node.children) == told[node.key].worth


@law
@given(parts(), datasets())
def test_a_next_step_is_what_the_ranking_would_be(made, dataset):
    result = rank(dataset, parse_method(made.text()))
    leaves = {leaf.key: leaf for leaf in result.sheet.method.leaves}
    for unit in result.ranks:
        for step in explain(result, unit).next_steps:
            leaf = leaves[step.leaf]
            if leaf.quotient is not None or leaf.scale.kind != "thresholds":
                continue
            then = what_if(result, unit, {leaf.indicator: Decimal(str(step.value.numerator)) / step.value.denominator})
            if sum(leaf.indicator in other.indicators for other in leaves.values()) == 1:
                assert then.ranks[unit][0] == step.rank


def test_what_is_brought_to_a_best_score_adds_up_to_it():
    text = head(digits=1).replace("points = 10", "points = 10\nbest_score = 100", 1)
    text += leaf("a", scale=TO_TEN) + leaf("b", scale=TO_TEN)
    values = {"a": column(x="8", y="4"), "b": column(x="8", y="2")}
    result = rank(Dataset(("x", "y"), values), parse_method(text))
    assert [(row.unit, row.score) for row in result.rows] == [("x", Decimal("100.0")), ("y", Decimal("37.5"))]
    assert {part.node: part.worth for part in explain(result, "y").contributions} == {"a": 25, "b": Fraction(25, 2)}
    nothing = rank(Dataset(("x",), {"a": column(x="0"), "b": column(x="0")}), parse_method(text))
    assert nothing.rows[0].score == 0
    assert parse_method(result.sheet.method.canonical_text) == result.sheet.method
