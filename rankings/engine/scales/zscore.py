"""How many standard deviations from the mean (Method § 3.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS, sqrt
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.linear import along
from rankings.engine.scales.reading import better_of, kept_within
from rankings.engine.tables import ABOVE_ZERO, ANY_NUMBER, Table

DEVIATIONS = ("population", "sample")


@dataclass(frozen=True)
class ZScore:
    """So many points at the mean, and so many for each standard deviation on the better side (Method § 3.5).

    `deviation`: the mean square of the differences to the mean, divided by n for a `population`, by n − 1 for a
    `sample`. `centre`: the points at the mean; `each`: for one standard deviation. With `clamp`, from the least of
    `points` to the most; from 0 to the maximum of the criterion where it is None. When the values do not differ
    everybody is at the mean. The square root is the only step that is not exact: its digits are those of the method
    (§ 7.1), and the published figure is the one that counted.

    >>> scale = ZScore("higher", "population", Decimal(5), Decimal(2))
    >>> cuts = scale.fit(Column.of([Fraction(value) for value in (2, 4, 4, 4, 5, 5, 7, 9)]), Decimal(10))
    >>> cuts.shown, str(scale.mark(Fraction(9), cuts)), str(scale.mark(Fraction(4), cuts))
    ((Decimal('5'), Decimal('2')), '9', '4')
    """

    better: str
    deviation: str
    centre: Decimal
    each: Decimal
    points: tuple[Decimal, Decimal] | None = None
    clamp: bool = True
    kind: ClassVar[str] = "zscore"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "deviation", "centre", "each", "points", "clamp")
    fitted: ClassVar[bool] = True

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        better, deviation = better_of(table), table.word("deviation", DEVIATIONS)
        centre, each = table.number("centre", ANY_NUMBER), table.number("each", ABOVE_ZERO)
        return cls(better, deviation, centre, each, *kept_within(table, out_of))

    def written(self) -> Mapping[str, Toml]:
        written: dict[str, Toml] = {"kind": self.kind, "better": self.better, "deviation": self.deviation}
        written |= {"centre": self.centre, "each": self.each}
        return (
            written
            | ({} if self.points is None else {"points": self.points})
            | ({} if self.clamp else {"clamp": False})
        )

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        """The bounds are the mean and the deviation; the points, the least, those at the mean, for each, the most."""
        nums = values.known
        least, most = self.points or (Decimal(0), out_of)
        points = (least, self.centre, self.each, most)
        rules = {"deviation": self.deviation}
        if not nums:
            return CutPoints(self.kind, self.better, (), points, clamp=self.clamp, rules=rules)
        total, count = sum(nums), len(nums)
        squares = Fraction(sum(num * num for num in nums)) - Fraction(total * total) / count
        divisor = count if self.deviation == "population" else max(count - 1, 1)
        bounds = (Fraction(total) / (count * values.den), sqrt(squares / divisor / values.den**2, digits))
        return CutPoints(self.kind, self.better, bounds, points, clamp=self.clamp, rules=rules)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        slope, start = _line(cuts)
        points = start + slope * value
        return min(max(points, Fraction(cuts.points[0])), Fraction(cuts.points[3])) if cuts.clamp else points

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        if not cuts.bounds:
            return values
        limits = (Fraction(cuts.points[0]), Fraction(cuts.points[3]))
        return along(values, *_line(cuts), limits if cuts.clamp else None)


def _line(cuts: CutPoints) -> tuple[Fraction, Fraction]:
    """The points of one more, and those of zero."""
    (mean, spread), centre, each = cuts.bounds, Fraction(cuts.points[1]), Fraction(cuts.points[2])
    slope = cuts.sign * each / spread if spread else Fraction(0)
    return slope, centre - slope * mean
