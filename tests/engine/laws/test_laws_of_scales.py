"""Laws every scale obeys, and those that two kinds break by nature."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from rankings.engine import Absence, Dataset, parse_method, rank
from rankings.engine.canonical import toml_text
from rankings.engine.columns import Column
from rankings.engine.scales import SCALES, CutPoints, Scale
from rankings.engine.scales.declared import read_scale
from rankings.engine.tables import Table
from tests.engine.methods import column, head, leaf

law = settings(deadline=None, max_examples=150)
BETTER = st.sampled_from(["higher", "lower"])
OUT_OF = Decimal(10)
STEPS = st.lists(st.integers(0, 10), min_size=1, max_size=5).map(sorted)
# Few distinct values, so that ties happen often, and quotients, which share no short denominator.
figures = st.one_of(
    st.integers(0, 6).map(Fraction), st.fractions(0, 20, max_denominator=60), st.fractions(0, 20, max_denominator=60)
)
columns = st.lists(figures, max_size=9)


def read(text: str) -> Scale:
    table = Table(tomllib.loads(f"scale = {{ {text} }}", parse_float=Decimal), "")
    scale = read_scale(table, OUT_OF)
    assert table.problems == []
    return scale


@st.composite
def line(draw: st.DrawFn) -> str:
    low, high = draw(st.sampled_from(["", ", low = 2"])), draw(st.sampled_from(["", ", high = 7.5"]))
    limits = draw(st.sampled_from(["", ", points = [1, 9]", ", clamp = false", ", points = [1, 9], clamp = false"]))
    return f'kind = "minmax"{low}{high}{limits}'


@st.composite
def quantiles(draw: st.DrawFn) -> str:
    points = draw(STEPS)
    shares = draw(st.one_of(st.none(), st.lists(st.integers(1, 4), min_size=len(points), max_size=len(points))))
    definition = draw(st.sampled_from(["observed", "interpolated"]))
    return f'kind = "quantiles", points = {points}, definition = "{definition}"' + (
        f", shares = {shares}" if shares else ""
    )


@st.composite
def zscore(draw: st.DrawFn) -> str:
    deviation = draw(st.sampled_from(["population", "sample"]))
    limits = draw(st.sampled_from(["", ", points = [1, 9]", ", clamp = false"]))
    return f'kind = "zscore", deviation = "{deviation}", centre = 5, each = 2.5{limits}'


def words(*kinds: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from(choices) for choices in kinds)).map("".join)


ENDS = ("", ", points = [1, 9]")
gaps = st.tuples(STEPS, st.sampled_from(["best", "worst"])).map(
    lambda d: f'kind = "gaps", points = {d[0]}, ties = "{d[1]}"'
)
percentile = words(
    ('kind = "percentile"',),
    tuple(f', definition = "{name}"' for name in ("worse", "half", "worse_or_equal", "among_others")), ENDS,
)  # fmt: skip
places = words(
    ('kind = "rank"',), (', ties = "mean"', ', ties = "competition"'),
    (', spacing = "count"', ', spacing = "line"'), ENDS,
)  # fmt: skip
distance = words(('kind = "distance"',), ("", ", best = 9"), (*ENDS, ", clamp = false"))
# Those whose points follow from the data, whatever its unit.
relative = st.one_of(quantiles(), zscore(), gaps, percentile, places)
scales = st.tuples(st.one_of(line(), distance, relative), BETTER).map(lambda said: f'{said[0]}, better = "{said[1]}"')


def points_of(scale: Scale, values: Sequence[Fraction], cuts: CutPoints) -> list[Fraction]:
    return [scale.mark(value, cuts) for value in values]


def usable(scale: Scale, values: Sequence[Fraction]) -> bool:
    """Without a limit, a share of the best value is not taken of zero where the lower is better."""
    return not (scale.kind == "distance" and scale.better == "lower" and not all(values))


def test_every_kind_is_here() -> None:
    kinds = ("minmax", "quantiles", "gaps", "zscore", "percentile", "distance", "rank")
    # Thresholds and look-ups have no data to follow; the ranking's own laws and the tables by hand hold them.
    assert {*kinds, "thresholds", "lookup"} == set(SCALES)


@law
@given(scales, st.lists(st.one_of(figures, st.sampled_from(Absence)), max_size=9))
def test_a_column_gets_what_each_of_its_values_gets(text, cells):
    scale, values = read(text), Column.of(cells)
    known = [cell for cell in cells if isinstance(cell, Fraction)]
    if not usable(scale, known):
        return
    cuts = scale.fit(values, OUT_OF)
    marks = scale.marks(values, cuts)
    assert marks.absent == values.absent
    assert [marks[at] for at, cell in enumerate(cells) if isinstance(cell, Fraction)] == points_of(scale, known, cuts)


@law
@given(scales, columns.filter(len), st.lists(figures, max_size=6))
def test_a_better_value_never_gets_fewer_points(text, known, others):
    scale = read(text)
    if not usable(scale, [*known, *others]):
        return
    cuts = scale.fit(Column.of(known), OUT_OF)
    ordered = sorted([*known, *others], key=lambda value: value * cuts.sign)
    points = points_of(scale, ordered, cuts)
    assert points == sorted(points)
    if cuts.clamp:
        assert all(0 <= each <= OUT_OF for each in points)


@law
@given(scales, columns.filter(len), st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_the_spelling_of_the_cut_points_changes_anything(text, known, random):
    scale = read(text)
    if not usable(scale, known):
        return
    cuts = scale.fit(Column.of(known), OUT_OF)
    shuffled = list(known)
    random.shuffle(shuffled)
    assert scale.fit(Column.of(shuffled), OUT_OF) == cuts
    again = CutPoints.read(cuts.written)
    assert points_of(SCALES[again.kind], known, again) == points_of(scale, known, cuts)


@law
@given(scales)
def test_a_scale_is_read_back_from_what_is_written(text):
    scale = read(text)
    written = toml_text({"scale": scale.written()})
    assert read(written.removeprefix("scale = { ").removesuffix(" }\n")) == scale


@law
@given(relative, columns.filter(len), st.sampled_from([Fraction(3), Fraction(1, 7)]), st.integers(-9, 9))
def test_another_unit_changes_no_points_of_a_scale_that_follows_the_data(text, known, times, plus):
    scale = read(f'{text}, better = "higher"')
    moved = [value * times + plus for value in known]
    before = points_of(scale, known, scale.fit(Column.of(known), OUT_OF))
    after = points_of(scale, moved, scale.fit(Column.of(moved), OUT_OF))
    # A root that never ends is cut at its digits.
    near = Fraction(1, 10**40) if scale.kind == "zscore" else 0
    assert all(abs(one - other) <= near for one, other in zip(before, after, strict=True))


@law
@given(relative, columns.filter(len))
def test_the_lower_is_to_the_opposite_what_the_higher_is_to_the_value(text, known):
    higher, lower = read(f'{text}, better = "higher"'), read(f'{text}, better = "lower"')
    opposite = [-value for value in known]
    before = points_of(higher, known, higher.fit(Column.of(known), OUT_OF))
    assert points_of(lower, opposite, lower.fit(Column.of(opposite), OUT_OF)) == before


@law
@given(st.one_of(line(), distance, quantiles(), percentile, places), columns.filter(len), st.data())
def test_one_that_gets_better_leaves_no_other_with_more_points_nor_itself_with_fewer(text, known, data):
    scale = read(f'{text}, better = "higher"')
    if "clamp = false" in text:
        return
    at = data.draw(st.integers(0, len(known) - 1))
    risen = [*known[:at], known[at] + data.draw(st.fractions(0, 9, max_denominator=9)), *known[at + 1 :]]
    before = points_of(scale, known, scale.fit(Column.of(known), OUT_OF))
    after = points_of(scale, risen, scale.fit(Column.of(risen), OUT_OF))
    assert after[at] >= before[at]
    assert all(
        now <= then for now, then in zip(after[:at] + after[at + 1 :], before[:at] + before[at + 1 :], strict=True)
    )


def order(scale: str, figures: dict[str, str], elsewhere: dict[str, str]) -> str:
    """The units from first to last, on this scale and on a straight line from 0 to 10 elsewhere."""
    plain = 'kind = "minmax", better = "higher", low = 0, high = 10'
    method = parse_method(head(digits=6) + leaf("p", scale=scale) + leaf("q", scale=plain))
    dataset = Dataset(tuple(figures), {"p": column(**figures), "q": column(**elsewhere)})
    return "".join(row.unit for row in rank(dataset, method).rows)


def test_with_gaps_a_better_value_can_lower_the_rank():
    """By nature: the cuts are made among all the values together.

    When a rises from 12 to 14, the jump to c is no longer among the two largest: that of b is, and b gains 9 points
    where a gains 1.
    """
    scale = 'kind = "gaps", better = "higher", points = [0, 9, 10], ties = "best"'
    others, elsewhere = {"b": "5", "c": "18", "d": "0"}, {"a": "0", "b": "5", "c": "0", "d": "0"}
    assert order(scale, {"a": "12", **others}, elsewhere) == "cabd"
    assert order(scale, {"a": "14", **others}, elsewhere) == "bacd"


def test_with_standard_deviations_a_better_value_can_lower_the_rank():
    """By nature: the deviation is that of all the values together.

    When a rises from 0 to 8 it nears the others; the deviation shrinks, and what is left between a and b counts more.
    """
    scale = 'kind = "zscore", better = "higher", deviation = "population", centre = 5, each = 2'
    others, elsewhere = {"b": "10", "c": "9", "d": "9"}, {"a": "5.3", "b": "0", "c": "0", "d": "0"}
    assert order(scale, {"a": "0", **others}, elsewhere)[:2] == "ab"
    assert order(scale, {"a": "8", **others}, elsewhere)[:2] == "ba"
