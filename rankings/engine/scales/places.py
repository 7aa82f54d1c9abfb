"""Points by the rank at one criterion (Method § 3.8)."""

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

TIES = ("competition", "mean")
SPACINGS = ("count", "line")


@dataclass(frozen=True)
class Places:
    """Points by the rank among the known values (Method § 3.8).

    `ties`: what equal values have for a rank: with `competition` one more than the number of better ones, with `mean`
    the mean of the places they take together. `spacing`, of n known values: `count`, n − rank + 1 parts in n of the
    most points (Borda's count: the last gets one part, and n out of n is the bare count); `line`, in a straight line
    from the most, for rank 1, to the least, for rank n; the most when n is 1.

    >>> scale = Places("lower", "mean", "line")
    >>> cuts = scale.fit(Column.of([Fraction(value) for value in (5, 7, 7, 9, 11)]), Decimal(10))
    >>> [str(scale.mark(Fraction(value), cuts)) for value in (5, 7, 9, 11)]
    ['10', '25/4', '5/2', '0']
    """

    better: str
    ties: str
    spacing: str
    points: tuple[Decimal, Decimal] | None = None
    kind: ClassVar[str] = "rank"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "ties", "spacing", "points")
    fitted: ClassVar[bool] = True

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        better, ties, spacing = better_of(table), table.word("ties", TIES), table.word("spacing", SPACINGS)
        return cls(better, ties, spacing, limits(table, out_of))

    def written(self) -> Mapping[str, Toml]:
        written: dict[str, Toml] = {"kind": self.kind, "better": self.better, "ties": self.ties}
        return written | {"spacing": self.spacing} | ({} if self.points is None else {"points": self.points})

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        """The bounds are the distinct values, each with its count; the points, the least and the most."""
        bounds, counts = counted(values, -1 if self.better == "lower" else 1)
        points, rules = self.points or (Decimal(0), out_of), {"ties": self.ties, "spacing": self.spacing}
        return CutPoints(self.kind, self.better, bounds, points, counts, rules=rules)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        return mark_of_counts(value, cuts, _way)

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        return marks_of_counts(values, cuts, _way)


def _way(found: Beside, cuts: CutPoints) -> tuple[int, int]:
    """How many places behind, twice so that a mean of two is whole, and how many there can be."""
    (worse, equal), count = found, cuts.count
    # A value that nobody had is worse or better than everybody's, and takes a place of its own between theirs.
    behind = 2 * worse
    if equal:
        behind += equal - 1 if cuts.rules["ties"] == "mean" else 2 * (equal - 1)
    if cuts.rules["spacing"] == "count":
        return behind + 2, 2 * count
    return (behind, 2 * (count - 1)) if count > 1 else (1, 1)
