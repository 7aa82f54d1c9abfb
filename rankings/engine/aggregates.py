"""How children make their parent (Method § 5). A new aggregation is one entry of AGGREGATES."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


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


@dataclass(frozen=True)
class Part:
    """A child as its parent sees it: its share, its points as a fraction of its maximum, its coverage from 0 to 1."""

    share: Fraction
    filled: Fraction | None
    coverage: Fraction


def combine(parts: Iterable[Part]) -> tuple[Fraction | None, Fraction]:
    """What part of its maximum a parent gets, and its coverage, both from 0 to 1 (Method § 5).

    The shares of the children left out (filled is None) go to the others, in proportion; with all of them left out
    the parent is left out too. Coverage counts every child.

    >>> combine([Part(Fraction(1), Fraction(1, 2), Fraction(1)), Part(Fraction(3), None, Fraction(0))])
    (Fraction(1, 2), Fraction(1, 4))
    """
    everyone = list(parts)
    total = sum(part.share for part in everyone)
    coverage = sum((part.share * part.coverage for part in everyone), Fraction(0)) / total
    known = [(part.share, part.filled) for part in everyone if part.filled is not None]
    if not known:
        return None, coverage
    weighed = sum((share * filled for share, filled in known), Fraction(0))
    return weighed / sum(share for share, _ in known), coverage
