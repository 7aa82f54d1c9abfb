"""In proportion to the best value (Method § 3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.linear import along
from rankings.engine.scales.offscale import OffScale
from rankings.engine.scales.reading import better_of, kept_within
from rankings.engine.tables import ABOVE_ZERO, Table

_EXPECTED = "is below 0, and a share of the best value is taken of figures from 0 only"


@dataclass(frozen=True)
class Distance:
    """The part of the best value: value ÷ best, or best ÷ value where the lower is better (Method § 3.7).

    `best`: declared, or None for the best of the known values. The best value gets the most points, the maximum of the
    criterion unless `points` says the least and the most; beyond a declared best so does everybody, and nobody gets
    less than the least, unless `clamp` is off. Raises OffScale for a value below 0, and, where the
    lower is better without `clamp`, for 0 when the best is not. The rule of the Academic Ranking of World
    Universities, where the highest scoring institution is given 100 (shanghairanking.com/methodology/arwu).

    >>> scale = Distance("higher")
    >>> cuts = scale.fit(Column.of([Fraction(40), Fraction(30)]), Decimal(100))
    >>> str(scale.mark(Fraction(30), cuts)), str(scale.mark(Fraction(40), cuts))
    ('75', '100')
    """

    better: str
    best: Decimal | None = None
    points: tuple[Decimal, Decimal] | None = None
    clamp: bool = True
    kind: ClassVar[str] = "distance"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "best", "points", "clamp")

    @property
    def fitted(self) -> bool:
        return self.best is None

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        best = table.number("best", ABOVE_ZERO) if "best" in table.raw else None
        return cls(better_of(table), best, *kept_within(table, out_of))

    def written(self) -> Mapping[str, Toml]:
        written: dict[str, Toml] = {"kind": self.kind, "better": self.better}
        if self.best is not None:
            written["best"] = self.best
        if self.points is not None:
            written["points"] = self.points
        return written | ({} if self.clamp else {"clamp": False})

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        known = values.known
        _check(values)
        if self.best is not None:
            best = [Fraction(self.best)]
        else:
            extreme = max if self.better == "higher" else min
            best = [Fraction(extreme(known)) / values.den] if known else []
        return CutPoints(self.kind, self.better, tuple(best), self.points or (Decimal(0), out_of), clamp=self.clamp)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        if value < 0:
            raise OffScale(value, _EXPECTED)
        (best,), (least, most) = cuts.bounds, (Fraction(points) for points in cuts.points)
        if value == best or (cuts.clamp and cuts.reaches(value, best)):
            return most
        if cuts.better == "lower" and not value:
            raise OffScale(value, "has no share of the best value, which goes without limit where “clamp” is off")
        points = most * value / best if cuts.better == "higher" else most * best / value
        return max(points, least) if cuts.clamp else points

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        if not cuts.bounds:
            return values
        (best,), (least, most) = cuts.bounds, (Fraction(points) for points in cuts.points)
        if cuts.better == "lower" or not best:
            return values.apply(lambda value: Distance.mark(value, cuts))
        _check(values)
        return along(values, most / best, Fraction(0), (least, most) if cuts.clamp else None)


def _check(values: Column) -> None:
    below = min(values.known, default=0)
    if below < 0:
        raise OffScale(Fraction(below) / values.den, _EXPECTED)
