"""The figures of every unit at once: whole numbers over one denominator, so that exact arithmetic stays fast.

A fraction costs a hundred times an integer. The figures of a column nearly always share a short denominator (a power
of ten, the width of a scale), and what is computed of them is then computed of integers. Where they share none, some
`nums` are fractions: every operation means the same, and is merely slower.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import lcm

from rankings.engine.absence import Absence
from rankings.engine.exact import Rounding, rounded_units

type Exact = int | Fraction

# Beyond so many bits a common denominator would cost more than fractions do.
_LONGEST_DENOMINATOR = 512


@dataclass(frozen=True, slots=True)
class Column:
    """One exact figure for each unit: `nums[i] / den`, or the kind of absence in `absent`, where `nums[i]` is 0.

    >>> column = Column.of([Fraction(1, 2), Absence.SECRET, Fraction(3)])
    >>> column.nums, column.den, column[1], column[2]
    ([1, 0, 6], 2, <Absence.SECRET: 'secret'>, Fraction(3, 1))
    """

    nums: Sequence[Exact]
    den: int
    absent: Mapping[int, Absence] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Iterable[Fraction | Absence]) -> "Column":
        """A column of figures, each known or absent."""
        listed = list(figures)
        absent = {at: figure for at, figure in enumerate(listed) if isinstance(figure, Absence)}
        nums, den = over_one(Fraction(0) if isinstance(figure, Absence) else figure for figure in listed)
        return cls(nums, den, absent)

    def __getitem__(self, at: int) -> Fraction | Absence:
        return self.absent[at] if at in self.absent else Fraction(self.nums[at]) / self.den

    @property
    def known(self) -> Sequence[Exact]:
        """The `nums` of the figures that are there, in their order."""
        return [num for at, num in enumerate(self.nums) if at not in self.absent] if self.absent else self.nums

    def apply(self, function: Callable[[Fraction], Fraction]) -> "Column":
        """The column of a function of each known figure; a figure met again is not computed again."""
        found = {num: function(Fraction(num) / self.den) for num in set(self.known)}
        nums, den = over_one(found.values())
        new = dict(zip(found, nums, strict=True))
        return Column([0 if at in self.absent else new[num] for at, num in enumerate(self.nums)], den, self.absent)


def over_one(figures: Iterable[Fraction]) -> tuple[list[Exact], int]:
    """The same figures over one denominator; over 1, and fractions, when theirs share only an immense one.

    >>> over_one([Fraction(1, 2), Fraction(2, 3)])
    ([3, 4], 6)
    """
    listed = list(figures)
    den = 1
    for denominator in {figure.denominator for figure in listed}:
        den = lcm(den, denominator)
        if den.bit_length() > _LONGEST_DENOMINATOR:
            return [*listed], 1
    return [figure.numerator * (den // figure.denominator) for figure in listed], den


def scaled(figure: Fraction | Decimal, den: int) -> Exact:
    """A figure as a numerator over `den`: an integer where it is one.

    >>> scaled(Decimal("1.5"), 10), scaled(Fraction(1, 3), 10)
    (15, Fraction(10, 3))
    """
    exact = Fraction(figure) * den
    return exact.numerator if exact.denominator == 1 else exact


def rounded(nums: Sequence[Exact], den: int, rounding: Rounding) -> list[int]:
    """Each figure `num / den` rounded as declared, counted in units of its last decimal (Method § 7).

    >>> rounded([25, 35, -25], 100, Rounding(1, "half_up"))
    [3, 4, -3]
    """
    if rounding.mode == "half_up" and min(nums, default=0) >= 0:
        twice, double = 2 * 10**rounding.digits, 2 * den
        return [(twice * num + den) // double for num in nums]
    return [rounded_units(Fraction(num) / den, rounding.digits, rounding.mode) for num in nums]
