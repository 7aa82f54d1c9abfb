"""Figures, shares and ranks as they are read, exact to the digit."""

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from schools.typography.text import NBSP, NNBSP, is_french

MINUS = "\u2212"
type Figure = Decimal | int | str

# Enough digits for any figure the database keeps (15) and any exact product shown beside it.
_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)


def exact(value: Figure) -> Decimal:
    """The decimal that was given, digit for digit.

    Raises TypeError for a binary float or a truth value, ValueError for a text that is no finite decimal.
    """
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):
        raise TypeError(f"a figure is a Decimal, an int or a decimal text, not {type(value).__name__}")
    try:
        result = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"not a decimal: {value!r}") from None
    if not result.is_finite():
        raise ValueError(f"not a finite decimal: {value!r}")
    return result


def rounded(value: Figure, digits: int | None) -> Decimal:
    """The figure as it is shown: rounded half away from zero to `digits` decimals, or as given when None."""
    shown = exact(value)
    return shown if digits is None else shown.quantize(Decimal(1).scaleb(-digits), context=_EXACT)


def number(value: Figure, digits: int | None = None, lang: str | None = "fr", *, signed: bool = False) -> str:
    """A figure as it is read: « −41 200,5 » or "−41,200.5".

    digits: figures after the decimal sign, rounded half away from zero; None keeps those that were given.
    signed: a plus sign before a gain. Zero has no sign. Thousands are grouped from 1 000 on: a year is not a figure.
    """
    shown = rounded(value, digits)
    # copy_abs, since abs() rounds to the precision of the context.
    whole, _, fraction = f"{shown.copy_abs():f}".partition(".")
    comma, group = (",", NNBSP) if is_french(lang) else (".", ",")
    text = f"{int(whole):,}".replace(",", group) + (comma + fraction if fraction else "")
    if shown < 0:
        return MINUS + text
    return "+" + text if signed and shown > 0 else text


def percent(value: Figure, digits: int | None = None, lang: str | None = "fr", *, signed: bool = False) -> str:
    """A share given in points of a hundred (38.4, not 0.384): « 38,4 % », "38.4%"."""
    return number(value, digits, lang, signed=signed) + (f"{NBSP}%" if is_french(lang) else "%")


def ordinal_parts(n: int, lang: str | None = "fr", *, masculine: bool = False) -> tuple[str, str]:
    """The digits and the raised letters of a place: (« 1 », « re »), (« 16 », « e »), ("22", "nd").

    Feminine by default, as « école » and « place » are; `masculine` gives « 1er ». Thousands are grouped.
    Raises ValueError under 1: there is no place before the first.
    """
    if isinstance(n, bool) or not isinstance(n, int):
        raise TypeError(f"a place is an int, not {type(n).__name__}")
    if n < 1:
        raise ValueError(f"no place number {n}")
    digits = number(n, lang=lang)
    if is_french(lang):
        return digits, ("er" if masculine else "re") if n == 1 else "e"
    if n % 100 in (11, 12, 13):
        return digits, "th"
    return digits, {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def ordinal(n: int, lang: str | None = "fr", *, masculine: bool = False) -> str:
    """A place in plain text, for attributes, files and feeds: « 1re », « 16e », "22nd"."""
    return "".join(ordinal_parts(n, lang, masculine=masculine))


def ordinal_html(n: int, lang: str | None = "fr", *, masculine: bool = False) -> str:
    """A place in HTML, its letters raised: « 16<sup>e</sup> ». Safe: made of digits and fixed letters only."""
    digits, letters = ordinal_parts(n, lang, masculine=masculine)
    return f"{digits}<sup>{letters}</sup>"


def tie_words(lang: str | None = "fr") -> str:
    """How a shared place is said, unbroken: « ex aequo », "equal"."""
    return f"ex{NBSP}aequo" if is_french(lang) else "equal"


def rank_words(rank: int, tied: bool = False, lang: str | None = "fr") -> str:
    """A rank in plain text, unbroken: « 16e ex aequo », "16th equal"."""
    return ordinal(rank, lang) + (NBSP + tie_words(lang) if tied else "")


def rank_words_html(rank: int, tied: bool = False, lang: str | None = "fr") -> str:
    """A rank in HTML, unbroken, its letters raised: « 16<sup>e</sup> ex aequo »."""
    return ordinal_html(rank, lang) + (NBSP + tie_words(lang) if tied else "")
