"""Caps and functions of the value: by hand, beside published figures, and what a method file may say of them."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankings.engine import Absence, CutPoints, Dataset, DatasetError, MethodError, parse_method, rank
from rankings.engine.columns import Column
from rankings.engine.scales import MinMax, Thresholds
from rankings.engine.transformed import Transformed
from rankings.engine.transforms import TRANSFORMS, Transform
from tests.engine.methods import column, head, leaf

INCOME = 'kind = "minmax", better = "higher", low = 100, high = 75000'
WITHIN = "caps = { low = 100, high = 75000 }"
positive = st.decimals(min_value="0.01", max_value=1000, places=2).map(Fraction)
kinds, sides = st.sampled_from(sorted(TRANSFORMS)), st.sampled_from(["higher", "lower"])


def method(*lines: str, scale: str = INCOME, points: str = "100", digits: int = 4):
    return parse_method(head(points=points, digits=digits) + leaf("p", *lines, scale=scale))


def points_of(values: dict, *lines: str, **how) -> dict[str, str]:
    rows = rank(Dataset(tuple(values), {"p": values}), method(*lines, **how)).rows
    return {row.unit: str(row.points["p"].points) for row in rows}


def test_the_income_of_the_human_development_index():
    """From 100 to 75000 dollars, in logarithms: ln(646.6) ÷ ln(750) is 0.97759, Norway's in 2021."""
    found = points_of(column(norway="64660", richer="90000", poorer="50", middle="10000"), 'transform = "log"', WITHIN)
    assert found == {"norway": "97.7592", "richer": "100.0000", "poorer": "0.0000", "middle": "69.5637"}


@pytest.mark.parametrize(("transform", "better", "said"), [
    # Between 1 and 100, what 10 makes: half of the way in logarithms, 9 ÷ 99 without, (√10 − 1) ÷ 9.
    ("log", "higher", "50.0000"),
    ("log10", "higher", "50.0000"),
    ("log", "lower", "50.0000"),
    ("negate", "higher", "9.0909"),
    ("negate", "lower", "90.9091"),
    ("sqrt", "higher", "24.0253"),
    # (1 − 1/10) ÷ (1 − 1/100), and what is left of it the other way round.
    ("reciprocal", "higher", "90.9091"),
    ("reciprocal", "lower", "9.0909"),
    # ln(11 ÷ 2) ÷ ln(101 ÷ 2)
    ("log1p", "higher", "43.4666"),
])  # fmt: skip
def test_each_function_between_bounds_said_of_the_value(transform, better, said):
    scale = f'kind = "minmax", better = "{better}", low = 1, high = 100'
    found = points_of(column(a="10", b="1", c="100", d="200"), f'transform = "{transform}"', scale=scale)
    assert found["a"] == said
    assert (found["b"], found["c"]) == (("0.0000", "100.0000") if better == "higher" else ("100.0000", "0.0000"))
    assert found["d"] == found["c"]


def test_observed_bounds_are_those_of_the_value():
    result = rank(
        Dataset(("a", "b", "c"), {"p": column(a="10", b="1000", c="100")}),
        method('transform = "log"', scale='kind = "minmax", better = "higher"'),
    )
    cuts = json.loads(result.canonical_text)["cut_points"]["p"]
    assert (cuts["bounds"], cuts["transform"]) == (["10", "1000"], {"kind": "log", "digits": "50"})
    assert {row.unit: str(row.points["p"].points) for row in result.rows}["c"] == "50.0000"


def test_caps_are_shown_beside_what_was_measured():
    result = rank(Dataset(("a", "b"), {"p": column(a="80000", b="500")}), method(WITHIN))
    first, second = (row.points["p"] for row in result.rows)
    assert (first.value, first.measured, first.status, first.coverage) == (75000, 80000, "scored", 1)
    assert (second.value, second.measured) == (500, None)


def test_a_value_out_of_the_domain_is_a_fault_that_names_it_or_an_absence():
    values = {"a": Decimal(10), "b": Decimal("-0.5")}
    scale = 'kind = "minmax", better = "higher"'
    with pytest.raises(DatasetError, match=r"unit 'b', criterion 'p': -0\.5 has no “log”; expected a number above 0"):
        points_of(values, 'transform = "log"', scale=scale)
    dataset = Dataset(("a", "b"), {"p": values})
    lines = ('transform = "log"', 'out_of_domain = "secret"', "missing = { secret = 3 }")
    row = rank(dataset, method(*lines, scale=scale)).rows[-1]
    assert (row.points["p"].value, row.points["p"].measured) == (Absence.SECRET, Decimal("-0.5"))
    assert (row.points["p"].points, row.points["p"].status) == (Decimal("3.0000"), "set_by_rule")
    # What caps bring into the domain is in it.
    assert points_of(values, 'transform = "log"', "caps = { low = 1 }", scale=scale)["b"] == "0.0000"


def test_what_stands_in_is_capped_and_kept_in_the_domain_too():
    values = {"p": column(a="10"), "before": column(b="90000", c="0")}
    rule = 'missing = { missing = { carry_over = "before", otherwise = "zero" } }'
    dataset = Dataset(("a", "b", "c"), values)
    found = rank(dataset, method(rule, WITHIN, 'transform = "log"')).rows
    assert {row.unit: row.points["p"].value for row in found} == {"a": 100, "b": 75000, "c": 100}
    with pytest.raises(DatasetError, match="unit 'c', criterion 'p': 0 has no “log”"):
        rank(dataset, method(rule, 'transform = "log"'))


@given(
    st.lists(positive, min_size=1, max_size=8),
    kinds,
    sides,
)
def test_whole_columns_are_what_one_value_gives(values, kind, better):
    scale = Transformed(MinMax(better, None, None), Transform(kind, 20))
    figures = Column.of(values)
    cuts = scale.fit(figures, Decimal(10))
    marks = scale.marks(figures, cuts)
    assert [marks[at] for at in range(len(values))] == [scale.mark(value, cuts) for value in values]
    assert cuts.bounds == (min(values), max(values))


@given(positive, positive, kinds, sides)
def test_a_better_value_never_has_fewer_points(one, other, kind, better):
    scale = Transformed(MinMax(better, Decimal(2), Decimal(500)), Transform(kind, 20))
    cuts = scale.fit(Column.of([]), Decimal(10))
    worse, best = sorted((one, other), reverse=better == "lower")
    assert 0 <= scale.mark(worse, cuts) <= scale.mark(best, cuts) <= 10


@given(positive, kinds)
def test_steps_see_no_difference(value, kind):
    steps = Thresholds("higher", (Decimal(2), Decimal(50)), (Decimal(0), Decimal(5), Decimal(10)))
    seen = Transformed(steps, Transform(kind, 20))
    cuts = seen.fit(Column.of([]), Decimal(10))
    assert seen.mark(value, cuts) == steps.mark(value, steps.fit(Column.of([]), Decimal(10)))


@pytest.mark.parametrize(("kind", "least"), [("log", "0"), ("log10", "0"), ("reciprocal", "0"), ("log1p", "-1")])
def test_a_function_takes_what_lies_above(kind, least):
    transform = Transform(kind, 20)
    assert not transform.holds(Fraction(least))
    assert transform.holds(Fraction(least) + Fraction(1, 1000))
    with pytest.raises((ValueError, ZeroDivisionError)):
        transform.of(Fraction(least))


def test_canonical_text_says_what_no_default_says():
    read = method("caps = { high = 9.0 }", 'transform = "sqrt"', 'out_of_domain = "secret"', scale=INCOME)
    assert (
        'indicator = "p"\ncaps = { high = 9 }\ntransform = "sqrt"\nout_of_domain = "secret"\nscale = {'
        in read.canonical_text
    )
    assert parse_method(read.canonical_text) == read


@pytest.mark.parametrize(("lines", "where", "code"), [
    (['transform = "ln"'], "transform", "unknown-word"),
    (['out_of_domain = "secret"'], "", "missing-key"),
    (['transform = "log"', 'out_of_domain = "zero"'], "out_of_domain", "unknown-word"),
    (["caps = { low = 3, high = 3 }"], "caps.high", "wrong-order"),
    (["caps = { }"], "caps", "missing-key"),
    (["caps = { lowest = 3 }"], "caps.lowest", "unknown-key"),
    (["caps = 3"], "caps", "wrong-type"),
    (["caps = { low = inf }"], "caps.low", "out-of-range"),
])  # fmt: skip
def test_each_fault_is_named_with_its_place(lines, where, code):
    with pytest.raises(MethodError) as caught:
        method(*lines)
    place = f"node[1].{where}" if where else "node[1]"
    assert (place, code) in [(problem.where, problem.code) for problem in caught.value.problems]


def test_a_bound_must_be_one_that_the_function_takes():
    with pytest.raises(MethodError, match=r"node\[1\]\.scale\.low: read 0, expected a number above 0, for its “log”"):
        method('transform = "log"', scale=INCOME.replace("100", "0"))
    steps = 'kind = "thresholds", better = "higher", from = [-4, 4], points = [0, 1, 2]'
    with pytest.raises(MethodError, match=r"node\[1\]\.scale\.from\[1\]: read -4, expected a number of 0 or more"):
        method('transform = "sqrt"', scale=steps)


def test_a_scale_of_distances_between_values_is_cut_on_what_the_function_gives():
    """In decimal logarithms 1, 100 and 10000 are 0, 2 and 4: mean 2, deviation the root of 8 ÷ 3."""
    scale = 'kind = "zscore", better = "higher", deviation = "population", centre = 5, each = 2'
    result = rank(Dataset(("a", "b", "c"), {"p": column(a="1", b="100", c="10000")}), method(
        'transform = "log10"', scale=scale, points="10",
    ))  # fmt: skip
    cuts = result.cut_points["p"]
    assert [f"{bound:.6f}" for bound in cuts.bounds] == ["2.000000", "1.632993"]
    assert {row.unit: str(row.points["p"].points) for row in result.rows} == {
        "a": "2.5505",
        "b": "5.0000",
        "c": "7.4495",
    }
    assert CutPoints.read(cuts.written) == cuts
    assert result.sheet.method.leaves[0].scale.mark(Fraction(100), cuts) == 5


def test_a_value_off_the_scale_is_said_as_it_was_given():
    scale = 'kind = "distance", better = "higher", best = 10'
    with pytest.raises(DatasetError, match=r"unit 'a', indicator 'p': 0\.5 is below 0"):
        points_of(column(a="0.5", b="3"), 'transform = "log10"', scale=scale, points="10")
