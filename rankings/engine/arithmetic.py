"""Logarithms and square roots, to a stated number of digits (Method § 7.1).

They nearly never have an exact value. Each answer is the one number of so many significant digits that is nearest to
the true one (the even one of two, were there a tie), whatever the machine and the context of `decimal`; what follows
computes with that number exactly. Cost: about a tenth of a millisecond for each distinct figure at 50 digits.
"""

from collections.abc import Callable, Mapping
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import isqrt

from rankings.engine.canonical import Toml
from rankings.engine.exact import exact_decimal
from rankings.engine.tables import Range, Table

# What a method counts with that does not say.
DIGITS = 50
KEYS = ("digits",)
_ALLOWED = Range("a whole number from 20 to 200", low=Decimal(20), high=Decimal(200), whole=True)
# More than enough for two logarithms whose first digits cancel out; if it is not, the precision is doubled.
_SPARE = 15


def read_digits(top: Table) -> int:
    """The significant digits that a method file asks for, in its table `arithmetic`."""
    table = top.table("arithmetic") if "arithmetic" in top.raw else None
    if table is None:
        return DIGITS
    table.close(KEYS)
    return int(table.number("digits", _ALLOWED, Decimal(DIGITS)))


def written_digits(digits: int) -> Mapping[str, Toml]:
    """The same table as the canonical text has it: nothing for what goes without saying."""
    return {} if digits == DIGITS else {"arithmetic": {"digits": Decimal(digits)}}


def significant(x: Fraction, digits: int) -> Fraction:
    """The number of so many significant digits that is nearest, the even one of two.

    >>> significant(Fraction(2, 3), 3), significant(Fraction(-12345), 3)
    (Fraction(667, 1000), Fraction(-12300, 1))
    """
    return Fraction(context(digits).divide(*map(Decimal, x.as_integer_ratio())))


def log(x: Fraction, digits: int = DIGITS) -> Fraction:
    """The natural logarithm of a number above 0, to so many significant digits. ValueError for any other.

    >>> log(Fraction(100), 20) == Fraction("4.6051701859880913680"), log(Fraction(1))
    (True, Fraction(0, 1))
    """
    return _logarithm(x, digits, Context.ln)


def log10(x: Fraction, digits: int = DIGITS) -> Fraction:
    """The decimal logarithm of a number above 0, to so many significant digits; exact for a power of ten.

    >>> log10(Fraction(1, 1000)), log10(Fraction(2), 20) == Fraction("0.30102999566398119521")
    (Fraction(-3, 1), True)
    """
    return _logarithm(x, digits, Context.log10)


def sqrt(x: Fraction, digits: int = DIGITS) -> Fraction:
    """The square root of a number from 0, exact for the square of a fraction, else to so many significant digits.

    >>> sqrt(Fraction(4, 9)), sqrt(Fraction(2), 20) == Fraction("1.4142135623730950488")
    (Fraction(2, 3), True)
    """
    if x < 0:
        raise ValueError(f"no square root of {x}")
    above, below = isqrt(x.numerator), isqrt(x.denominator)
    if above**2 == x.numerator and below**2 == x.denominator:
        return Fraction(above, below)
    # Cut after more digits than are kept, and never exact: the half added stands for what was cut.
    longer = max(0, x.denominator.bit_length() - x.numerator.bit_length())
    unit = 10 ** (digits + 2 + longer // 3)
    cut = isqrt(x.numerator * unit**2 // x.denominator)
    return significant(Fraction(2 * cut + 1, 2 * unit), digits)


def _logarithm(x: Fraction, digits: int, of: Callable[[Context, Decimal], Decimal]) -> Fraction:
    if x <= 0:
        raise ValueError(f"no logarithm of {x}")
    if x == 1:
        return Fraction(0)
    if (decimal := exact_decimal(x)) is not None:
        return Fraction(of(context(digits), decimal))
    precision = digits + _SPARE
    while True:
        above, below = (Fraction(of(context(precision), Decimal(part))) for part in x.as_integer_ratio())
        # Each logarithm is within half a unit of its last digit.
        error = (abs(above) + abs(below)) / 10 ** (precision - 1)
        low, high = (significant(above - below + side * error, digits) for side in (-1, 1))
        if low == high:
            return low
        precision *= 2


def context(digits: int) -> Context:
    """What computes to so many significant digits, half even, whatever the current context of `decimal`."""
    return Context(prec=digits, rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN)
