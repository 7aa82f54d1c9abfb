"""Generated methods and datasets: small, but with every scale, aggregation, absence and tie."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from rankings.engine import Absence, Dataset
from tests.engine.methods import branch, head, leaf

INDICATORS = ("i1", "i2", "i3")
UNITS = tuple("abcdef")

# Few distinct values, so that ties and equal columns happen often.
numbers = st.one_of(
    st.integers(-3, 12).map(Decimal),
    st.decimals(min_value=-5, max_value=15, places=2, allow_nan=False, allow_infinity=False),
)
values = st.one_of(numbers, numbers, numbers, st.sampled_from(Absence))
weights = st.sampled_from(["1", "2", "0.5", "3.25"])
# Scales that follow the data, and on which a better value still never lowers a rank (laws/test_laws_of_scales.py).
FITTED = (
    'kind = "quantiles", points = [0, 2, 5], definition = "observed"',
    'kind = "quantiles", points = [1, 5], shares = [3, 1], definition = "interpolated"',
    'kind = "percentile", definition = "half"',
    'kind = "rank", ties = "mean", spacing = "line", points = [1, 5]',
)
ROUNDED = 'aggregate = "mean"\nrounding = { digits = 0, mode = "half_up" }'


@st.composite
def scales(draw: st.DrawFn) -> str:
    better = draw(st.sampled_from(["higher", "lower"]))
    kind = draw(st.sampled_from(["minmax", "minmax", "thresholds", "thresholds", "fitted"]))
    if kind == "fitted":
        return f'{draw(st.sampled_from(FITTED))}, better = "{better}"'
    if kind == "minmax":
        low = draw(st.sampled_from(["", ", low = 0", ", low = -2.5"]))
        high = draw(st.sampled_from(["", ", high = 10", ", high = 7.25"]))
        return f'kind = "minmax", better = "{better}"{low}{high}'
    bounds = sorted(draw(st.sets(st.integers(-3, 12), min_size=1, max_size=4)), reverse=better == "lower")
    points = sorted(draw(st.lists(st.integers(0, 5), min_size=len(bounds) + 1, max_size=len(bounds) + 1)))
    return f'kind = "thresholds", better = "{better}", from = {bounds}, points = {points}'


@dataclass(frozen=True)
class Parts:
    """What a generated method is made of; the weights are apart, so that a law can scale them."""

    head: str
    shape: tuple[tuple[str, str], ...]
    weights: tuple[str, ...]

    def text(self, outside_times: Decimal = Decimal(1), inside_times: Decimal = Decimal(1)) -> str:
        """The method file, with the weights of the first level, and those inside the family, multiplied."""
        times = (outside_times, inside_times, inside_times, outside_times)
        scaled = [f"{Decimal(weight) * by:f}" for weight, by in zip(self.weights, times, strict=True)]
        family, inside, outside = self.shape
        return (
            self.head
            + branch("f", *([family[1]] if family[1] else []), weight=scaled[0])
            + leaf("l1", 'indicator = "i1"', scale=inside[0], weight=scaled[1], at="node.node")
            + leaf("l2", 'indicator = "i2"', *([inside[1]] if inside[1] else []), weight=scaled[2], at="node.node",
                   scale='kind = "minmax", better = "higher"')
            + leaf("l3", 'indicator = "i3"', scale=outside[0], weight=scaled[3])
        )  # fmt: skip


@st.composite
def parts(
    draw: st.DrawFn,
    aggregates: tuple[str, ...] = ("mean", "sum"),
    ranks_on: str | None = None,
    families: tuple[str, ...] = ("", 'aggregate = "mean"', "minimum_coverage = 0.4", ROUNDED),
) -> Parts:
    rounded = draw(st.sampled_from(["", '{ digits = 1, mode = "half_up" }', '{ digits = 0, mode = "half_even" }']))
    start = head(
        aggregate=draw(st.sampled_from(aggregates)),
        coverage=draw(st.sampled_from(["0", "0.3", "0.75"])),
        digits=draw(st.integers(0, 3)),
        mode=draw(st.sampled_from(["half_up", "half_even", "down"])),
        ranks_on=ranks_on or draw(st.sampled_from(["rounded", "unrounded"])),
        missing=draw(st.sampled_from(["leave_out", "zero", "unranked"])),
        rounded_points=rounded,
    )
    family = draw(st.sampled_from(families))
    own = draw(st.sampled_from(["", "points = 5", "missing = { missing = 2 }"]))
    shape = (("f", family), (draw(scales()), own), (draw(scales()), ""))
    return Parts(start, shape, tuple(draw(weights) for _ in range(4)))


@st.composite
def bonuses(draw: st.DrawFn) -> str:
    """A bonus whose indicator is "bonus", to be written after any method of `parts`."""
    scale = draw(scales().filter(lambda said: "thresholds" in said or ("low =" in said and "high =" in said)))
    text = leaf("b", 'indicator = "bonus"', "bonus = true", scale=scale).replace("weight = 1\n", "")
    return text + f"points = {draw(st.sampled_from(['5', '10']))}\n"


@st.composite
def datasets(draw: st.DrawFn, cells: st.SearchStrategy = values) -> Dataset:
    units = UNITS[: draw(st.integers(0, len(UNITS)))]
    columns = {}
    for indicator in INDICATORS:
        known = [unit for unit in units if draw(st.integers(0, 9))]
        columns[indicator] = {unit: draw(cells) for unit in known}
    return Dataset(units, columns)
