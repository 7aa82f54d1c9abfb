"""From a value to points (Method § 3).

A scale is a class with four short methods, and one entry of SCALES. `fit` looks at the known values once and answers
with cut points; `mark` then needs nothing else, so that whoever has the published cut points finds the same points.
`marks` does for a whole column what `mark` does for one value.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import gt, le, lt
from typing import ClassVar, Protocol, Self

from rankings.engine.canonical import Toml
from rankings.engine.columns import Column, Exact, over_one, scaled
from rankings.engine.exact import shown_decimal
from rankings.engine.tables import ANY_NUMBER, Table, up_to

BETTER = ("higher", "lower")


@dataclass(frozen=True)
class CutPoints:
    """The figures a scale was applied with, in the dataset that was ranked.

    `kind` and `better` are those of the scale. `bounds`: for minmax (low, high), empty when no value was known and
    none was declared; for thresholds the list `from` of the method. `points`: for minmax what is got at low and at
    high; for thresholds what is got below the first bound, from the first, and so on.
    """

    kind: str
    better: str
    bounds: tuple[Fraction, ...]
    points: tuple[Decimal, ...]

    @property
    def shown(self) -> tuple[Decimal, ...]:
        """The bounds as decimals for the eye: exact, or to 12 decimals when a quotient never ends."""
        return tuple(shown_decimal(bound) for bound in self.bounds)

    def reaches(self, value: Fraction, bound: Fraction) -> bool:
        """Whether a value is as good as a bound, or better."""
        return value >= bound if self.better == "higher" else value <= bound


class Scale(Protocol):
    """What every scale can do."""

    kind: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        """The scale written in a method file; problems go to the table."""

    def written(self) -> Mapping[str, Toml]:
        """The scale as it is written in the canonical text."""

    def fit(self, values: Column, out_of: Decimal) -> CutPoints:
        """The cut points for the values of a dataset, maybe none of them known."""

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        """The points of a value, from 0 to the maximum, never fewer for a better value."""

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        """The points of each value; what stands where a value is absent means nothing."""


@dataclass(frozen=True)
class MinMax:
    """Linear between two bounds, declared or observed; beyond them, the same points as at them (Method § 3.1).

    >>> scale = MinMax("higher", None, None)
    >>> cuts = scale.fit(Column.of([Fraction(2), Fraction(12)]), Decimal(10))
    >>> scale.mark(Fraction(7), cuts), scale.mark(Fraction(99), cuts)
    (Fraction(5, 1), Fraction(10, 1))
    """

    better: str
    low: Decimal | None
    high: Decimal | None
    kind: ClassVar[str] = "minmax"
    keys: ClassVar[tuple[str, ...]] = ("kind", "better", "low", "high")

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:  # noqa: ARG003
        better = table.word("better", BETTER)
        low = table.number("low", ANY_NUMBER) if "low" in table.raw else None
        high = table.number("high", ANY_NUMBER, Decimal("Infinity")) if "high" in table.raw else None
        if low is not None and high is not None and low >= high:
            expected = "a number above “low”"
            table.note(table.place("high"), "wrong-order", read=f"{high:f}", previous=f"{low:f}", expected=expected)
        return cls(better, low, high)

    def written(self) -> Mapping[str, Toml]:
        bounds = {"low": self.low, "high": self.high}
        declared = {key: bound for key, bound in bounds.items() if bound is not None}
        return {"kind": self.kind, "better": self.better, **declared}

    def fit(self, values: Column, out_of: Decimal) -> CutPoints:
        low = Fraction(self.low) if self.low is not None else _observed(min, values)
        high = Fraction(self.high) if self.high is not None else _observed(max, values)
        points = (Decimal(0), out_of) if self.better == "higher" else (out_of, Decimal(0))
        if low is None or high is None:
            return CutPoints(self.kind, self.better, (), points)
        # Every value may lie beyond the only bound declared: the observed one then gives way to it.
        bounds = (low, max(low, high)) if self.low is not None else (min(low, high), high)
        return CutPoints(self.kind, self.better, bounds, points)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        low, high = cuts.bounds
        best, worst = (high, low) if cuts.better == "higher" else (low, high)
        # The best bound first: when all values are equal both bounds are one, and everybody is at the best.
        if cuts.reaches(value, best):
            return Fraction(max(cuts.points))
        if not cuts.reaches(value, worst):
            return Fraction(0)
        return Fraction(max(cuts.points)) * (value - worst) / (best - worst)

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        if not cuts.bounds:
            return values
        (low, high), den = over_one(cuts.bounds)
        # Values and bounds over one denominator; when the lowest is the highest, both are the best.
        nums = values.nums if den == values.den else [num * den for num in values.nums]
        if den != values.den:
            low, high = low * values.den, high * values.den
        out_of = Fraction(max(cuts.points))
        each, width = out_of.numerator, high - low or 1
        top = each * width
        if cuts.better == "higher":
            marks = [top if num >= high else 0 if num <= low else (num - low) * each for num in nums]
        else:
            marks = [top if num <= low else 0 if num >= high else (high - num) * each for num in nums]
        return Column(*_whole(marks, width, out_of.denominator), values.absent)


@dataclass(frozen=True)
class Thresholds:
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

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        better = table.word("better", BETTER)
        bounds = table.numbers("from", ANY_NUMBER)
        points = table.numbers("points", up_to(out_of))
        if bounds and points and len(points) != len(bounds) + 1:
            expected = f"{len(bounds) + 1}: one more than “from”"
            table.note(table.place("points"), "wrong-length", read=f"{len(points)} numbers", expected=expected)
        if better == "lower":
            _check_order(table, "from", bounds, gt, "a smaller number: from the easiest bound to the hardest")
        else:
            _check_order(table, "from", bounds, lt, "a greater number: from the easiest bound to the hardest")
        _check_order(table, "points", points, le, "at least as many points: from the worst value to the best")
        return cls(better, bounds, points)

    def written(self) -> Mapping[str, Toml]:
        return {"kind": self.kind, "better": self.better, "from": self.bounds, "points": self.points}

    def fit(self, values: Column, out_of: Decimal) -> CutPoints:
        return CutPoints(self.kind, self.better, tuple(Fraction(bound) for bound in self.bounds), self.points)

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        reached = sum(cuts.reaches(value, bound) for bound in cuts.bounds)
        return Fraction(cuts.points[reached])

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        points, den = over_one(map(Fraction, cuts.points))
        sign = 1 if cuts.better == "higher" else -1
        bounds = [scaled(sign * bound, values.den) for bound in cuts.bounds]
        return Column([points[bisect_right(bounds, sign * num)] for num in values.nums], den, values.absent)


SCALES: Mapping[str, type[Scale]] = {"minmax": MinMax, "thresholds": Thresholds}


def _observed(extreme: Callable[..., Exact], values: Column) -> Fraction | None:
    known = values.known
    return Fraction(extreme(known)) / values.den if known else None


def _whole(nums: list[Exact], width: Exact, den: int) -> tuple[list[Exact], int]:
    """Figures over `width × den`, whose width may be a fraction."""
    return (nums, width * den) if isinstance(width, int) else ([num / width for num in nums], den)


def _check_order(
    table: Table, key: str, numbers: tuple[Decimal, ...], ordered: Callable[[Decimal, Decimal], bool], expected: str
) -> None:
    for position, (previous, number) in enumerate(pairwise(numbers), start=2):
        if not ordered(previous, number):
            place = f"{table.place(key)}[{position}]"
            table.note(place, "wrong-order", read=f"{number:f}", previous=f"{previous:f}", expected=expected)
