"""Classes of so many units each (Method § 3.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column, Exact
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.reading import better_of, length, points_in_order
from rankings.engine.scales.steps import Steps
from rankings.engine.tables import ABOVE_ZERO, Table

DEFINITIONS = ("observed", "interpolated")


@dataclass(frozen=True)
class Quantiles(Steps):
    """Classes that hold given shares of the known values, and a number of points each (Method § 3.3).

    `points`: one for each class, from the worst to the best. `shares`: how much each holds beside the others, in the
    same order; None for as much each. `definition` of the bound that a value must reach to be in the k-th class or a
    better one, s being the share of those classes and n the number of known values: `observed`, the value in place
    ⌈n × s⌉ from the best (type 1 of Hyndman and Fan, *Sample quantiles in statistical packages*, 1996, counted from
    the best); `interpolated`, the quantile of order 1 − s between the two values around it (their type 7). A value
    equal to a bound reaches it, so that equal values get equal points and the best value the most.

    >>> scale = Quantiles("higher", (Decimal(0), Decimal(5), Decimal(10)), (Decimal(25), Decimal(50), Decimal(25)))
    >>> values = Column.of([Fraction(value) for value in (1, 2, 3, 4, 5, 6, 7, 7)])
    >>> cuts = scale.fit(values, Decimal(10))
    >>> cuts.shown, [int(scale.mark(Fraction(value), cuts)) for value in (2, 3, 6, 7)]
    ((Decimal('3'), Decimal('7')), [0, 5, 5, 10])
    """

    better: str
    points: tuple[Decimal, ...]
    shares: tuple[Decimal, ...] | None = None
    definition: str = DEFINITIONS[0]
    kind: ClassVar[str] = "quantiles"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "points", "shares", "definition")
    fitted: ClassVar[bool] = True

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        better, points = better_of(table), points_in_order(table, out_of)
        shares = table.numbers("shares", ABOVE_ZERO) if "shares" in table.raw else None
        if shares is not None:
            length(table, "shares", shares, len(points), "as many as “points”")
        definition = table.word("definition", DEFINITIONS) or DEFINITIONS[0]
        return cls(better, points, None if shares is None or len(set(shares)) == 1 else shares, definition)

    def written(self) -> Mapping[str, Toml]:
        written: dict[str, Toml] = {"kind": self.kind, "better": self.better, "points": self.points}
        return written | ({} if self.shares is None else {"shares": self.shares}) | {"definition": self.definition}

    @property
    def parts(self) -> tuple[Fraction, ...]:
        """The share of each class, from the worst to the best; they add up to 1."""
        shares = [Fraction(share) for share in self.shares or [Decimal(1)] * len(self.points)]
        return tuple(share / sum(shares) for share in shares)

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        sign = -1 if self.better == "lower" else 1
        found = sorted(sign * num for num in values.known)
        rules = {"definition": self.definition}
        if not found:
            return CutPoints(self.kind, self.better, (), self.points, rules=rules)
        below = list(accumulate(self.parts))[:-1]
        at = _observed if self.definition == "observed" else _interpolated
        bounds = (Fraction(sign * at(found, share)) / values.den for share in below)
        return CutPoints(self.kind, self.better, tuple(bounds), self.points, rules=rules)


def _observed(found: Sequence[Exact], below: Fraction) -> Exact:
    """The value in place ⌈n × s⌉ from the best, s being what is not below."""
    return found[len(found) - ceil(len(found) * (1 - below))]


def _interpolated(found: Sequence[Exact], below: Fraction) -> Exact:
    """The value in place 1 + (n − 1) × share from the worst, in a straight line between the two around it."""
    place = (len(found) - 1) * below
    low = floor(place)
    return found[low] if place == low else found[low] + (place - low) * (found[low + 1] - found[low])
