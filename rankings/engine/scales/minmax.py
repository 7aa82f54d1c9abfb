"""A straight line between two bounds (Method § 3.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column, Exact, over_one
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.reading import better_of, clamped, limits
from rankings.engine.tables import ANY_NUMBER, Table


@dataclass(frozen=True)
class MinMax:
    """Linear between two bounds, declared or observed; beyond them, the same points as at them (Method § 3.1).

    `points`: those at the worst bound and at the best; None for 0 and the maximum of the criterion. Without `clamp`
    the line goes on beyond the bounds, below those points and above them.

    >>> scale = MinMax("higher", None, None)
    >>> cuts = scale.fit(Column.of([Fraction(2), Fraction(12)]), Decimal(10))
    >>> scale.mark(Fraction(7), cuts), scale.mark(Fraction(99), cuts)
    (Fraction(5, 1), Fraction(10, 1))
    >>> marked = MinMax("lower", Decimal(0), Decimal(9), points=(Decimal(1), Decimal(10)), clamp=False)
    >>> cuts = marked.fit(Column.of([]), Decimal(10))
    >>> [int(marked.mark(Fraction(value), cuts)) for value in (-1, 0, 9, 10)]
    [11, 10, 1, 0]
    """

    better: str
    low: Decimal | None
    high: Decimal | None
    points: tuple[Decimal, Decimal] | None = None
    clamp: bool = True
    kind: ClassVar[str] = "minmax"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "low", "high", "points", "clamp")

    @property
    def fitted(self) -> bool:
        return self.low is None or self.high is None

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        better = better_of(table)
        low = table.number("low", ANY_NUMBER) if "low" in table.raw else None
        high = table.number("high", ANY_NUMBER, Decimal("Infinity")) if "high" in table.raw else None
        if low is not None and high is not None and low >= high:
            expected = "a number above “low”"
            table.note(table.place("high"), "wrong-order", read=f"{high:f}", previous=f"{low:f}", expected=expected)
        return cls(better, low, high, limits(table, out_of), clamped(table))

    def written(self) -> Mapping[str, Toml]:
        bounds = {"low": self.low, "high": self.high}
        written: dict[str, Toml] = {"kind": self.kind, "better": self.better}
        written |= {key: bound for key, bound in bounds.items() if bound is not None}
        if self.points is not None:
            written["points"] = self.points
        return written | ({} if self.clamp else {"clamp": False})

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        low = Fraction(self.low) if self.low is not None else _observed(min, values)
        high = Fraction(self.high) if self.high is not None else _observed(max, values)
        least, most = self.points or (Decimal(0), out_of)
        points = (least, most) if self.better == "higher" else (most, least)
        if low is None or high is None:
            return CutPoints(self.kind, self.better, (), points, clamp=self.clamp)
        # Every value may lie beyond the only bound declared: the observed one then gives way to it.
        bounds = (low, max(low, high)) if self.low is not None else (min(low, high), high)
        return CutPoints(self.kind, self.better, bounds, points, clamp=self.clamp)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        low, high = cuts.bounds
        best, worst = (high, low) if cuts.better == "higher" else (low, high)
        least, most = Fraction(min(cuts.points)), Fraction(max(cuts.points))
        # The best bound first: when all values are equal both bounds are one, and everybody is at the best.
        if low == high:
            return most if cuts.reaches(value, best) else least
        points = least + (most - least) * (value - worst) / (best - worst)
        return min(max(points, least), most) if cuts.clamp else points

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        if not cuts.bounds:
            return values
        (low, high), den = over_one(cuts.bounds)
        # Values and bounds over one denominator; when the lowest is the highest, both are the best.
        nums = values.nums if den == values.den else [num * den for num in values.nums]
        if den != values.den:
            low, high = low * values.den, high * values.den
        (least, most), points_den = over_one((Fraction(min(cuts.points)), Fraction(max(cuts.points))))
        width, rise = high - low or 1, most - least
        top, bottom = most * width, least * width
        # The line, as a multiple of the value and what is added to it.
        if cuts.better == "higher":
            start = bottom - rise * low
            marks = [top if num >= high else bottom if num <= low else num * rise + start for num in nums]
        else:
            start = bottom + rise * high
            marks = [top if num <= low else bottom if num >= high else start - num * rise for num in nums]
        if not cuts.clamp and low != high:
            slope = rise if cuts.better == "higher" else -rise
            marks = [num * slope + start for num in nums]
        return Column(*_whole(marks, width, points_den), values.absent)


def _observed(extreme: Callable[..., Exact], values: Column) -> Fraction | None:
    known = values.known
    return Fraction(extreme(known)) / values.den if known else None


def _whole(nums: list[Exact], width: Exact, den: int) -> tuple[list[Exact], int]:
    """Figures over `width × den`, whose width may be a fraction."""
    return (nums, width * den) if isinstance(width, int) else ([num / width for num in nums], den)
