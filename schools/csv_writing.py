"""CSV files that a spreadsheet opens without running anything."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, their full-width twins included.
_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)

type Cell = str | int | None


def neutral(cell: Cell) -> str:
    """The cell as text that no spreadsheet runs: an apostrophe before what would begin a formula. Numbers stay.

    >>> neutral("=1+1"), neutral("-12.5"), neutral("-12.5+A1"), neutral(None)
    ("'=1+1", '-12.5', "'-12.5+A1", '')
    """
    text = "" if cell is None else str(cell)
    # Some programs drop blanks first, and would then see the formula.
    if text.lstrip(" \u00a0\u202f").startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return text.replace("\0", "")


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The lines of an RFC 4180 file, one at a time, its mark of UTF-8 first; every cell is neutral."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    yield BOM
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        yield text.getvalue()
        text.seek(0)
        text.truncate()
