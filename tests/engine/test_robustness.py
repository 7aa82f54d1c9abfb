"""The study of robustness: what it counts is what a slow and exact reading of its draws counts."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rankings.engine import Absence, Branch, Dataset, parse_method, rank
from rankings.engine.robustness import study
from rankings.engine.robustness.drawing import Drawing
from rankings.engine.robustness.inquiry import ranks_of
from rankings.engine.robustness.replaying import is_linear
from rankings.engine.robustness.rescoring import Rescoring
from rankings.engine.scenarios import JITTERED, MISSING_CHOICES, SCALE_CHOICES, scenarios
from rankings.engine.uncertainty import SOURCES, Plan
from tests.engine.laws.strategies import datasets, parts
from tests.engine.methods import branch, column, head, leaf

law = settings(deadline=None, max_examples=40)
STILL = Plan(draws=7, sources=("weights",), spread=Decimal(0))
STEPS = 'kind = "thresholds", better = "higher", from = [2, 4, 6], points = [0, 3, 6, 10]'
TO_TEN = 'kind = "minmax", better = "higher", low = 0, high = 10'


def prepared(result, plan):
    """The parts of a study, one by one."""
    steps = [plan.jitter * (2 * at + 1 - JITTERED) / JITTERED for at in range(JITTERED)]
    possible = scenarios(result.sheet, steps, SCALE_CHOICES, MISSING_CHOICES)
    return possible, Drawing(result.sheet.method, possible, plan), Rescoring(result, possible)


def cells_of(possible, draws, at):
    """What each leaf gives each unit in one draw, read off the scenarios; None where it is left out."""
    scale, rule = SCALE_CHOICES[draws.scale[at]], MISSING_CHOICES[draws.rule[at]]
    lines = list(possible.cells[scale, rule])
    if scale == "declared":
        for position, versions in possible.jittered[rule].items():
            if draws.version[at, position] >= 0:
                lines[position] = versions[draws.version[at, position]]
    if draws.without[at] >= 0:
        lines[draws.without[at]] = (None,) * len(possible.units)
    return lines


def places(scores):
    ordered = sorted(scores, reverse=True)
    return [ordered.index(score) for score in scores]


@law
@given(parts(), datasets(), st.integers(0, 2**40))
def test_ranks_are_those_of_an_exact_reading_of_the_draws(made, dataset, seed):
    result = rank(dataset, parse_method(made.text()))
    assume(result.ranks)
    assume(is_linear(result.sheet.method))
    plan = Plan(draws=12, seed=seed)
    possible, drawing, rescoring = prepared(result, plan)
    (draws,) = drawing.all(100)
    method = result.sheet.method
    ranked, ranks = ranks_of(rescoring.scores(draws))
    for at in range(len(draws)):
        if draws.geometric[at]:
            continue
        lines = cells_of(possible, draws, at)
        scores = []
        for unit in range(len(possible.units)):
            known = np.array([line[unit] is not None for line in lines])
            weights = rescoring.weights(draws.of(slice(at, at + 1)), known)[0]
            total = int(weights.sum()) or 1
            summed = sum(int(weight) * (line[unit] or 0) for weight, line in zip(weights, lines, strict=True))
            exact = method.out_of * summed / (possible.scale * total)
            row = next(row for row in result.rows if row.unit == possible.units[unit])
            exact += sum((Fraction(row.points[bonus.key].points or 0) for bonus in method.bonuses), Fraction(0))
            scores.append(method.rounding.score.apply(exact) if method.ranks_on == "rounded" else exact)
        if method.ranks_on == "rounded":
            found = dict(zip(ranked[at].tolist(), ranks[at].tolist(), strict=True))
            assert [found[unit] for unit in range(len(scores))] == places(scores)


@law
@given(parts(), datasets(), st.integers(0, 2**40))
def test_drawn_shares_are_those_of_the_drawn_weights(made, dataset, seed):
    result = rank(dataset, parse_method(made.text()))
    assume(result.ranks)
    possible, drawing, rescoring = prepared(result, Plan(draws=5, seed=seed, sources=("weights",)))
    (draws,) = drawing.all(100)
    known = np.ones(len(possible.leaves), dtype=bool)
    drawn = rescoring.weights(draws, known)
    keys = [node.key for node in result.sheet.method.root.walk()]

    def shares(branch: Branch, factors, part=Fraction(1)):
        each = [(child, share * factors[child.key]) for child, share in branch.shares]
        total = sum(share for _, share in each)
        for child, share in each:
            if isinstance(child, Branch):
                yield from shares(child, factors, part * share / total)
            else:
                yield part * share / total

    for at in range(len(draws)):
        factors = dict(zip(keys, map(int, draws.factors[at]), strict=True))
        assert all(750 <= factor <= 1250 for factor in factors.values())
        exact = list(shares(result.sheet.method.root, factors))
        total = int(drawn[at].sum())
        for weight, share in zip(drawn[at], exact, strict=True):
            assert abs(Fraction(int(weight), total) - share) < Fraction(1, 50_000)


@law
@given(parts(), datasets())
def test_weights_that_do_not_move_move_nobody(made, dataset):
    result = rank(dataset, parse_method(made.text()))
    assume(result.ranks)
    method = result.sheet.method
    flat = not any(isinstance(node, Branch) for node in method.nodes)
    answer = study(result, STILL)
    # The shares of several levels are rounded to a millionth, which can only matter next to a half.
    if answer.exact and (flat or not is_linear(method)):
        assert answer.mean_shift == 0
        assert all(unit.low == unit.median == unit.high == unit.rank for unit in answer.units)
        assert not any(unit.surprising for unit in answer.units)


def trial(**options):
    text = head(**options) + branch("f", weight="2") + leaf("a", weight="3", scale=STEPS, at="node.node")
    text += leaf("b", scale=TO_TEN, at="node.node") + leaf("c", scale=TO_TEN)
    values = {
        "a": {unit: Decimal(number * 7 % 11) for number, unit in enumerate("uvwxyz")},
        "b": {unit: Decimal(number * 5 % 11) for number, unit in enumerate("uvwxyz")} | {"w": Absence.MISSING},
        "c": {unit: Decimal(number * 3 % 11) for number, unit in enumerate("uvwxyz")},
    }
    return rank(Dataset(tuple("uvwxyz"), values), parse_method(text))


def test_the_same_seed_gives_the_same_digits_anywhere(monkeypatch):
    answer = study(trial(), Plan(draws=2000))
    assert answer.digest == "4d9284b1b84892e74aa603c00ae76443d7bbfcf226d171a4fbca1f66e4d3f60c"
    # However many are drawn at once.
    monkeypatch.setattr("rankings.engine.robustness.inquiry._AT_ONCE", 100)
    assert study(trial(), Plan(draws=2000)).canonical_text == answer.canonical_text
    assert study(trial(), Plan(draws=2000, seed=2)).digest != answer.digest


def test_shares_add_up_and_tell_what_is_drawn():
    answer = study(trial(), Plan(draws=2000))
    assert set(answer.shares) == set(SOURCES)
    assert sum(answer.shares.values()) == 1
    assert answer.exact
    assert study(trial(), Plan(draws=500, sources=("thresholds",))).shares == {"thresholds": 1}
    # Scales without thresholds have none to move, and nobody lacks anything.
    text = head() + leaf("a", scale=TO_TEN) + leaf("b", scale=TO_TEN)
    result = rank(Dataset(("x", "y"), {"a": column(x="1", y="8"), "b": column(x="9", y="2")}), parse_method(text))
    shares = study(result, Plan(draws=500, sources=("weights", "thresholds", "missing"))).shares
    assert shares == {"weights": 1, "thresholds": 0, "missing": 0}


def test_a_source_added_leaves_what_the_others_draw():
    result = trial()
    _, one, _ = prepared(result, Plan(draws=50, sources=("weights",)))
    _, both, _ = prepared(result, Plan(draws=50, sources=("weights", "indicators")))
    (first,), (second,) = one.all(100), both.all(100)
    assert (first.factors == second.factors).all()
    assert set(first.without.tolist()) == {-1}
    assert set(second.without.tolist()) == {-1, 0, 1, 2}


def test_two_units_that_the_weights_alone_part():
    """Each is the best of one criterion: with equal weights nothing parts them but the draw."""
    text = head(ranks_on="unrounded") + leaf("a", scale=TO_TEN) + leaf("b", scale=TO_TEN)
    values = {"a": column(x="10", y="0", z="0"), "b": column(x="0", y="10", z="0")}
    result = rank(Dataset(("x", "y", "z"), values), parse_method(text))
    answer = study(result, Plan(draws=20_000, sources=("weights",)))
    x, y, z = answer.units
    assert [(unit.low, unit.high) for unit in (x, y, z)] == [(1, 2), (1, 2), (3, 3)]
    # Two whole numbers from 750 to 1,250 are equal once in 501 times, and each is the greater as often.
    assert abs(x.precedes - Fraction(250, 501)) < Fraction(1, 50)
    assert (y.precedes, z.precedes, z.first_ten) == (1, None, 1)
    assert [unit.group for unit in (x, y, z)] == [1, 1, 2]


def test_a_rounded_branch_is_drawn_as_it_is_rounded():
    text = head() + branch("f", 'rounding = { digits = 0, mode = "half_up" }', "points = 10")
    text += leaf("a", scale=TO_TEN, at="node.node") + leaf("b", scale=TO_TEN, at="node.node") + leaf("c", scale=TO_TEN)
    values = {"a": column(x="4", y="5"), "b": column(x="5", y="4"), "c": column(x="3", y="3")}
    result = rank(Dataset(("x", "y"), values), parse_method(text))
    assert not is_linear(result.sheet.method)
    assert study(result, STILL).mean_shift == 0
    answer = study(result, Plan(draws=300, sources=("weights",)))
    # 4.5 rounds up for both as declared; a weighting that is not equal makes one of them 4 and the other 5.
    assert [unit.rank for unit in answer.units] == [1, 1]
    assert Fraction(2, 5) < answer.units[0].precedes < Fraction(3, 5)


@given(st.lists(st.lists(st.integers(-(2**61), 2**61), min_size=3, max_size=3), min_size=1, max_size=5))
def test_ranks_of_any_whole_numbers(rows):
    ranked, ranks = ranks_of(np.array(rows, dtype=np.int64) // 2)
    for row, order, found in zip(rows, ranked.tolist(), ranks.tolist(), strict=True):
        expected = places([score // 2 for score in row])
        assert [expected[column] for column in order] == found == sorted(found)


def test_intervals_are_the_ranks_that_so_many_draws_do_not_exceed():
    result = trial()
    answer = study(result, Plan(draws=400))
    _, drawing, rescoring = prepared(result, Plan(draws=400))
    (draws,) = drawing.all(1000)
    ranked, ranks = ranks_of(rescoring.scores(draws))
    for at, unit in enumerate(answer.units):
        got = sorted(int(line[np.flatnonzero(order == at)[0]]) + 1 for order, line in zip(ranked, ranks, strict=True))
        assert (unit.median, unit.low, unit.high) == (got[199], got[19], got[379])
        assert unit.first_ten == 1
        assert Counter(got).total() == 400


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"draws": 0}, "draws: read 0, expected a whole number from 1 to 1000000"),
        ({"seed": -1}, "seed: read -1"),
        ({"sources": ("weights", "weather")}, "sources: read 'weather', expected some of: weights, scales"),
        ({"sources": ()}, "sources: expected some of"),
        ({"sources": ("weights", "weights")}, "each once"),
        ({"spread": Decimal(1)}, "spread: read 1"),
        ({"jitter": Decimal("0.6")}, "jitter: read 0.6"),
    ],
)
def test_a_wrong_plan_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        replace(Plan(), **wrong)


def test_nobody_ranked_is_nothing_to_study():
    result = rank(Dataset(("x",), {"a": {}}), parse_method(head() + leaf("a")))
    with pytest.raises(ValueError, match="0 ranked units, expected from 1 to 3000"):
        study(result, Plan())


def test_one_unit_is_first_whatever_is_drawn():
    result = rank(Dataset(("x",), {"a": column(x="1")}), parse_method(head() + leaf("a")))
    (unit,) = study(result, Plan(draws=50)).units
    assert (unit.low, unit.high, unit.precedes, unit.group) == (1, 1, None, 1)


@pytest.mark.parametrize(
    "options", [{"digits": 12}, {"ranks_on": "unrounded"}, {"points": "100000000000", "ranks_on": "unrounded"}]
)
def test_a_great_many_digits_lose_none_and_overflow_no_word(options):
    text = head(**options) + "".join(
        leaf(key, weight=weight, scale=TO_TEN) for key, weight in (("a", "3"), ("b", "2"), ("c", "7"))
    )
    values = {
        # Close to one another: a coarse weighting would put u before v.
        "a": column(u="0", v="7", w="10", x="3", y="10"),
        "b": column(u="10", v="0", x="2", y="10") | {"w": Absence.MISSING},
        "c": column(u="0", v="0", w="8", y="10") | {"x": Absence.MISSING},
    }
    answer = study(rank(Dataset(tuple("uvwxy"), values), parse_method(text)), STILL)
    assert [unit.unit for unit in answer.units][:2] == ["y", "w"]
    assert [(unit.low, unit.high) for unit in answer.units] == [(unit.rank, unit.rank) for unit in answer.units]
