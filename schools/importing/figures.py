"""Numbers as people and programs write them, read exactly or refused; and the one rounding of an import."""

import re
from decimal import Decimal
from fractions import Fraction

from schools.importing.limits import MAX_EXPONENT, MAX_NUMBER_TEXT, MAX_SIGNIFICANT_DIGITS

_SPACES = " \u00a0\u202f"
_NUMBER = re.compile(
    r"(?P<sign>[-\u2212]?)"
    rf"(?P<whole>[0-9]{{1,3}}(?:(?P<gap>[{_SPACES}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*)|[0-9]+)"
    r"(?:[.,](?P<fraction>[0-9]+))?"
    r"(?:[eE](?P<exponent>[-+]?[0-9]{1,3}))?"
)
_PERCENT = re.compile(rf"[{_SPACES}]?%\Z")
# Tried in this order on what the grammar refuses: the first that matches names the fault and its remedy.
_FAULTS = (
    ("number_not_finite", re.compile(r"[-+\u2212]?(?:nan|inf|infinity|infini)", re.IGNORECASE)),
    ("number_underscore", re.compile(r"[-+]?[0-9]+(?:_[0-9]+)+(?:[.,][0-9]+)?")),
    ("number_mixed_marks", re.compile(r"[-+\u2212]?[0-9]{1,3}(?:[.,'’][0-9]{3})+(?:[.,][0-9]+)?")),
    ("number_plus", re.compile(r"\+[0-9][0-9.,\u00a0\u202f ]*")),
    ("number_exponent", re.compile(r"[-\u2212]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+")),
    ("number_marked", re.compile(rf"[-\u2212]?[0-9][0-9.,{_SPACES}]*[^0-9.,{_SPACES}%][^0-9]*")),
)


class NotANumber(ValueError):
    """The text is not a number of the grammar; `code` names the fault."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def parse_number(text: str, *, percent_sign: bool = False) -> Decimal:
    """The number that this text writes, exactly. Zero has no sign.

    Grammar, between optional spaces: a minus (- or −); digits, bare or in groups of three kept apart by one and the
    same kind of space (plain, U+00A0, U+202F); a comma or a point and decimals; an exponent as programs write it
    (1e-05, at most 30). A comma is always a decimal comma, a point always a decimal point. `percent_sign` lets a final
    « % » stand, which changes nothing to the number. Raises NotANumber for all the rest.

    >>> parse_number("−1\u00a0234,50")
    Decimal('-1234.50')
    """
    bare = text.strip()
    percent = _PERCENT.search(bare)
    if percent:
        if not percent_sign:
            raise NotANumber("number_percent_sign")
        bare = bare[: percent.start()]
    if len(bare) > MAX_NUMBER_TEXT:
        raise NotANumber("number_too_long" if re.match(r"[-\u2212]?[0-9]", bare) else "number_not_one")
    found = _NUMBER.fullmatch(bare)
    if not found:
        raise NotANumber(_fault(bare))
    exponent = int(found["exponent"] or 0)
    if abs(exponent) > MAX_EXPONENT:
        raise NotANumber("number_exponent")
    whole, fraction = found["whole"], found["fraction"] or ""
    digits = (whole.replace(found["gap"], "") if found["gap"] else whole) + fraction
    # A text and copies keep every digit; arithmetic, abs() included, would round to the precision of the context.
    value = Decimal(f"{digits}E{exponent - len(fraction)}")
    return value.copy_negate() if found["sign"] and value else value


def _fault(text: str) -> str:
    if any(sign.isdigit() and sign not in "0123456789" for sign in text):
        return "number_foreign_digits"
    return next((code for code, pattern in _FAULTS if pattern.fullmatch(text)), "number_not_one")


def significant(value: Decimal) -> Decimal:
    """The number a workbook shows for what it stores: 15 significant digits, rounded half up.

    Spreadsheets keep 15 digits and write 17 (0.28999999999999998 for 0.29): the last two are not data.
    """
    digits = len(value.as_tuple().digits)
    if digits <= MAX_SIGNIFICANT_DIGITS:
        return value
    exponent = int(value.as_tuple().exponent) + digits - MAX_SIGNIFICANT_DIGITS
    return exact(rounded_half_up(Fraction(value) / Fraction(10) ** exponent, 0), exponent)


def exact(whole: Decimal, exponent: int) -> Decimal:
    """This whole number times that power of ten, without rounding."""
    sign, digits, own = whole.as_tuple()
    return Decimal((sign, digits, int(own) + exponent))


def rounded_half_up(value: Fraction, decimals: int) -> Decimal:
    """The value at this number of decimals, halves away from zero; never a negative zero. Done once per value.

    >>> rounded_half_up(Fraction(1, 8), 2), rounded_half_up(Fraction(-1, 8), 2)
    (Decimal('0.13'), Decimal('-0.13'))
    """
    numerator, denominator = value.as_integer_ratio()
    whole = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    sign = "-" if numerator < 0 and whole else ""
    return Decimal(f"{sign}{whole}E-{decimals}")
