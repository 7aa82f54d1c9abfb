"""French and English typography of texts, figures, ranks and dates: exact, and without Django, for every layer.

Languages are given by code: « fr » and its variants follow French usage, anything else is English.
Figures are Decimal, int or the canonical text of a decimal (« 1234.5 »); a binary float is refused everywhere.
"""

from schools.typography.dates import clock_words, date_words, duration_words, in_paris, instant_words
from schools.typography.figures import (
    MINUS,
    Figure,
    exact,
    number,
    ordinal,
    ordinal_html,
    ordinal_parts,
    percent,
    rank_words,
    rank_words_html,
    tie_words,
)
from schools.typography.text import APOSTROPHE, NBSP, NNBSP, french, is_french, typeset
from schools.typography.units import UNIT_CODES, value_with_unit

__all__ = [
    "APOSTROPHE",
    "MINUS",
    "NBSP",
    "NNBSP",
    "UNIT_CODES",
    "Figure",
    "clock_words",
    "date_words",
    "duration_words",
    "exact",
    "french",
    "in_paris",
    "instant_words",
    "is_french",
    "number",
    "ordinal",
    "ordinal_html",
    "ordinal_parts",
    "percent",
    "rank_words",
    "rank_words_html",
    "tie_words",
    "typeset",
    "value_with_unit",
]
