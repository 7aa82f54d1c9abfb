"""What the criteria of a ranking could have given under other rules, as whole numbers (Method § 13).

Everything a study of robustness draws among is prepared here, exactly; robustness.py then only adds whole numbers up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from itertools import chain, pairwise
from math import lcm

from rankings.engine.aggregates import simplest
from rankings.engine.columns import Column, Exact
from rankings.engine.marks import Marks
from rankings.engine.method import Leaf
from rankings.engine.scales import SCALES, MinMax, Thresholds
from rankings.engine.sheet import Sheet

SCALE_CHOICES = ("declared", "linear", "rank")
MISSING_CHOICES = ("declared", "left_out", "zero", "median")
JITTERED = 8

_FINEST = 10**5
# Beyond it, the weighted sums of a study would no longer be exact in 53 bits.
_GREATEST = 2**22
_LOG_UNIT = 2**20
_LOG_STEPS = 1000
_LOGS = Context(prec=40)

# For each unit, the points at a leaf in units of `Scenarios.scale`, or None where the leaf is left out.
type Cells = tuple[int | None, ...]


@dataclass(frozen=True)
class Scenarios:
    """The leaves of a ranking under each choice. Positions are those of `units`, the ranked ones in rank order.

    `scale`: what the maximum of each leaf is written as. `exact`: whether no declared point was rounded to fit it.
    `cells`: (scale choice, missing choice) → for each leaf, in the order of `leaves`, its cells.
    `jittered`: missing choice → position of a leaf → its declared cells, with each move of its thresholds.
    """

    leaves: tuple[Leaf, ...]
    units: tuple[str, ...]
    scale: int
    exact: bool
    cells: Mapping[tuple[str, str], tuple[Cells, ...]]
    jittered: Mapping[str, Mapping[int, tuple[Cells, ...]]]

    @property
    def greatest(self) -> int:
        """The greatest cell, whatever its sign: that of the maximum, unless a scale goes on beyond it."""
        lines = [*chain.from_iterable(self.cells.values())]
        return max([self.scale, *(abs(cell) for line in lines for cell in line if cell)])


def scenarios(sheet: Sheet, jitter: Sequence[Decimal], scales: Sequence[str], missing: Sequence[str]) -> Scenarios:
    """The leaves of a ranking under some choices of scale and of rule for what is missing.

    `jitter`: where each of the versions moves the thresholds, as a part of the gap to the nearest neighbour.
    """
    leaves = tuple(leaf for leaf in sheet.method.leaves if not leaf.bonus)
    units = tuple(sheet.ranks)
    position = {unit: at for at, unit in enumerate(sheet.units)}
    order = [position[unit] for unit in units]
    scale, exact = _common_scale(leaves, sheet.leaves)

    def cells(leaf: Leaf, marks: Marks) -> Cells:
        part = Fraction(scale, marks.den) / leaf.out_of
        up, down = 2 * part.numerator, 2 * part.denominator
        left_out = {at for at, status in marks.status.items() if status == "left_out"}
        return tuple(None if at in left_out else (marks.nums[at] * up + down // 2) // down for at in order)

    absent = [{at for at, unit in enumerate(order) if unit in sheet.values[leaf.key].absent} for leaf in leaves]
    moved = {
        at: tuple(cells(leaf, _moved(sheet, leaf, leaf.scale.bounds, part)) for part in jitter)
        for at, leaf in enumerate(leaves)
        if jitter and isinstance(leaf.scale, Thresholds)
    }
    given = {choice: tuple(cells(leaf, _marks(sheet, leaf, choice)) for leaf in leaves) for choice in scales}
    return Scenarios(
        leaves,
        units,
        scale,
        exact,
        {(choice, rule): tuple(map(_RULES[rule], given[choice], absent)) for choice in scales for rule in missing},
        {
            rule: {at: tuple(_RULES[rule](one, absent[at]) for one in versions) for at, versions in moved.items()}
            for rule in missing
        },
    )


@cache
def logarithms(scale: int) -> tuple[int, ...]:
    """For a cell c from 0 to `scale`: how much ln of 1 + 99 c / scale is, in units of 2⁻²⁰, c taken to a thousandth.

    The geometric mean of marks from 1 to 100 (so that a zero does not undo all the rest) ranks as their sum does.

    >>> logarithms(4)[0], logarithms(4)[4]
    (0, 4828871)
    """
    logs = [
        int((_LOGS.ln(1 + Decimal(99 * step) / _LOG_STEPS) * _LOG_UNIT).to_integral_value())
        for step in range(_LOG_STEPS + 1)
    ]
    return tuple(logs[(cell * _LOG_STEPS * 2 + scale) // (2 * scale)] for cell in range(scale + 1))


def _common_scale(leaves: Sequence[Leaf], marks: Mapping[str, Marks]) -> tuple[int, bool]:
    """The number in which the points of every leaf are whole parts of their maximum, or nearly."""
    needed = 1
    for leaf in leaves:
        found = marks[leaf.key]
        unit = Fraction(1, found.den) / leaf.out_of
        needed = lcm(needed, unit.denominator)
        if needed > _GREATEST or any(not isinstance(num, int) for num in found.nums):
            return _FINEST, False
    return needed * -(-_FINEST // needed), True


def _marks(sheet: Sheet, leaf: Leaf, choice: str) -> Marks:
    """The marks of a leaf under a choice of scale; absences are ruled as the method declares."""
    declared, values = sheet.leaves[leaf.key], sheet.values[leaf.key]
    better = getattr(leaf.scale, "better", None)
    if choice == "declared" or better is None or not values.known:
        return declared
    if choice == "rank":
        return _ruled(_by_rank(values, leaf, better), declared, values)
    scale = MinMax(better, None, None)
    return _ruled(scale.marks(values, scale.fit(values, leaf.points)), declared, values)


def _ruled(scored: Column, declared: Marks, values: Column) -> Marks:
    """Points of the known values, and the declared ones of the absences."""
    nums = list(scored.nums)
    for at in values.absent:
        nums[at] = simplest(declared.nums[at] * Fraction(scored.den, declared.den))
    return Marks(nums, scored.den, declared.status, declared.lacking)


def _by_rank(values: Column, leaf: Leaf, better: str) -> Column:
    """Points by rank: the maximum for the best value, none for the worst, equal values alike."""
    first: dict[Exact, int] = {}
    known = sorted(values.known, reverse=better == "lower")
    for at, num in enumerate(known):
        first.setdefault(num, at)
    last = max(len(known) - 1, 1)
    return Column.of(first.get(num, 0) * leaf.out_of / last for num in values.nums)


def _moved(sheet: Sheet, leaf: Leaf, bounds: Sequence[Decimal], part: Decimal) -> Marks:
    """The marks of a leaf whose thresholds all move by a part of the gap to their nearest neighbour."""
    gaps = [abs(Fraction(after) - Fraction(before)) for before, after in pairwise(bounds)] or [abs(Fraction(bounds[0]))]
    nearest = [min(gaps[max(at - 1, 0) : at + 1]) for at in range(len(bounds))]
    values = sheet.values[leaf.key]
    cuts = leaf.scale.fit(values, leaf.points)
    there = tuple(bound + gap * Fraction(part) for bound, gap in zip(cuts.bounds, nearest, strict=True))
    scored = SCALES[leaf.scale.kind].marks(values, replace(cuts, bounds=there))
    moved = _ruled(scored, sheet.leaves[leaf.key], values)
    return moved.rounded(leaf.rounding or sheet.method.rounding.points)


def _left_out(cells: Cells, absent: set[int]) -> Cells:
    return tuple(None if at in absent else cell for at, cell in enumerate(cells))


def _zero(cells: Cells, absent: set[int]) -> Cells:
    return tuple(0 if at in absent or cell is None else cell for at, cell in enumerate(cells))


def _median(cells: Cells, absent: set[int]) -> Cells:
    """The median of the others, the lower of the two in the middle; left out when there are no others."""
    known = sorted(cell for at, cell in enumerate(cells) if at not in absent and cell is not None)
    middle = known[(len(known) - 1) // 2] if known else None
    return tuple(middle if at in absent or cell is None else cell for at, cell in enumerate(cells))


def _declared(cells: Cells, absent: set[int]) -> Cells:
    return cells


_RULES: Mapping[str, Callable[[Cells, set[int]], Cells]] = {
    "declared": _declared,
    "left_out": _left_out,
    "zero": _zero,
    "median": _median,
}
