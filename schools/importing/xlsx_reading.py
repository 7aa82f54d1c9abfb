"""Workbooks: cells as openpyxl sees them, held against an independent scan of the same XML."""

import datetime
import io
import posixpath
import warnings
import zipfile
from dataclasses import dataclass
from typing import Any

import openpyxl
from defusedxml import ElementTree

from schools.importing.document import Cell, Kind, Sheet
from schools.importing.limits import MAX_CELLS, MAX_SHEETS
from schools.importing.problems import refusal
from schools.importing.xlsx_scan import SheetScan, scan_sheet


@dataclass(frozen=True, slots=True)
class _Part:
    """A worksheet as the workbook lists it."""

    name: str
    path: str
    hidden: bool


def read_sheets(content: bytes, package: zipfile.ZipFile, name: str) -> tuple[Sheet, ...]:
    """The worksheets in their order, charts left out; `package` is the checked zip of the same bytes.

    openpyxl reads as many rows as the sheet announces, and the announcement may lie: the bounds come from the scan, and
    both must find as many filled cells. Raises FileRefused otherwise, or when the workbook holds nothing.
    """
    parts = _worksheets(package, name)
    if len(parts) > MAX_SHEETS:
        raise refusal(name, "too_many_sheets", found=len(parts), limit=MAX_SHEETS)
    scans = [scan_sheet(package, part.path, name, part.name) for part in parts]
    if sum(scan.filled for scan in scans) > MAX_CELLS:
        raise refusal(name, "too_many_cells", limit=MAX_CELLS)
    if not any(scan.filled for scan in scans):
        raise refusal(name, "file_empty")
    try:
        with warnings.catch_warnings():
            # openpyxl warns of decorations it drops; none of them is data.
            warnings.simplefilter("ignore", UserWarning)
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                rows = [_rows(workbook[part.name], scan) for part, scan in zip(parts, scans, strict=True)]
            finally:
                workbook.close()
    except Exception as error:
        # A parser fed with damaged bytes may raise anything: whatever it is, the file cannot be read.
        raise refusal(name, "file_unreadable", detail=f"{type(error).__name__} : {error}") from error
    return tuple(_sheet(part, scan, *read, name) for part, scan, read in zip(parts, scans, rows, strict=True))


def _worksheets(package: zipfile.ZipFile, name: str) -> list[_Part]:
    try:
        workbook = ElementTree.fromstring(package.read("xl/workbook.xml"), forbid_dtd=True)
        relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        targets = {each.get("Id"): each for each in relations}
        parts = []
        for sheet in workbook.iter():
            if not sheet.tag.endswith("}sheet"):
                continue
            relation = targets[next(value for key, value in sheet.items() if key.endswith("}id"))]
            if relation.get("Type", "").endswith("/worksheet"):
                path = posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
                parts.append(_Part(sheet.get("name", ""), path, sheet.get("state", "visible") != "visible"))
    except (KeyError, StopIteration, ValueError, ElementTree.ParseError) as error:
        raise refusal(name, "file_unreadable", detail=f"xl/workbook.xml : {error}") from error
    return parts


def _rows(worksheet: Any, scan: SheetScan) -> tuple[list[tuple[Cell, ...]], int]:
    """The rows, and how many cells openpyxl found anything in, be it an empty text."""
    if not scan.filled:
        return [], 0
    worksheet.reset_dimensions()
    bounded = worksheet.iter_rows(min_row=1, max_row=scan.last_row, min_col=1, max_col=scan.last_column)
    rows, found = [], 0
    for row, read in enumerate(bounded, start=1):
        cells = [_cell(worksheet.title, row, column, each, scan) for column, each in enumerate(read, start=1)]
        found += sum(each.value is not None for each in read) + sum(cell.kind == "formula" for cell in cells)
        rows.append(_trimmed(cells))
    return rows, found


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells up to the last filled one: sheets are often formatted far beyond their data."""
    while cells and cells[-1].kind == "empty":
        cells.pop()
    return tuple(cells)


def _cell(sheet: str, row: int, column: int, read: Any, scan: SheetScan) -> Cell:
    text, kind = _content(read.value, read.data_type, scan, (row, column))
    return Cell(sheet, row, column, text, kind)


def _content(value: object, data_type: str, scan: SheetScan, place: tuple[int, int]) -> tuple[str, Kind]:
    if place in scan.uncomputed:
        return "", "formula"
    if value is None:
        return "", "empty"
    if place in scan.errors or data_type == "e":
        return str(value), "error"
    if isinstance(value, bool):
        return ("1" if value else "0"), "boolean"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return (str(value) if isinstance(value, datetime.timedelta) else value.isoformat()), "date"
    if place in scan.numbers:
        return scan.numbers[place], "number"
    return str(value), "text" if str(value).strip() else "empty"


def _sheet(part: _Part, scan: SheetScan, rows: list[tuple[Cell, ...]], found: int, name: str) -> Sheet:
    if found != scan.filled:
        raise refusal(name, "rows_disagree", part.name, scanned=scan.filled, read_count=found)
    return Sheet(
        part.name,
        tuple(rows),
        part.hidden,
        frozenset(scan.hidden_rows),
        frozenset(scan.hidden_columns),
        tuple(scan.merged),
        frozenset(scan.computed),
    )
