"""Exact numbers: fractions inside, decimals at the edge, one function that rounds (Method § 7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

QUOTIENT_DIGITS = 12

# A mode says whether a number leaves zero, given its whole part without sign, and whether the rest is below (−),
# at (0) or above (+) the half.
_AWAY_FROM_ZERO: Mapping[str, Callable[[int, int], bool]] = {
    "half_up": lambda _, side: side >= 0,
    "half_even": lambda whole, side: side > 0 or (side == 0 and whole % 2 == 1),
    "down": lambda *_: False,
}
MODES: tuple[str, ...] = tuple(_AWAY_FROM_ZERO)


def round_value(x: Fraction | Decimal, digits: int, mode: str) -> Decimal:
    """What a number becomes when it is rounded: the only rounding of the engine (Method § 7).

    The answer has exactly `digits` decimals, and never a minus sign before zero. Modes, by what they do to a number
    between two candidates: `half_up` the nearest, the half away from zero; `half_even` the nearest, the half to the
    even digit; `down` the one nearer to zero. The context of `decimal` plays no part.
    Raises TypeError for anything but a Fraction or a Decimal, ValueError for an unknown mode or negative digits.

    >>> round_value(Decimal("2.345"), 2, "half_up"), round_value(Decimal("2.345"), 2, "half_even")
    (Decimal('2.35'), Decimal('2.34'))
    >>> round_value(Fraction(-1, 3), 0, "half_up"), round_value(Fraction(2, 3), 3, "down")
    (Decimal('0'), Decimal('0.666'))
    """
    # Built from its digits: arithmetic on decimals would silently obey the precision of the current context.
    return Decimal(f"{rounded_units(x, digits, mode)}E-{digits}")


def rounded_units(x: Fraction | Decimal, digits: int, mode: str) -> int:
    """The same as `round_value`, counted in units of the last decimal kept.

    >>> rounded_units(Decimal("2.345"), 2, "half_up"), rounded_units(Fraction(-1, 3), 0, "half_up")
    (235, 0)
    """
    if not isinstance(x, Fraction | Decimal):
        raise TypeError(f"only a Fraction or a Decimal can be rounded exactly, not {x!r}")
    if mode not in _AWAY_FROM_ZERO or digits < 0:
        raise ValueError(f"no rounding to {digits} decimals in mode {mode!r}")
    numerator, denominator = x.as_integer_ratio()
    whole: int
    whole, rest = divmod(abs(numerator) * 10**digits, denominator)
    if _AWAY_FROM_ZERO[mode](whole, 2 * rest - denominator):
        whole += 1
    return -whole if numerator < 0 else whole


@dataclass(frozen=True)
class Rounding:
    """A declared rounding: how many decimals are kept, and the mode of `round_value`.

    >>> Rounding(1, "half_up").apply(Fraction(1, 4))
    Decimal('0.3')
    """

    digits: int
    mode: str

    def apply(self, x: Fraction | Decimal) -> Decimal:
        """What the number becomes under this rounding."""
        return round_value(x, self.digits, self.mode)


def exact_decimal(x: Fraction) -> Decimal | None:
    """The same number as a Decimal with no needless zero; None when its decimals never end.

    >>> exact_decimal(Fraction(5, 4)), exact_decimal(Fraction(300)), exact_decimal(Fraction(1, 3))
    (Decimal('1.25'), Decimal('300'), None)
    """
    twos, rest = _multiplicity(x.denominator, 2)
    fives, rest = _multiplicity(rest, 5)
    return round_value(x, max(twos, fives), "down") if rest == 1 else None


def shown_decimal(x: Fraction) -> Decimal:
    """The number as a Decimal for the eye: exact, or to 12 decimals, half up, when its decimals never end.

    >>> shown_decimal(Fraction(1, 8)), shown_decimal(Fraction(2, 3))
    (Decimal('0.125'), Decimal('0.666666666667'))
    """
    exact = exact_decimal(x)
    return round_value(x, QUOTIENT_DIGITS, "half_up") if exact is None else exact


def decimal_text(x: Decimal) -> str:
    """A decimal written with the digits it has, without exponent and never as minus zero.

    >>> decimal_text(Decimal("1E+2")), decimal_text(Decimal("-0.0")), decimal_text(Decimal("7.50"))
    ('100', '0.0', '7.50')
    """
    text = format(x, "f")
    return text.removeprefix("-") if x.is_zero() else text


def exact_text(x: Fraction) -> str:
    """The one way an exact number is written: a decimal without needless zero, else a reduced fraction.

    >>> exact_text(Fraction("1.50")), exact_text(Fraction(-2, 6)), exact_text(Fraction(0))
    ('1.5', '-1/3', '0')
    """
    exact = exact_decimal(x)
    return f"{x.numerator}/{x.denominator}" if exact is None else decimal_text(exact)


def _multiplicity(number: int, factor: int) -> tuple[int, int]:
    times = 0
    while number % factor == 0:
        number //= factor
        times += 1
    return times, number
