"""Declared steps (Method § 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.reading import better_of, length, points_in_order, values_in_order
from rankings.engine.scales.steps import Steps
from rankings.engine.tables import ANY_NUMBER, Table


@dataclass(frozen=True)
class Thresholds(Steps):
    """Steps: reaching from[i] gives points[i + 1], reaching none gives points[0] (Method § 3.2).

    >>> scale = Thresholds("lower", (Decimal(20), Decimal(10)), (Decimal(0), Decimal(5), Decimal(10)))
    >>> cuts = scale.fit(Column.of([]), Decimal(10))
    >>> [int(scale.mark(Fraction(value), cuts)) for value in (21, 20, 11, 10)]
    [0, 5, 5, 10]
    """

    better: str
    bounds: tuple[Decimal, ...]
    points: tuple[Decimal, ...]
    kind: ClassVar[str] = "thresholds"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "from", "points")
    fitted: ClassVar[bool] = False

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        better = better_of(table)
        bounds = table.numbers("from", ANY_NUMBER)
        values_in_order(table, "from", bounds, better)
        points = points_in_order(table, out_of)
        if bounds:
            length(table, "points", points, len(bounds) + 1, "one more than “from”")
        return cls(better, bounds, points)

    def written(self) -> Mapping[str, Toml]:
        return {"kind": self.kind, "better": self.better, "from": self.bounds, "points": self.points}

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        return CutPoints(self.kind, self.better, tuple(Fraction(bound) for bound in self.bounds), self.points)
