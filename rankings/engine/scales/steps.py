"""Points by steps: what several kinds of scales do once their bounds are known (Method § 3.2)."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rankings.engine.columns import Column, over_one, scaled
from rankings.engine.scales.cuts import CutPoints

# The kinds whose points go by steps → the position of the points of their first bound.
_FIRST: Mapping[str, int] = {"thresholds": 1, "quantiles": 1, "gaps": 1, "lookup": 0}


class Steps:
    """Reaching bounds[i] gives points[i + 1], reaching none gives points[0]: a scale that goes by steps.

    The bounds go from the easiest to the hardest; two of them may be equal, and what lies between is then never given.
    """

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        """The points of a value: those of the hardest bound it reaches."""
        reached = sum(cuts.reaches(value, bound) for bound in cuts.bounds)
        return Fraction(cuts.points[reached])

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        """The points of each value, found by halves: a comparison for each doubling of the bounds."""
        points, den = over_one(Fraction(points) for points in cuts.points)
        sign = cuts.sign
        bounds = [scaled(sign * bound, values.den) for bound in cuts.bounds]
        return Column([points[bisect_right(bounds, sign * num)] for num in values.nums], den, values.absent)


@dataclass(frozen=True)
class Next:
    """The next bound that gives more points: how far it is (0 or more, in the unit of the value), and what it gives."""

    bound: Fraction
    distance: Fraction
    points: Fraction


def next_step(value: Fraction, cuts: CutPoints) -> Next | None:
    """The nearest better bound whose points are more than those of a value; None at the last, and without steps.

    The bounds of quantiles and of gaps are those of the values as they are: they would move with this one.

    >>> cuts = CutPoints("thresholds", "lower", (Fraction(20), Fraction(10)), tuple(map(Fraction, (0, 5, 10))))
    >>> found = next_step(Fraction(24), cuts)
    >>> str(found.bound), str(found.distance), str(found.points)
    ('20', '4', '5')
    """
    # Gaps found on a function of the value have bounds that are no values.
    if cuts.kind not in _FIRST or (cuts.kind == "gaps" and cuts.transform is not None):
        return None
    given = cuts.points[_FIRST[cuts.kind] :]
    reached = [points for bound, points in zip(cuts.bounds, given, strict=True) if cuts.reaches(value, bound)]
    got = reached[-1] if reached else cuts.points[0]
    for bound, points in zip(cuts.bounds, given, strict=True):
        if not cuts.reaches(value, bound) and points > got:
            return Next(bound, abs(bound - value), Fraction(points))
    return None
