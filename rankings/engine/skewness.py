"""Outliers brought back one after the other, until the values are no longer too skewed (Method § 2.4).

As `Treat` of COINr does with what it takes when nothing is said: `winsorise`, then `log_CT`, under `check_SkewKurt`
(Becker, Caperna, Del Sorbo et al., “COINr: An R package for developing composite indicators”, JOSS 7(78), 2022).
Skewness and kurtosis are those of spreadsheets, type 2 of Joanes and Gill (1998).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import ClassVar, Self

from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.outliers import OTHERWISE, Limits, Percentile, Treatment, Winsorise
from rankings.engine.tables import ABOVE_ZERO, ANY_NUMBER, Range, Table
from rankings.engine.transforms import Transform

_MOST = Range("a whole number from 1 to 1000", low=Decimal(1), high=Decimal(1000), whole=True)
# Fewer values have no kurtosis.
_FEWEST = 4


@dataclass(frozen=True)
class Shape:
    """How values spread around their mean, exactly: all is compared in fractions, without a root.

    `skew_sign`: −1, 0 or 1. `skew_squared`: the square of the skewness. `kurtosis`: the excess over that of the normal
    law.
    """

    skew_sign: int
    skew_squared: Fraction
    kurtosis: Fraction

    @classmethod
    def of(cls, nums: Sequence[int]) -> "Shape | None":
        """That of these figures, whatever their unit; None for fewer than four, or when they are all equal.

        >>> Shape.of([0, 0, 0, 1])
        Shape(skew_sign=1, skew_squared=Fraction(4, 1), kurtosis=Fraction(4, 1))
        """
        n = len(nums)
        total = sum(nums)
        # n times what each is away from the mean.
        away = [n * num - total for num in nums]
        second, third, fourth = (sum(each**power for each in away) for power in (2, 3, 4))
        if n < _FEWEST or not second:
            return None
        skew_squared = Fraction(n * n * (n - 1) * third**2, (n - 2) ** 2 * second**3)
        ratio = Fraction(n * fourth, second**2)
        kurtosis = ((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
        return cls((third > 0) - (third < 0), skew_squared, kurtosis)


@dataclass(frozen=True)
class Skewness:
    """The most extreme value of the skewed side counts as the next one, and so on.

    Until the skewness, without its sign, is below `skewness`, or the kurtosis below `kurtosis`, or `most` values were
    brought back: equal values go together, so that there may be more. When it does not suffice: `otherwise` is "keep",
    which leaves it at that, or "log", which takes the logarithm of the values as they were, ln(x − min + (max − min) ÷
    100), whatever comes of it. Values that are all equal, and fewer than four, are left as they are.
    """

    skewness: Decimal
    kurtosis: Decimal
    most: int
    otherwise: str
    kind: ClassVar[str] = "skewness"
    keys: ClassVar[tuple[str, ...]] = ("kind", "skewness", "kurtosis", "most", "otherwise")

    @classmethod
    def read(cls, table: Table) -> Self:
        return cls(
            table.number("skewness", ABOVE_ZERO),
            table.number("kurtosis", ANY_NUMBER),
            int(table.number("most", _MOST)),
            table.word("otherwise", OTHERWISE) if "otherwise" in table.raw else OTHERWISE[0],
        )

    def written(self) -> Mapping[str, Toml]:
        otherwise: Mapping[str, Toml] = {} if self.otherwise == OTHERWISE[0] else {"otherwise": self.otherwise}
        bounds = {"skewness": self.skewness, "kurtosis": self.kurtosis, "most": Decimal(self.most)}
        return {"kind": self.kind, **bounds, **otherwise}

    def passes(self, shape: Shape | None) -> bool:
        """Whether values so spread need no treatment."""
        if shape is None or shape.skew_squared < Fraction(self.skewness) ** 2:
            return True
        return shape.kurtosis < Fraction(self.kurtosis)

    def limits(self, values: Column, digits: int) -> Limits:
        """The limits that values were brought back to, or the logarithm.

        >>> method = Skewness(Decimal(2), Decimal("3.5"), 2, "keep")
        >>> method.limits(Column.of(map(Fraction, [*range(1, 11), 30, 100])), 50)
        Limits(low=None, high=Fraction(30, 1), treated=1, transform=None)
        """
        original, den = _whole(values)
        nums, high, low = original, set[int](), set[int]()
        shape = Shape.of(nums)
        while shape is not None and not self.passes(shape) and len(high) + len(low) < self.most:
            if shape.skew_sign >= 0:
                nums, high = _brought(nums, max)
            else:
                nums, low = _brought(nums, min)
            shape = Shape.of(nums)
        if not self.passes(shape) and self.otherwise == "log":
            return Limits(transform=_logarithm(original, den, digits))
        return Limits(
            low=Fraction(min(nums), den) if low else None,
            high=Fraction(max(nums), den) if high else None,
            treated=len(high) + len(low),
        )


def _whole(values: Column) -> tuple[Sequence[int], int]:
    """The known figures as whole numbers over one denominator, however immense: sums of them then cost little."""
    den = lcm(*(num.denominator for num in values.known))
    return [num.numerator * (den // num.denominator) for num in values.known], den * values.den


def _brought(nums: Sequence[int], extreme: Callable[[Iterable[int]], int]) -> tuple[Sequence[int], set[int]]:
    """The figures whose extreme one, or ones, count as the next, and the places of these; they are not all equal."""
    end = extreme(nums)
    moved = {at for at, num in enumerate(nums) if num == end}
    next_one = extreme(num for num in nums if num != end)
    return [next_one if at in moved else num for at, num in enumerate(nums)], moved


def _logarithm(nums: Sequence[int], den: int, digits: int) -> Transform:
    """The logarithm `log_CT`: of the distance to the least value, and a hundredth of the whole range."""
    low, high = Fraction(min(nums), den), Fraction(max(nums), den)
    return Transform("log", digits, (high - low) / 100 - low)


TREATMENTS: Mapping[str, type[Treatment]] = {each.kind: each for each in (Winsorise, Percentile, Skewness)}
