"""The share of the others that one is better than (Method § 3.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.scales.counted import Beside, counted, mark_of_counts, marks_of_counts
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.reading import better_of, limits
from rankings.engine.tables import Table

DEFINITIONS = ("worse", "half", "worse_or_equal", "among_others")


@dataclass(frozen=True)
class Percentile:
    """The percentile rank, from the least points to the most (Method § 3.6).

    `definition`, of n known values: `worse`, those that are worse, divided by n; `half`, those and half of the equal
    ones (itself among them), divided by n; `worse_or_equal`, those and all of the equal ones, divided by n;
    `among_others`, those that are worse, divided by n − 1, so that the best alone has the whole (PERCENTRANK.INC of
    spreadsheets, `n_prank` of the R package COINr); 1 when n is 1. Equal values get equal points.

    >>> scale = Percentile("higher", "half")
    >>> cuts = scale.fit(Column.of([Fraction(value) for value in (10, 20, 20, 30)]), Decimal(100))
    >>> [str(scale.mark(Fraction(value), cuts)) for value in (10, 20, 30)]
    ['25/2', '50', '175/2']
    """

    better: str
    definition: str
    points: tuple[Decimal, Decimal] | None = None
    kind: ClassVar[str] = "percentile"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "definition", "points")
    fitted: ClassVar[bool] = True

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        return cls(better_of(table), table.word("definition", DEFINITIONS), limits(table, out_of))

    def written(self) -> Mapping[str, Toml]:
        written: dict[str, Toml] = {"kind": self.kind, "better": self.better, "definition": self.definition}
        return written | ({} if self.points is None else {"points": self.points})

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        """The bounds are the distinct values, each with its count; the points, the least and the most."""
        bounds, counts = counted(values, -1 if self.better == "lower" else 1)
        points, rules = self.points or (Decimal(0), out_of), {"definition": self.definition}
        return CutPoints(self.kind, self.better, bounds, points, counts, rules=rules)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        return mark_of_counts(value, cuts, _way)

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        return marks_of_counts(values, cuts, _way)


def _way(found: Beside, cuts: CutPoints) -> tuple[int, int]:
    (worse, equal), count, definition = found, cuts.count, cuts.rules["definition"]
    if definition == "among_others":
        return (2 * worse, 2 * (count - 1)) if count > 1 else (1, 1)
    return 2 * worse + {"worse": 0, "half": equal, "worse_or_equal": 2 * equal}[definition], 2 * count
