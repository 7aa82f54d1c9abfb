"""Shares and counts, exactly: what a written share allows, and how rare a repetition is by chance."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

# Programs write a fraction with 15 to 17 significant digits, of which the last are not data.
_TRUSTED_DIGITS = 12


def slack(text: str, value: Fraction) -> Fraction:
    """Half a unit of the last digit that this text writes: what rounding alone may have changed.

    >>> slack("55.06", Fraction("55.06"))
    Fraction(1, 200)
    """
    decimals = len(text.strip().replace(",", ".").partition(".")[2].rstrip("%\u00a0\u202f "))
    written = Fraction(1, 2 * 10**decimals)
    trusted = abs(value) / 10**_TRUSTED_DIGITS
    return max(written, trusted)


def simplest(value: Fraction, within: Fraction) -> Fraction:
    """The fraction of least denominator no further than `within` from this value, never negative.

    >>> simplest(Fraction("0.5357142857142857"), Fraction(1, 10**12))
    Fraction(15, 28)
    """
    return _between(max(Fraction(0), value - within), value + within)


def _between(low: Fraction, high: Fraction) -> Fraction:
    """The simplest fraction of a closed interval, by its continued fraction."""
    whole = floor(low)
    if whole == low:
        return Fraction(whole)
    if whole + 1 <= high:
        return Fraction(whole + 1)
    return whole + 1 / _between(1 / (high - whole), 1 / (low - whole))


def chance(count: int, expected: Fraction) -> Decimal:
    """The probability that something expected so many times happens at least `count` times (Poisson's upper tail).

    >>> chance(3, Fraction(1)).quantize(Decimal("0.0001"))
    Decimal('0.0803')
    """
    if count <= 0:
        return Decimal(1)
    with localcontext() as context:
        context.prec = 40
        rate = Decimal(expected.numerator) / Decimal(expected.denominator)
        term = (-rate).exp()
        for step in range(1, count + 1):
            term = term * rate / step
        total, step = term, count
        # The terms fall faster than a geometric series once past the rate.
        while step <= rate or term > total * Decimal("1e-12"):
            step += 1
            term = term * rate / step
            total += term
        return min(total, Decimal(1))
