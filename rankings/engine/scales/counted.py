"""Points by how many others one is better than: what percentiles and ranks share (Method § 3.6 and § 3.8)."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from rankings.engine.columns import Column
from rankings.engine.scales.cuts import CutPoints

# How many known values are worse than a value, and how many equal it, whichever value it is.
type Beside = tuple[int, int]


def counted(values: Column, sign: int) -> tuple[tuple[Fraction, ...], tuple[int, ...]]:
    """The distinct known values, from the worst to the best, and how many units have each."""
    found = Counter(values.known)
    order = sorted(found, key=lambda num: sign * num)
    return tuple(Fraction(num) / values.den for num in order), tuple(found[num] for num in order)


def beside(value: Fraction, cuts: CutPoints) -> Beside:
    """How many of the values that were known are worse than this one, and how many equal it."""
    worse = equal = 0
    for bound, count in zip(cuts.bounds, cuts.counts, strict=True):
        if bound == value:
            equal = count
        elif cuts.reaches(value, bound):
            worse += count
    return worse, equal


def marks_of_counts(values: Column, cuts: CutPoints, points: Callable[[Beside, CutPoints], Fraction]) -> Column:
    """The points of each value, from one walk along the distinct values; others are looked up one by one."""
    at: dict[Fraction, Fraction] = {}
    worse = 0
    for bound, count in zip(cuts.bounds, cuts.counts, strict=True):
        at[bound] = points((worse, count), cuts)
        worse += count
    return values.apply(lambda value: at[value] if value in at else points(beside(value, cuts), cuts))
