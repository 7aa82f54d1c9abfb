"""Points along a straight line, for a whole column (Method § 3)."""

from fractions import Fraction
from math import lcm

from rankings.engine.columns import Column, Exact


def along(values: Column, slope: Fraction, start: Fraction, limits: tuple[Fraction, Fraction] | None) -> Column:
    """`start + slope × value` for each value, kept between two limits when there are any.

    >>> along(Column.of([Fraction(1), Fraction(4)]), Fraction(5, 2), Fraction(1), (Fraction(0), Fraction(10))).nums
    [7, 20]
    """
    den = values.den * slope.denominator
    whole = lcm(den, start.denominator, *(limit.denominator for limit in limits or ()))
    factor, added = slope.numerator * (whole // den), _over(start, whole)
    if limits is None:
        nums: list[Exact] = [num * factor + added for num in values.nums]
    else:
        least, most = (_over(limit, whole) for limit in limits)
        nums = [min(max(num * factor + added, least), most) for num in values.nums]
    return Column(nums, whole, values.absent)


def _over(figure: Fraction, den: int) -> int:
    return figure.numerator * (den // figure.denominator)
