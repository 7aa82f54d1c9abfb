"""Points by how many others one is better than: what percentiles and ranks share (Method § 3.6 and § 3.8)."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from rankings.engine.columns import Column, Exact, scaled
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.linear import along

# How many known values are worse than a value, and how many equal it, whichever value it is.
type Beside = tuple[int, int]
# How far a value is on the way from the least points to the most, in half units, and how many there are in all.
type Way = Callable[[Beside, CutPoints], tuple[int, int]]


def counted(values: Column, sign: int) -> tuple[tuple[Fraction, ...], tuple[int, ...]]:
    """The distinct known values, from the worst to the best, and how many units have each."""
    found = Counter(values.known)
    order = sorted(found, key=lambda num: sign * num)
    return tuple(Fraction(num) / values.den for num in order), tuple(found[num] for num in order)


def mark_of_counts(value: Fraction, cuts: CutPoints, way: Way) -> Fraction:
    """The points of a value, that of a known unit or any other."""
    least, most = (Fraction(points) for points in cuts.points)
    gone, whole = way(_beside(value, cuts), cuts)
    return least + (most - least) * min(gone, whole) / whole


def marks_of_counts(values: Column, cuts: CutPoints, way: Way) -> Column:
    """The points of each value, from one walk along the distinct values; others are looked up one by one."""
    gone: dict[Exact, int] = {}
    worse, whole = 0, 1
    for bound, count in zip(cuts.bounds, cuts.counts, strict=True):
        found, whole = way((worse, count), cuts)
        gone[scaled(bound, values.den)] = min(found, whole)
        worse += count
    for num in values.known:
        if num not in gone:
            found, whole = way(_beside(Fraction(num) / values.den, cuts), cuts)
            gone[num] = min(found, whole)
    least, most = (Fraction(points) for points in cuts.points)
    nums = [0 if at in values.absent else gone[num] for at, num in enumerate(values.nums)]
    return along(Column(nums, whole, values.absent), most - least, least, None)


def _beside(value: Fraction, cuts: CutPoints) -> Beside:
    """How many of the values that were known are worse than this one, and how many equal it."""
    worse = equal = 0
    for bound, count in zip(cuts.bounds, cuts.counts, strict=True):
        if bound == value:
            equal = count
        elif cuts.reaches(value, bound):
            worse += count
    return worse, equal
