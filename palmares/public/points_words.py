"""Numbers of points of a scale, as they are read."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, ngettext

from rankings.engine.exact import exact_decimal, round_value, shown_decimal
from schools.typography import is_french, number

# What no method declares, a mean or a share, is written with so many decimals at most.
MOST_DECIMALS = 4


def plain_points(points: Fraction | Decimal) -> str:
    """« 2,5 »."""
    return number(shown_decimal(Fraction(points)), None, get_language())


def counted_points(points: Fraction | Decimal) -> str:
    """« 0 point », « 2,5 points »; in English all but one are plural."""
    exact = abs(Fraction(points))
    one = exact < 2 if is_french(get_language()) else exact == 1
    return ngettext("%(points)s point", "%(points)s points", 1 if one else 2) % {"points": plain_points(points)}


def shortened(figure: Fraction, decimals: int = MOST_DECIMALS) -> Decimal:
    """The figure for the eye: to so many decimals where it has more, without needless zeros."""
    rounded = round_value(figure, decimals, "half_up")
    return exact_decimal(Fraction(rounded)) or Decimal(0)
