"""How a value is written with the unit of its indicator."""

from decimal import Decimal

from schools.typography.figures import MINUS, Figure, exact, number, ordinal, percent, rounded
from schools.typography.text import NBSP, is_french

# Unit code → singular and plural, French then English.
_DURATIONS = {
    "months": (("mois", "mois"), ("month", "months")),
    "weeks": (("semaine", "semaines"), ("week", "weeks")),
    "years": (("an", "ans"), ("year", "years")),
}
UNIT_CODES = ("percentage", "count", "ratio", "euros", *_DURATIONS, "mark", "boolean", "ordinal")


def value_with_unit(value: Figure, unit_code: str, decimals: int | None = None, lang: str | None = "fr") -> str:
    """A value as the reader says it, unbroken: « 38,4 % », « 41 200 € », « 2,5 mois », « oui », « 3e ».

    unit_code: one of `UNIT_CODES`; a count, a ratio and a mark stand alone, and a whole count has no decimals.
    Percentages are in points of a hundred.
    decimals: figures after the decimal sign, None keeps those given; a truth value and a place have none.
    Raises ValueError for an unknown unit, a truth value other than 0 or 1, a place that is not whole.
    """
    if unit_code == "percentage":
        return percent(value, decimals, lang)
    if unit_code == "euros":
        return _euros(value, decimals, lang)
    if unit_code in _DURATIONS:
        return _duration(value, unit_code, decimals, lang)
    if unit_code == "count":
        return number(_counted(value, decimals), None, lang)
    if unit_code in ("ratio", "mark"):
        return number(value, decimals, lang)
    if unit_code == "boolean":
        return _truth(value, lang)
    if unit_code == "ordinal":
        place = exact(value)
        if place != place.to_integral_value():
            raise ValueError(f"not a place: {value}")
        return ordinal(int(place), lang)
    raise ValueError(f"unknown unit of measure: {unit_code!r}")


def _counted(value: Figure, decimals: int | None) -> Decimal:
    """People are counted whole; a sum of shares of people may not be, and only then has decimals.

    >>> _counted("340.000000", 6), _counted("415.257", 2)
    (Decimal('340'), Decimal('415.26'))
    """
    shown = rounded(value, decimals)
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


def _euros(value: Figure, decimals: int | None, lang: str | None) -> str:
    text = number(value, decimals, lang)
    if is_french(lang):
        return f"{text}{NBSP}€"
    return f"{MINUS}€{text[1:]}" if text.startswith(MINUS) else f"€{text}"


def _duration(value: Figure, unit_code: str, decimals: int | None, lang: str | None) -> str:
    """French counts as one whatever is under two (« 1,5 semaine »), English only one itself."""
    french_words, english_words = _DURATIONS[unit_code]
    size = rounded(value, decimals).copy_abs()
    if is_french(lang):
        word = french_words[0 if size < 2 else 1]
    else:
        word = english_words[0 if size == 1 else 1]
    return f"{number(value, decimals, lang)}{NBSP}{word}"


def _truth(value: Figure, lang: str | None) -> str:
    shown = exact(value)
    if shown not in (0, 1):
        raise ValueError(f"neither yes nor no: {value}")
    yes, no = ("oui", "non") if is_french(lang) else ("yes", "no")
    return yes if shown == 1 else no
