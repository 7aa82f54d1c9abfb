"""What was read in a file: sheets of cells, with nothing interpreted yet."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Kind = Literal["text", "number", "error", "formula", "empty", "date", "boolean"]


@cache
def column_letters(column: int) -> str:
    """The letters of a column counted from 1, as spreadsheets write them.

    >>> column_letters(1), column_letters(26), column_letters(27), column_letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of an address such as K47; None for what is no cell: a page, a paragraph.

    >>> place_of("K47"), place_of("AA1"), place_of("p. 12")
    ((47, 11), (1, 27), None)
    """
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is exactly what the file holds, spaces included; a number of a workbook is its stored digits.

    Kinds: a CSV file has only "text" and "empty" (nothing but spaces). In a workbook, "formula" is a formula without
    a usable result, "error" an error such as #N/A: neither is ever an empty cell.
    """

    sheet: str
    row: int
    column: int
    text: str
    kind: Kind

    @property
    def reference(self) -> str:
        """The address of the cell, such as K47."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; its name is empty for a CSV file.

    rows[i] is row number i + 1. A CSV record stands at its first physical line, the lines it spreads over being empty
    rows. The rows of a CSV file have the length they have in the file; those of a workbook end at their last filled
    cell, and the sheet ends at its last filled row. Row and column numbers of the other fields count from 1.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    computed: frozenset[tuple[int, int]] = field(default_factory=frozenset)  # row, column of results of formulas

    def cell(self, row: int, column: int) -> Cell:
        """The cell at this row and column, counted from 1; an empty one where the file holds none."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(self.name, row, column, "", "empty")


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `encoding` and `delimiter` are those of a CSV file, None for a workbook."""

    name: str
    sha256: str
    kind: Literal["csv", "xlsx"]
    encoding: str | None
    delimiter: str | None
    sheets: tuple[Sheet, ...]
