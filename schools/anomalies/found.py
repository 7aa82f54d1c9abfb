"""An anomaly as a detector finds it: where, what, and which values it touches."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import get_language, gettext

from schools.anomalies.sentences import SENTENCES
from schools.typography import number

Severity = Literal["blocking", "remark"]
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Parameters that are digits and no figures: a year has no thousands.
_PLAIN = ("year", "value", "key")


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing that looks wrong.

    `code`: its kind, one of `schools.models.Anomaly.Code`. `cells`: references, in the order of the file. `subjects`:
    the keys of the rows as read, each once. `sentence`: which of SENTENCES says it, with `params`. `touches`:
    (indicator, reference of its value cell) of every value that is made of these cells; empty for a remark on what the
    mapping does not read, or leaves out as not measured.
    """

    code: str
    severity: Severity
    sheet: str
    cells: tuple[str, ...]
    columns: tuple[str, ...]
    subjects: tuple[str, ...]
    year: int | None
    sentence: str
    params: Mapping[str, str] = field(hash=False)
    touches: frozenset[tuple[str, str]] = frozenset()

    @property
    def message(self) -> str:
        """What is wrong, with its figures, in the reader's language."""
        return said(self.sentence, self.params)


def said(sentence: str, params: Mapping[str, str]) -> str:
    """The sentence of this name with these parameters, in the reader's language; figures as it writes them."""
    lang = get_language()
    shown = {name: _shown(name, text, lang) for name, text in params.items()}
    return gettext(SENTENCES[sentence]).format(**shown)


def _shown(name: str, text: str, lang: str | None) -> str:
    if name.startswith(_PLAIN) or not _FIGURE.fullmatch(text):
        return text
    return number(text, lang=lang)


def listed(texts: Sequence[str], most: int = 6) -> str:
    """The first of these texts in a sentence, « … » standing for the others."""
    return ", ".join(texts[:most]) + (", …" if len(texts) > most else "")


def spans(years: Sequence[int]) -> str:
    """Years in order, as a sentence writes them.

    >>> spans([2007, 2009, 2010, 2011])
    '2007, 2009–2011'
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
