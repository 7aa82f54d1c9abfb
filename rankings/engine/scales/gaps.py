"""Groups cut where the values jump (Method § 3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.reading import better_of, points_in_order
from rankings.engine.scales.steps import Steps
from rankings.engine.tables import Table

# Which of two equal gaps is cut first.
NEAREST_TO = ("best", "worst")


@dataclass(frozen=True)
class Gaps(Steps):
    """Groups cut at the largest gaps between neighbouring values, and a number of points each (Method § 3.4).

    `points`: one for each group, from the worst to the best. `ties`: of two equal gaps, the one nearer to the `best`
    value or to the `worst` is cut first. A bound is the first value after a gap. When there are fewer gaps than cuts
    to make, the worst groups are empty: the best value always gets the most.

    The *Sprungstellen* of the CHE's rankings (methodik.che-ranking.de/datenauswertung) are such gaps.

    >>> scale = Gaps("higher", (Decimal(0), Decimal(5), Decimal(10)), "best")
    >>> cuts = scale.fit(Column.of([Fraction(value) for value in (10, 11, 20, 21, 22, 40)]), Decimal(10))
    >>> cuts.shown, int(scale.mark(Fraction(22), cuts))
    ((Decimal('20'), Decimal('40')), 5)
    """

    better: str
    points: tuple[Decimal, ...]
    ties: str
    kind: ClassVar[str] = "gaps"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "points", "ties")
    fitted: ClassVar[bool] = True

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        return cls(better_of(table), points_in_order(table, out_of), table.word("ties", NEAREST_TO))

    def written(self) -> Mapping[str, Toml]:
        return {"kind": self.kind, "better": self.better, "points": self.points, "ties": self.ties}

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        sign = -1 if self.better == "lower" else 1
        found = sorted({sign * num for num in values.known})
        rules = {"ties": self.ties}
        if not found:
            return CutPoints(self.kind, self.better, (), self.points, rules=rules)
        # The largest gaps first; of equal ones, the nearest to the end that the method says.
        nearer = 1 if self.ties == "best" else -1
        gaps = sorted(((after - before, nearer * after, after) for before, after in pairwise(found)), reverse=True)
        cut = len(self.points) - 1
        reached = sorted(after for _gap, _nearer, after in gaps[:cut])
        starts = [found[0]] * (cut - len(reached)) + reached
        bounds = tuple(Fraction(sign * start) / values.den for start in starts)
        return CutPoints(self.kind, self.better, bounds, self.points, rules=rules)
