"""How children make their parent (Method § 5). A new aggregation is one entry of AGGREGATES, and one of its means."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from rankings.engine.arithmetic import DIGITS
from rankings.engine.columns import Exact, over_one
from rankings.engine.counting import Counting
from rankings.engine.means import Counted, arithmetic, geometric, harmonic


@dataclass(frozen=True)
class Aggregate:
    """One way to make a parent.

    `share`: (weight, maximum) of a child → its share in the parent, before division by the sum of the shares.
    `out_of`: (points declared for the parent, sum of the shares) → the parent's maximum.
    `one`: what the children of one unit make of them, by the parts of their maxima. `adds`: whether that is the sum of
    the parts times their shares, so that a whole column is computed at once; otherwise no part may be negative.
    `totals`: whether the points add up, so that the best children are those that bring most points.
    """

    share: Callable[[Fraction, Fraction], Fraction]
    out_of: Callable[[Fraction, Fraction], Fraction]
    one: Callable[[Counted, Fraction, Fraction, int], Fraction] = arithmetic
    adds: bool = True
    totals: bool = False


AGGREGATES: Mapping[str, Aggregate] = {
    # Each child counts by its weight, whatever it is marked out of; the parent stays out of its declared points.
    "mean": Aggregate(share=lambda weight, _: weight, out_of=lambda points, _: points),
    # Points times weight add up: each child counts by the points it can bring, and the maxima add up too.
    "sum": Aggregate(share=lambda weight, out_of: weight * out_of, out_of=lambda _, total: total, totals=True),
    # Weights as in a mean; what is multiplied, or inverted, is the part each child gets of its maximum.
    "geometric": Aggregate(lambda weight, _: weight, lambda points, _: points, geometric, adds=False),
    "harmonic": Aggregate(lambda weight, _: weight, lambda points, _: points, harmonic, adds=False),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A child as its parent sees it, for all units.

    `share`: how much it counts beside the others. `nums`, over `den`: its points as a part of its maximum, and 0 where
    it is left out, which `left_out` says.
    """

    share: Fraction
    nums: Sequence[Exact]
    den: Fraction
    left_out: frozenset[int] | set[int]


def filled(parts: Sequence[Part]) -> tuple[list[Exact], int, set[int]]:
    """What part of its maximum a parent gets, over one denominator, and the units of whom it is left out (Method § 5).

    The shares of the children left out go to the others, in proportion; with all of them left out the parent is left
    out too.

    >>> half = Part(Fraction(1), [1, 1], Fraction(2), set())
    >>> unknown = Part(Fraction(3), [0, 1], Fraction(1), {0})
    >>> filled([half, unknown])
    ([4, 7], 8, set())
    """
    factors, den = over_one(part.share / part.den for part in parts)
    if len(parts) == 1:
        totals: list[Exact] = [num * factors[0] for num in parts[0].nums]
    else:
        rows = zip(*(part.nums for part in parts), strict=True)
        totals = [sum(map(mul, row, factors)) for row in rows]
    everything = sum((part.share for part in parts), Fraction(0))
    scale = den * everything
    counting = _counting(parts, everything)
    left_out = {at for at, share in counting.items() if not share}
    for at, share in counting.items():
        if share:
            totals[at] = simplest(totals[at] * everything / share)
    return [num * scale.denominator for num in totals], scale.numerator, left_out


def gathered(
    parts: Sequence[Part], aggregate: Aggregate, counting: Counting, out_of: Fraction, digits: int = DIGITS
) -> tuple[list[Fraction], set[int]]:
    """The points of a parent, unit by unit, under any rule, and the units of whom it is left out (Method § 5.2, 5.3).

    The best children are those that get the greatest part of their maximum, or bring most points when points add up;
    of equals, the first in the order of the method. Cost: one pass per unit, in fractions.

    >>> marks = [Part(Fraction(1), [nums], Fraction(10), set()) for nums in (4, 9, 7)]
    >>> gathered(marks, AGGREGATES["mean"], Counting(best=2), Fraction(10))
    ([Fraction(8, 1)], set())
    """
    points, left_out = [], set()
    for at in range(len(parts[0].nums)):
        known = [
            (part.share, Fraction(part.nums[at]) / part.den)
            for part in parts
            if part.share and at not in part.left_out
        ]  # fmt: skip
        if known:
            chosen, whole = counted(known, aggregate, counting)
            points.append(aggregate.one(chosen, whole, out_of, digits))
        else:
            points.append(Fraction(0))
            left_out.add(at)
    return points, left_out


def counted(known: Counted, aggregate: Aggregate, counting: Counting) -> tuple[Counted, Fraction]:
    """Those of the known children that count, and what their shares are divided by."""
    if counting.best is None:
        return known, counting.most([share for share, _ in known])
    if aggregate.totals:
        # Out of the most that the best could bring, whichever they are.
        brings = sorted(known, key=lambda child: child[0] * child[1], reverse=True)
        return brings[: counting.best], counting.most([share for share, _ in known])
    best = sorted(known, key=lambda child: child[1], reverse=True)[: counting.best]
    return best, sum((share for share, _ in best), Fraction(0))


def _counting(parts: Sequence[Part], everything: Fraction) -> Mapping[int, Fraction]:
    """The shares that count for each unit of whom a part is left out."""
    lost: defaultdict[int, Fraction] = defaultdict(Fraction)
    for part in parts:
        for at in part.left_out:
            lost[at] += part.share
    return {at: everything - share for at, share in lost.items()}


def simplest(figure: Exact) -> Exact:
    """The same figure, as an integer when it is one."""
    return figure.numerator if figure.denominator == 1 else figure
