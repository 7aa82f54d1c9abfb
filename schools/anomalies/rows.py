"""The rows of a file as the detectors read them: every column by its header, numbers exactly, nothing aggregated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from schools.importing.document import Cell, Document, Sheet
from schools.importing.figures import NotANumber, parse_number, significant
from schools.importing.mapping import Mapping
from schools.importing.texts import same_text_key


@dataclass(slots=True)
class Rows:
    """One sheet under one mapping. Rows are numbers counted from 1; headers are compared as the importer does.

    `kept`: the rows that the mapping's conditions keep, in order; the detectors look at those alone unless they say so.
    """

    sheet: Sheet
    mapping: Mapping
    headers: dict[str, int]
    every: tuple[int, ...]
    kept: tuple[int, ...] = ()
    _numbers: dict[tuple[int, int], Fraction | None] = field(default_factory=dict)

    def has(self, columns: Iterable[str]) -> bool:
        """Whether the file has all of these columns."""
        return all(same_text_key(column) in self.headers for column in columns)

    def cell(self, row: int, column: str) -> Cell:
        """The cell of this row under this header."""
        return self.sheet.cell(row, self.headers[same_text_key(column)])

    def text(self, row: int, column: str) -> str:
        """Its text, spaces made one."""
        return same_text_key(self.cell(row, column).text)

    def number(self, row: int, column: str) -> Fraction | None:
        """Its number; None for an absence and for what is no number, which the importer says."""
        place = (row, self.headers[same_text_key(column)])
        if place not in self._numbers:
            self._numbers[place] = _number(self.sheet.cell(*place))
        return self._numbers[place]

    def total(self, row: int, columns: Sequence[str]) -> Fraction | None:
        """The sum of these numbers; None when one is not there."""
        numbers = [self.number(row, column) for column in columns]
        return None if None in numbers else sum((n for n in numbers if n is not None), Fraction(0))

    def references(self, rows: Iterable[int], columns: Sequence[str]) -> tuple[str, ...]:
        """The addresses of these cells, row by row."""
        return tuple(self.cell(row, column).reference for row in rows for column in columns)

    def key(self, row: int) -> str:
        """What the row says its school is, as read."""
        return self.text(row, self.mapping.key.column)

    def keys(self, rows: Iterable[int]) -> tuple[str, ...]:
        """The same of several rows, each once, in order."""
        return tuple(dict.fromkeys(self.key(row) for row in rows))


def rows_of(document: Document, mapping: Mapping) -> Rows | None:
    """The rows that this mapping reads; None when the file has no such sheet or key, which the importer says."""
    sheet = _sheet(document, mapping)
    if sheet is None or not 0 < mapping.header_row <= len(sheet.rows):
        return None
    headers: dict[str, int] = {}
    for cell in sheet.rows[mapping.header_row - 1]:
        if cell.kind != "empty":
            headers.setdefault(same_text_key(cell.text), cell.column)
    every = tuple(
        number
        for number in range(mapping.header_row + 1, len(sheet.rows) + 1)
        if any(cell.kind != "empty" for cell in sheet.rows[number - 1])
    )
    rows = Rows(sheet, mapping, headers, every)
    if not rows.has([mapping.key.column, *(condition.column for condition in mapping.keep)]):
        return None
    rows.kept = tuple(row for row in every if _kept(rows, row))
    return rows


def _sheet(document: Document, mapping: Mapping) -> Sheet | None:
    if not mapping.sheet:
        return document.sheets[0] if len(document.sheets) == 1 else None
    wanted = same_text_key(mapping.sheet)
    return next((sheet for sheet in document.sheets if same_text_key(sheet.name) == wanted), None)


def _kept(rows: Rows, row: int) -> bool:
    for condition in rows.mapping.keep:
        text = rows.text(row, condition.column)
        starts = tuple(same_text_key(start) for start in condition.starts_with)
        if text not in {same_text_key(each) for each in condition.equals} and not (starts and text.startswith(starts)):
            return False
    return True


def _number(cell: Cell) -> Fraction | None:
    if cell.kind not in {"text", "number"}:
        return None
    try:
        value = parse_number(cell.text, percent_sign=True)
    except NotANumber:
        return None
    return Fraction(significant(value) if cell.kind == "number" else value)
