"""Points value by value (Method § 3.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.exact import exact_text
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.offscale import OffScale
from rankings.engine.scales.reading import better_of, length, points_in_order, values_in_order
from rankings.engine.tables import ANY_NUMBER, Table


@dataclass(frozen=True)
class Lookup:
    """The points of each value that there may be, for levels and for yes or no (Method § 3.9).

    `values` go from the worst to the best, `points` are theirs. A value that is not listed has no points at all, even
    between two that are: `mark` raises OffScale, and a ranking then names the unit and the indicator.

    >>> scale = Lookup("higher", (Decimal(0), Decimal(1)), (Decimal(0), Decimal(10)))
    >>> cuts = scale.fit(Column.of([Fraction(1)]), Decimal(10))
    >>> int(scale.mark(Fraction(1), cuts))
    10
    """

    better: str
    values: tuple[Decimal, ...]
    points: tuple[Decimal, ...]
    kind: ClassVar[str] = "lookup"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "values", "points")
    fitted: ClassVar[bool] = False

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        better, values = better_of(table), table.numbers("values", ANY_NUMBER)
        values_in_order(table, "values", values, better)
        points = points_in_order(table, out_of)
        if values:
            length(table, "points", points, len(values), "as many as “values”")
        return cls(better, values, points)

    def written(self) -> Mapping[str, Toml]:
        return {"kind": self.kind, "better": self.better, "values": self.values, "points": self.points}

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        return CutPoints(self.kind, self.better, tuple(Fraction(value) for value in self.values), self.points)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        if value not in cuts.bounds:
            listed = ", ".join(exact_text(bound) for bound in cuts.bounds)
            raise OffScale(value, f"is none of the values of its scale, which are {listed}")
        return Fraction(cuts.points[cuts.bounds.index(value)])

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        return values.apply(lambda value: Lookup.mark(value, cuts))
