"""Each kind of scale on figures that can be worked out by hand (Method § 3)."""

import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest

from rankings.engine import Dataset, DatasetError, parse_method, rank
from rankings.engine.absence import Absence
from rankings.engine.columns import Column
from rankings.engine.scales import SCALES, CutPoints, OffScale, Scale, next_step
from rankings.engine.scales.declared import read_scale
from rankings.engine.tables import Table
from tests.engine.methods import column, head, leaf


def scale_of(text: str, out_of: str = "10") -> Scale:
    """The scale of a TOML inline table, refusing a problem."""
    table = Table(tomllib.loads(f"scale = {{ {text} }}", parse_float=Decimal), "")
    scale = read_scale(table, Decimal(out_of))
    assert [problem.message for problem in table.problems] == []
    return scale


def fitted(text: str, values: str, out_of: str = "10") -> CutPoints:
    known = Column.of([Fraction(value) for value in values.split()])
    return scale_of(text, out_of).fit(known, Decimal(out_of))


def points(text: str, values: str, out_of: str = "10") -> list[str]:
    """The points of each of the values the scale is fitted on, exactly."""
    known = Column.of([Fraction(value) for value in values.split()])
    scale = scale_of(text, out_of)
    cuts = scale.fit(known, Decimal(out_of))
    marks = scale.marks(known, cuts)
    found = [marks[at] for at in range(len(known.nums))]
    assert found == [scale.mark(Fraction(value), cuts) for value in values.split()]
    return [str(mark) for mark in found]


CASES = [
    # A line from 1 to 100: 1 + 99 × (v − 10) ÷ 40.
    ('kind = "minmax", better = "higher", points = [1, 100]', "10 30 50", "100", "1 101/2 100"),
    ('kind = "minmax", better = "lower", points = [1, 100]', "10 30 50", "100", "100 101/2 1"),
    # Beyond the bounds the line goes on: 5 below 0 is half of 10 below it.
    ('kind = "minmax", better = "higher", low = 0, high = 10, clamp = false', "-5 0 5 12", "10", "-5 0 5 12"),
    ('kind = "minmax", better = "higher", low = 0, high = 10', "-5 0 5 12", "10", "0 0 5 10"),
    ('kind = "minmax", better = "lower", clamp = false', "3 3", "10", "10 10"),
    # Quarters of eight: two in each.
    (
        'kind = "quantiles", better = "higher", points = [0, 2, 5, 10], definition = "observed"',
        "1 2 3 4 5 6 7 8", "10", "0 0 2 2 5 5 10 10",
    ),
    (
        'kind = "quantiles", better = "lower", points = [0, 2, 5, 10], definition = "observed"',
        "1 2 3 4 5 6 7 8", "10", "10 10 5 5 2 2 0 0",
    ),
    # The CHE's quarter, half, quarter. Of ten, ⌈2.5⌉ = 3 in the best, ⌈7.5⌉ = 8 in the two best; ties go up together.
    (
        'kind = "quantiles", better = "higher", points = [1, 2, 3], shares = [1, 2, 1], definition = "observed"',
        "1 2 3 4 5 6 7 8 8 8", "10", "1 1 2 2 2 2 2 3 3 3",
    ),
    (
        'kind = "quantiles", better = "higher", points = [1, 2, 3], shares = [1, 2, 1], definition = "observed"',
        "1 2 3 4 5 6 8 8 8 8", "10", "1 1 2 2 2 2 3 3 3 3",
    ),
    # Type 7 of Hyndman and Fan: the quartiles of 1 2 4 8 are 1.75, 3 and 5.
    (
        'kind = "quantiles", better = "higher", points = [0, 2, 5, 10], definition = "interpolated"',
        "1 2 4 8", "10", "0 2 5 10",
    ),
    ('kind = "quantiles", better = "higher", points = [0, 5, 10], definition = "interpolated"', "4 4", "10", "10 10"),
    # The gaps of 10 11 20 21 22 40 are 1, 9, 1, 1, 18.
    ('kind = "gaps", better = "higher", points = [0, 5, 10], ties = "best"', "10 11 20 21 22 40", "10", "0 0 5 5 5 10"),
    ('kind = "gaps", better = "lower", points = [0, 5, 10], ties = "best"', "10 11 20 21 22 40", "10",
     "10 10 5 5 5 0"),
    # All gaps equal: the declared end decides.
    ('kind = "gaps", better = "higher", points = [0, 10], ties = "best"', "1 2 3 4", "10", "0 0 0 10"),
    ('kind = "gaps", better = "higher", points = [0, 10], ties = "worst"', "1 2 3 4", "10", "0 10 10 10"),
    ('kind = "gaps", better = "lower", points = [0, 10], ties = "worst"', "1 2 3 4", "10", "10 10 10 0"),
    # Two values make one gap: of three groups the worst is empty.
    ('kind = "gaps", better = "higher", points = [0, 4, 10], ties = "best"', "7 9 9", "10", "4 10 10"),
    # Mean 5; squares 9 1 1 1 0 0 4 16, 32 ÷ 8 = 4, deviation 2: 5 + 2 × (v − 5) ÷ 2 = v.
    (
        'kind = "zscore", better = "higher", deviation = "population", centre = 5, each = 2',
        "2 4 4 4 5 5 7 9", "10", "2 4 4 4 5 5 7 9",
    ),
    (
        'kind = "zscore", better = "lower", deviation = "population", centre = 5, each = 2',
        "2 4 4 4 5 5 7 9", "10", "8 6 6 6 5 5 3 1",
    ),
    # Mean 2, squares 4 0 0 4 0: ÷ (5 − 1) = 2, an inexact root; ÷ 5 too. Of 0 2 4: 8 ÷ 2 = 4, deviation 2.
    ('kind = "zscore", better = "higher", deviation = "sample", centre = 50, each = 10', "0 2 4", "100", "40 50 60"),
    ('kind = "zscore", better = "higher", deviation = "sample", centre = 5, each = 4', "0 2 4", "8", "1 5 8"),
    ('kind = "zscore", better = "higher", deviation = "sample", centre = 5, each = 6, points = [1, 8]', "0 2 4", "8",
     "1 5 8"),
    ('kind = "zscore", better = "higher", deviation = "sample", centre = 5, each = 6, clamp = false', "0 2 4", "8",
     "-1 5 11"),
    ('kind = "zscore", better = "higher", deviation = "sample", centre = 6, each = 2', "3", "10", "6"),
    ('kind = "zscore", better = "higher", deviation = "population", centre = 6, each = 2', "3 3", "10", "6 6"),
    # Of 10 20 20 30: none, one, one and three are worse.
    ('kind = "percentile", better = "higher", definition = "worse"', "10 20 20 30", "100", "0 25 25 75"),
    ('kind = "percentile", better = "higher", definition = "half"', "10 20 20 30", "100", "25/2 50 50 175/2"),
    ('kind = "percentile", better = "higher", definition = "worse_or_equal"', "10 20 20 30", "100", "25 75 75 100"),
    ('kind = "percentile", better = "higher", definition = "among_others"', "10 20 20 30", "100",
     "0 100/3 100/3 100"),
    ('kind = "percentile", better = "lower", definition = "among_others"', "10 20 20 30", "100", "100 100/3 100/3 0"),
    ('kind = "percentile", better = "higher", definition = "among_others", points = [1, 10]', "10 20 30", "10",
     "1 11/2 10"),
    ('kind = "percentile", better = "higher", definition = "among_others"', "4", "10", "10"),
    ('kind = "distance", better = "higher"', "40 30 0", "100", "100 75 0"),
    ('kind = "distance", better = "lower"', "40 30 20", "100", "50 200/3 100"),
    ('kind = "distance", better = "higher", best = 50', "40 60", "100", "80 100"),
    ('kind = "distance", better = "higher", best = 50, clamp = false', "40 60", "100", "80 120"),
    ('kind = "distance", better = "lower", best = 20, clamp = false', "40 10", "100", "50 200"),
    ('kind = "distance", better = "higher", points = [20, 100]', "40 30 0", "100", "100 75 20"),
    # All at zero are all at the best; whoever is above it has no part of nothing.
    ('kind = "distance", better = "higher"', "0 0", "100", "100 100"),
    ('kind = "distance", better = "lower"', "0 7", "100", "100 0"),
    # Borda: n − rank + 1 out of n.
    ('kind = "rank", better = "higher", ties = "competition", spacing = "count"', "9 7 7 5", "4", "4 3 3 1"),
    ('kind = "rank", better = "higher", ties = "mean", spacing = "count"', "9 7 7 5", "4", "4 5/2 5/2 1"),
    ('kind = "rank", better = "lower", ties = "competition", spacing = "line"', "9 7 7 5", "9", "0 6 6 9"),
    ('kind = "rank", better = "higher", ties = "mean", spacing = "line", points = [1, 10]', "9 7 7 5", "10",
     "10 11/2 11/2 1"),
    ('kind = "rank", better = "higher", ties = "mean", spacing = "line"', "9", "10", "10"),
    ('kind = "lookup", better = "lower", values = [3, 2, 1], points = [0, 5, 10]', "1 2 3 2", "10", "10 5 0 5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "out_of", "expected"), CASES)
def test_points_worked_out_by_hand(text: str, values: str, out_of: str, expected: str) -> None:
    assert points(text, values, out_of) == expected.split()


def test_every_kind_has_a_case() -> None:
    assert {text.split('"')[1] for text, *_ in CASES} | {"thresholds"} == set(SCALES)


def test_cut_points_are_all_that_is_needed_and_are_written() -> None:
    cuts = fitted('kind = "rank", better = "higher", ties = "mean", spacing = "line"', "9 7 7 5")
    assert cuts.written == {
        "kind": "rank", "better": "higher", "bounds": ["5", "7", "9"], "counts": ["1", "2", "1"],
        "points": ["0", "10"], "ties": "mean", "spacing": "line",
    }  # fmt: skip
    for text, values, out_of, expected in CASES:
        again = CutPoints.read(fitted(text, values, out_of).written)
        scale = SCALES[again.kind]
        assert [str(scale.mark(Fraction(value), again)) for value in values.split()] == expected.split()


def test_a_root_that_never_ends_is_published_to_the_digits_that_counted() -> None:
    text = 'kind = "zscore", better = "higher", deviation = "population", centre = 5, each = 2'
    cuts = scale_of(text).fit(Column.of([Fraction(0), Fraction(1), Fraction(2)]), Decimal(10), 20)
    # The square root of 2/3.
    assert cuts.written["bounds"] == ["1", "0.81649658092772603273"]


def test_a_value_that_no_unit_had_takes_its_place_between_theirs() -> None:
    for text, expected in (
        ('kind = "percentile", better = "higher", definition = "worse"', [0, "20/3", 10]),
        ('kind = "percentile", better = "higher", definition = "among_others"', [0, 10, 10]),
        ('kind = "rank", better = "higher", ties = "mean", spacing = "line"', [0, 10, 10]),
        ('kind = "rank", better = "lower", ties = "competition", spacing = "count"', [10, "20/3", "10/3"]),
    ):
        cuts = fitted(text, "1 2 4")
        assert [SCALES[cuts.kind].mark(Fraction(value), cuts) for value in (0, 3, 5)] == [
            Fraction(each) for each in expected
        ]


@pytest.mark.parametrize(
    ("scale", "value", "said"),
    [
        ('kind = "lookup", better = "higher", values = [0, 1, 2], points = [0, 5, 10]', "1.5",
         "1.5 is none of the values of its scale, which are 0, 1, 2"),
        ('kind = "distance", better = "higher"', "-3", "-3 is below 0, and a share of the best value"),
        ('kind = "distance", better = "lower", best = 2, clamp = false', "0", "0 has no share of the best value"),
    ],
)  # fmt: skip
def test_a_value_off_the_scale_is_an_error_that_names_the_unit_and_the_indicator(scale, value, said) -> None:
    method = parse_method(head() + leaf("p", 'indicator = "langues"', scale=scale))
    dataset = Dataset(("a", "b", "c"), {"langues": {**column(b="1", c=value), "a": Absence.SECRET}})
    with pytest.raises(DatasetError, match=r"^unit 'c', indicator 'langues': ") as caught:
        rank(dataset, method)
    assert said in str(caught.value)
    cuts = method.leaves[0].scale.fit(Column.of([]), Decimal(10))
    if cuts.bounds:
        with pytest.raises(OffScale):
            method.leaves[0].scale.mark(Fraction(value), cuts)


@pytest.mark.parametrize("text", sorted({text for text, *_ in CASES}))
def test_nothing_known_makes_no_points_and_no_error(text: str) -> None:
    for values in (Column.of([]), Column.of([Absence.MISSING, Absence.SECRET])):
        scale = scale_of(text, "100")
        marks = scale.marks(values, scale.fit(values, Decimal(100)))
        assert marks.absent == values.absent


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ('kind = "minmax", better = "higher", points = [1]', "points", "wrong-length"),
        ('kind = "minmax", better = "higher", points = [5, 5]', "points[2]", "wrong-order"),
        ('kind = "minmax", better = "higher", points = [0, 11]', "points[2]", "out-of-range"),
        ('kind = "minmax", better = "higher", clamp = 1', "clamp", "wrong-type"),
        ('kind = "quantiles", better = "higher", points = [0, 10]', "", "missing-key"),
        ('kind = "quantiles", better = "higher", points = [0, 10], shares = [1], definition = "observed"', "shares",
         "wrong-length"),
        ('kind = "quantiles", better = "higher", points = [10, 0], definition = "observed"', "points[2]",
         "wrong-order"),
        ('kind = "quantiles", better = "higher", points = [0, 10], shares = [0, 1], definition = "observed"',
         "shares[1]", "out-of-range"),
        ('kind = "gaps", better = "higher", points = [0, 10], ties = "middle"', "ties", "unknown-word"),
        ('kind = "zscore", better = "higher", deviation = "sample", centre = 5, each = 0', "each", "out-of-range"),
        ('kind = "distance", better = "higher", points = [1, 9], clamp = false', "points", "idle-limits"),
        ('kind = "distance", better = "higher", best = 0', "best", "out-of-range"),
        ('kind = "lookup", better = "higher", values = [2, 1], points = [0, 1]', "values[2]", "wrong-order"),
        ('kind = "lookup", better = "higher", values = [1, 2], points = [0]', "points", "wrong-length"),
        ('kind = "rank", better = "higher", ties = "mean", spacing = "line", low = 0', "low", "unknown-key"),
    ],
)  # fmt: skip
def test_what_a_scale_can_have_wrong(text: str, place: str, code: str) -> None:
    table = Table(tomllib.loads(f"scale = {{ {text} }}", parse_float=Decimal), "")
    read_scale(table, Decimal(10))
    assert [(problem.where, problem.code) for problem in table.problems] == [
        (f"scale.{place}" if place else "scale", code)
    ]


def test_a_default_spelled_out_leaves_the_canonical_text_as_it_is() -> None:
    plain = 'kind = "minmax", better = "higher"'
    method = parse_method(head() + leaf("p", scale=plain))
    spelled = parse_method(head() + leaf("p", scale=f"{plain}, points = [0, 10], clamp = true"))
    assert spelled.digest == method.digest
    shares = 'kind = "quantiles", better = "higher", points = [0, 5], definition = "observed"'
    equal = parse_method(head() + leaf("p", scale=f"{shares}, shares = [25, 25]"))
    assert equal.digest == parse_method(head() + leaf("p", scale=shares)).digest


def test_whole_points_out_of_so_many_by_the_rounding_of_the_criterion() -> None:
    # From 1 to 10 in whole points, as a palmarès does, whatever the method rounds elsewhere.
    line = 'kind = "minmax", better = "higher", low = 0, high = 100, points = [1, 10]'
    text = head(digits=1) + leaf("p", 'rounding = { digits = 0, mode = "half_up" }', scale=line) + leaf("q", scale=line)
    dataset = Dataset(("a", "b"), {"p": column(a="50", b="100"), "q": column(a="50", b="100")})
    (first, second) = rank(dataset, parse_method(text)).rows
    # a: 1 + 9 × 0.5 = 5.5, hence 6 at p and 5.5 at q; their mean is 5.75, hence 5.8.
    assert (first.unit, str(first.score)) == ("b", "10.0")
    assert [str(second.points[key].points) for key in "pq"] == ["6", "5.5"]
    assert str(second.score) == "5.8"


def test_distance_to_the_next_step_that_gives_more() -> None:
    cuts = fitted('kind = "gaps", better = "lower", points = [0, 5, 10], ties = "best"', "10 11 20 21 22 40")
    found = next_step(Fraction(25), cuts)
    assert (str(found.bound), str(found.distance), str(found.points)) == ("22", "3", "5")
    assert next_step(Fraction(11), cuts) is None
    # Steps that give no more are passed over.
    flat = fitted('kind = "thresholds", better = "higher", from = [1, 2, 3], points = [0, 5, 5, 10]', "1")
    assert next_step(Fraction(1), flat).bound == 3
    levels = fitted('kind = "lookup", better = "higher", values = [0, 1, 2], points = [0, 0, 10]', "1")
    assert next_step(Fraction(0), levels).bound == 2
    assert next_step(Fraction(0), fitted('kind = "minmax", better = "higher"', "1 2")) is None
