"""A piece of a certified file as the spreadsheet shows it, around the cells that are looked at."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from schools import files
from schools.importing import Cell, Document, Sheet, parse_mapping, read_document
from schools.importing.document import column_letters, place_of
from schools.models import ImportBatch, Source

MOST_ROWS, MOST_COLUMNS = 12, 6
AROUND_ROWS, AROUND_COLUMNS = 3, 2


@dataclass(frozen=True)
class Mark:
    """A cell to show: looked at (no status), refused (`err`) or to confirm (`sus`), with the word written inside."""

    sheet: str
    reference: str
    status: str = ""
    says: str = ""


@dataclass(frozen=True)
class Extract:
    """What `components/sheet_extract.html` shows. `left_out` says how many marked rows did not fit."""

    sheet: str
    columns: list[dict[str, object]] = field(default_factory=list)
    rows: list[dict[str, object]] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True)
class Landmarks:
    """Where a reader finds her way in a sheet: the row of headings, and the headings of name and key."""

    header_row: int = 1
    headings: tuple[str, ...] = ()


def landmarks_of(batch: ImportBatch | None) -> Landmarks:
    """Those of an import's mapping; the first row alone without one."""
    if batch is None:
        return Landmarks()
    mapping = parse_mapping(batch.mapping_text)
    names = [rule.column for rule in mapping.unit if rule.attribute == "name"]
    return Landmarks(mapping.header_row, (mapping.key.column, *names))


def document_of(source: Source) -> Document:
    """The kept file of a source, checked against its digest at every call. Raises `files.FileChanged`."""
    files.read(source.sha256)
    return _parsed(source.sha256, source.file_name)


@lru_cache(maxsize=4)
def _parsed(sha256: str, name: str) -> Document:
    return read_document(files.read(sha256), name)


def extract(document: Document, marks: Iterable[Mark], landmarks: Landmarks) -> Extract | None:
    """The neighbourhood of these cells in the sheet of the first; None when none of them is a cell of the file."""
    placed = [(mark, place) for mark in marks if (place := place_of(mark.reference))]
    sheet = _sheet(document, placed[0][0].sheet) if placed else None
    if sheet is None:
        return None
    here = {place: mark for mark, place in placed if mark.sheet == placed[0][0].sheet}
    rows, left_out = _rows(sheet, sorted({row for row, _column in here}), landmarks.header_row)
    named = _named_columns(sheet, landmarks)
    looked_at = {column for _row, column in here}
    columns = _columns(sheet, looked_at, named)
    far = {column for column in columns if column not in looked_at and column not in named[-1:]}
    heads = [{"letter": column_letters(c), "on": c in looked_at, "far": c in far} for c in columns]
    lines = [_line(sheet, row, columns, here, far) | {"head": row == landmarks.header_row} for row in rows]
    return Extract(sheet.name, heads, lines, left_out)


def _sheet(document: Document, name: str) -> Sheet | None:
    return next((sheet for sheet in document.sheets if sheet.name == name), None)


def _rows(sheet: Sheet, marked: Sequence[int], header_row: int) -> tuple[list[int], int]:
    """The rows to show under the headings: around one marked row, or the marked rows themselves when there are more."""
    last = len(sheet.rows)
    if len(marked) == 1:
        first = max(header_row + 1, marked[0] - AROUND_ROWS)
        shown = list(range(first, min(last, marked[0] + AROUND_ROWS) + 1))
    else:
        shown = list(marked[:MOST_ROWS])
    head = [header_row] if 0 < header_row <= last and header_row not in shown else []
    return head + shown, max(0, len(marked) - MOST_ROWS) if len(marked) > 1 else 0


def _named_columns(sheet: Sheet, landmarks: Landmarks) -> list[int]:
    """The columns of key and name, in that order, where the headings are found."""
    if not 0 < landmarks.header_row <= len(sheet.rows):
        return []
    headings = {cell.text.strip(): cell.column for cell in reversed(sheet.rows[landmarks.header_row - 1])}
    return [headings[heading.strip()] for heading in landmarks.headings if heading.strip() in headings]


def _columns(sheet: Sheet, marked: set[int], named: Sequence[int]) -> list[int]:
    width = max((len(row) for row in sheet.rows), default=0)
    kept = marked | set(named)
    for distance in range(1, AROUND_COLUMNS + 1):
        for column in sorted(marked):
            for near in (column - distance, column + distance):
                if 0 < near <= width and len(kept) < MOST_COLUMNS:
                    kept.add(near)
    return sorted(kept)


def _line(
    sheet: Sheet, number: int, columns: Sequence[int], here: dict[tuple[int, int], Mark], far: set[int]
) -> dict[str, object]:
    cells = [_cell(sheet.cell(number, c), here.get((number, c)), far=c in far) for c in columns]
    return {"number": number, "on": any((number, c) in here for c in columns), "cells": cells}


def _cell(cell: Cell, mark: Mark | None, *, far: bool) -> dict[str, object]:
    return {
        "text": cell.text.strip(),
        "on": mark is not None and not mark.status,
        "status": mark.status if mark else "",
        "says": mark.says if mark else "",
        "left": not _looks_like_a_figure(cell),
        "far": far,
    }


def _looks_like_a_figure(cell: Cell) -> bool:
    return cell.kind == "number" or bool(re.fullmatch(r"[-−]?[\d\s.,]+ ?%?", cell.text.strip()))
