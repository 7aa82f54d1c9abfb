"""How children make their parent (Method § 5). A new aggregation is one entry of AGGREGATES."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from rankings.engine.columns import Exact, over_one


@dataclass(frozen=True)
class Aggregate:
    """One way to add up.

    `share`: (weight, maximum) of a child → its share in the parent, before division by the sum of the shares.
    `out_of`: (points declared for the parent, sum of the shares) → the parent's maximum.
    """

    share: Callable[[Fraction, Fraction], Fraction]
    out_of: Callable[[Fraction, Fraction], Fraction]


AGGREGATES: Mapping[str, Aggregate] = {
    # Each child counts by its weight, whatever it is marked out of; the parent stays out of its declared points.
    "mean": Aggregate(share=lambda weight, _: weight, out_of=lambda points, _: points),
    # Points times weight add up: each child counts by the points it can bring, and the maxima add up too.
    "sum": Aggregate(share=lambda weight, out_of: weight * out_of, out_of=lambda _, total: total),
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
