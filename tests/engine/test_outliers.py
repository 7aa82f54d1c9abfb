"""Outliers brought back: by hand, beside published figures, and beside the same steps in binary floats."""

import json
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rankings.engine import Dataset, MethodError, parse_method, rank
from rankings.engine.arithmetic import log, sqrt
from rankings.engine.columns import Column
from rankings.engine.outliers import Limits, Percentile, Winsorise, percentile
from rankings.engine.skewness import Shape, Skewness
from tests.engine.methods import column, head, leaf

# Of these its documentation prints the skewness, 3.063241, the kurtosis, 9.741391, and then the skewness 1.712038.
COINR = [*range(1, 11), 30, 100]
AS_COINR = Skewness(Decimal(2), Decimal("3.5"), 5, "log")
figures = st.lists(st.integers(0, 60) | st.integers(0, 5000), min_size=1, max_size=25)


def col(numbers) -> Column:
    return Column.of(map(Fraction, numbers))


@pytest.mark.parametrize(("treatment", "numbers", "low", "high", "treated"), [
    (Winsorise(1, "both"), [5, 1, 3, 90], 3, 5, 2),
    (Winsorise(2, "high"), [5, 1, 3, 90, 4], None, 4, 2),
    (Winsorise(1, "low"), [5, 1, 3, 90], 3, None, 1),
    # 7 and 7: the next one is as high, and nobody moves.
    (Winsorise(1, "high"), [1, 7, 7], None, 7, 0),
    # Of two values both are extreme.
    (Winsorise(1, "both"), [1, 9], None, None, 0),
    (Winsorise(1, "both"), [], None, None, 0),
    (Percentile(Decimal(0), Decimal(90)), [0, 10, 20, 30, 100], None, 72, 1),
    (Percentile(Decimal(25), Decimal(75)), [1, 2, 3, 4, 5], 2, 4, 2),
    (Percentile(Decimal(5), Decimal(95)), [8], 8, 8, 0),
    (AS_COINR, COINR, None, 30, 1),
    # The mirror image.
    (AS_COINR, [-number for number in COINR], -30, None, 1),
    (AS_COINR, [1, 2, 300], None, None, 0),
    (AS_COINR, [4, 4, 4, 4], None, None, 0),
])  # fmt: skip
def test_limits_by_hand(treatment, numbers, low, high, treated):
    assert treatment.limits(col(numbers), 50) == Limits(low, high, treated)


def test_equal_values_are_brought_back_together_even_beyond_the_most():
    numbers = [*range(1, 20), 500, 500]
    found = Skewness(Decimal(2), Decimal("3.5"), 1, "keep").limits(col(numbers), 50)
    assert (found.high, found.treated) == (19, 2)


def test_the_logarithm_is_taken_of_the_values_as_they_were():
    """One brought back does not suffice, and no more is allowed: ln(x − 1 + 9999 ÷ 100)."""
    numbers = [Fraction(number) for number in (*range(1, 21), 5000, 10000)]
    found = Skewness(Decimal(2), Decimal("3.5"), 1, "log").limits(Column.of(numbers), 30)
    assert (found.low, found.high, found.treated) == (None, None, 0)
    assert found.transform.of(numbers[0]) == log(Fraction("99.99"), 30)
    assert found.transform.of(numbers[-1]) == log(Fraction("10098.99"), 30)
    kept = Skewness(Decimal(2), Decimal("3.5"), 1, "keep").limits(Column.of(numbers), 30)
    assert (kept.high, kept.treated, kept.transform) == (5000, 1, None)


def test_shapes_are_those_that_were_published():
    shape = Shape.of(COINR)
    assert f"{sqrt(shape.skew_squared):.6f}" == "3.063241"
    assert f"{shape.kurtosis:.6f}" == "9.741391"
    assert f"{sqrt(Shape.of([*range(1, 11), 30, 30]).skew_squared):.6f}" == "1.712038"


def in_floats(numbers: list, most: int = 5) -> tuple[list, bool]:
    """The steps of COINr in binary floats: the values, and whether the logarithm would be taken."""

    def shape(x):
        n, mean = len(x), sum(x) / len(x)
        m2, m3, m4 = (sum((one - mean) ** power for one in x) for power in (2, 3, 4))
        skew = math.sqrt(n) * m3 / m2**1.5 * math.sqrt(n * (n - 1)) / (n - 2)
        return skew, ((n + 1) * (n * m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))

    def near(x):
        skew, kurt = shape(x)
        return abs(abs(skew) - 2) < 1e-9 or abs(kurt - 3.5) < 1e-9 or abs(skew) < 1e-9

    def passes(x):
        assume(len(set(x)) > 1 and not near(x))
        return abs(shape(x)[0]) < 2 or shape(x)[1] < 3.5

    x, high, low = list(numbers), set(), set()
    while not passes(x) and len(high) + len(low) < most:
        end = max(x) if shape(x)[0] >= 0 else min(x)
        at = {place for place, one in enumerate(x) if one == end}
        others = [one for one in x if one != end]
        high, low = (at, low) if end == max(x) else (high, at)
        x = [(max(others) if end == max(x) else min(others)) if place in at else one for place, one in enumerate(x)]
    return x, not passes(x)


@given(st.lists(st.integers(0, 40) | st.integers(0, 5000) | st.integers(0, 10**7), min_size=4, max_size=25))
def test_the_same_steps_as_in_floats(numbers):
    expected, by_logarithm = in_floats(numbers)
    found = AS_COINR.limits(col(numbers), 30)
    assert (found.transform is not None) == by_logarithm
    if not by_logarithm:
        assert [found.bring(Fraction(number)) for number in numbers] == expected


@given(figures, st.sampled_from([AS_COINR, Winsorise(2, "both"), Percentile(Decimal(10), Decimal(90))]))
def test_neither_the_order_nor_the_unit_of_values_plays_a_part(numbers, treatment):
    found = treatment.limits(col(numbers), 30)
    assert treatment.limits(col(reversed(numbers)), 30) == found
    thirds = treatment.limits(Column.of(Fraction(number, 3) for number in numbers), 30)
    assert thirds.treated == found.treated
    assert [3 * bound for bound in (thirds.low, thirds.high) if bound is not None] == [
        bound for bound in (found.low, found.high) if bound is not None
    ]


@given(figures, st.sampled_from([AS_COINR, Winsorise(1, "both"), Percentile(Decimal(10), Decimal(90))]))
def test_bringing_back_inverts_nobody_and_counts_those_that_move(numbers, treatment):
    found = treatment.limits(col(numbers), 30)
    brought = [found.bring(Fraction(number)) for number in numbers]
    pairs = sorted(zip(numbers, brought, strict=True))
    assert [one for _, one in pairs] == sorted(brought)
    if not isinstance(treatment, Skewness):
        assert found.treated == sum(one != other for one, other in zip(numbers, brought, strict=True))


@given(st.lists(st.integers(), min_size=1).map(sorted), st.integers(0, 100))
def test_a_percentile_lies_among_the_values_and_has_the_ends(ordered, percent):
    assert ordered[0] <= percentile(ordered, Decimal(percent)) <= ordered[-1]
    assert (percentile(ordered, Decimal(0)), percentile(ordered, Decimal(100))) == (ordered[0], ordered[-1])


SKEWED = 'outliers = { kind = "skewness", skewness = 2, kurtosis = 3.5, most = 5 }'
UNITS = tuple("abcdefghijkl")


def ranking(numbers: list, also: str = "", **others: dict):
    values = {"p": dict(zip(UNITS, map(Decimal, numbers), strict=True)), **others}
    return rank(Dataset(UNITS, values), parse_method(head() + leaf("p", SKEWED) + also))


def test_the_result_shows_what_counts_what_was_measured_and_the_limits():
    result = ranking(COINR)
    first, second = result.rows[:2]
    # 100 counts as 30, and both are at the observed top.
    assert [(row.unit, row.rank, row.points["p"].value, row.points["p"].measured) for row in (first, second)] == [
        ("k", 1, 30, None),
        ("l", 1, 30, 100),
    ]
    assert json.loads(result.canonical_text)["cut_points"]["p"]["outliers"] == {"high": "30", "treated": "1"}


def test_a_better_value_can_lower_the_rank_of_its_school():
    """The counter-example of the documentation.

    At 41, nobody is brought back: l has 10 points to k's 9.75, which k's better q does not make up for. At 100, l is
    brought back to 40: both have 10, and k comes first. Of a law that holds for all fixed scales, this rule is the end.
    """
    beside = leaf("q", scale='kind = "minmax", better = "higher", low = 0, high = 100')
    q = {**dict.fromkeys(UNITS, Decimal(0)), "k": Decimal(1)}
    before, after = (ranking([*range(1, 11), 40, top], beside, q=q) for top in (41, 100))
    assert (before.ranks["l"], after.ranks["l"]) == ((1, False), (2, False))
    assert after.sheet.prepared["p"].limits == Limits(None, Fraction(40), 1)


def test_outliers_of_a_bonus_are_refused():
    text = leaf("b", "bonus = true", SKEWED, scale='kind = "minmax", better = "higher", low = 0, high = 9')
    with pytest.raises(MethodError, match=r"node\[2\]\.outliers: read “outliers” on a bonus"):
        parse_method(head() + leaf("p") + text.replace("weight = 1\n", ""))


@pytest.mark.parametrize(("line", "where", "code"), [
    ('outliers = { kind = "winsorize", count = 1 }', "outliers.kind", "unknown-word"),
    ('outliers = { kind = "winsorise" }', "outliers", "missing-key"),
    ('outliers = { kind = "winsorise", count = 1, side = "top" }', "outliers.side", "unknown-word"),
    ('outliers = { kind = "winsorise", count = 0 }', "outliers.count", "out-of-range"),
    ('outliers = { kind = "percentile", low = 95, high = 5 }', "outliers.high", "wrong-order"),
    ('outliers = { kind = "percentile", high = 101 }', "outliers.high", "out-of-range"),
    ('outliers = { kind = "skewness", skewness = 0, kurtosis = 3, most = 5 }', "outliers.skewness", "out-of-range"),
    ('outliers = { kind = "skewness", skewness = 2, most = 5 }', "outliers", "missing-key"),
    (SKEWED.replace("most = 5", 'most = 5, otherwise = "sqrt"'), "outliers.otherwise", "unknown-word"),
    (SKEWED.replace("most = 5", 'most = 5, otherwise = "log"') + '\ntransform = "log"', "transform", "two-logarithms"),
    ("outliers = 3", "outliers", "wrong-type"),
])  # fmt: skip
def test_each_fault_is_named_with_its_place(line, where, code):
    with pytest.raises(MethodError) as caught:
        parse_method(head() + leaf("p", line))
    assert (f"node[1].{where}", code) in [(problem.where, problem.code) for problem in caught.value.problems]


def test_a_scale_of_declared_bounds_takes_no_logarithm_that_depends_on_the_data():
    line = SKEWED.replace("most = 5", 'most = 5, otherwise = "log"')
    with pytest.raises(MethodError) as caught:
        parse_method(head() + leaf("p", line, scale='kind = "minmax", better = "higher", low = 0'))
    assert [(found.where, found.code) for found in caught.value.problems] == [
        ("node[1].scale", "bounds-of-a-logarithm")
    ]


@pytest.mark.parametrize(("line", "written"), [
    ('outliers = { kind = "winsorise", count = 3.0, side = "both" }', '{ kind = "winsorise", count = 3 }'),
    ('outliers = { kind = "percentile", low = 5, high = 95 }', '{ kind = "percentile", low = 5, high = 95 }'),
    ('outliers = { kind = "percentile", high = 95.0 }', '{ kind = "percentile", high = 95 }'),
    (SKEWED.replace("most = 5", 'most = 5, otherwise = "keep"'), SKEWED.removeprefix("outliers = ")),
])  # fmt: skip
def test_canonical_text_says_what_no_default_says(line, written):
    method = parse_method(head() + leaf("p", line))
    assert f"\noutliers = {written}\n" in method.canonical_text
    assert parse_method(method.canonical_text) == method


def test_values_that_stand_in_are_treated_with_the_others():
    """COINr imputes before it treats: the mean of all, 14, stands in and is one of the values that are looked at."""
    values = {"p": column(a="1", b="1", c="40"), "q": column(a="1", b="1", c="1", d="1")}
    lines = ('outliers = { kind = "winsorise", count = 1, side = "high" }',
             'missing = { missing = { impute = "mean", otherwise = "zero" } }')  # fmt: skip
    result = rank(Dataset(tuple("abcd"), values), parse_method(head() + leaf("p", *lines) + leaf("q")))
    assert {row.unit: row.points["p"].value for row in result.rows} == {"a": 1, "b": 1, "c": 14, "d": 14}
