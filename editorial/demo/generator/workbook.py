"""Workbooks whose bytes depend on their cells alone: no clock, no program's name, no compression."""

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

type Cell = str | int | Decimal
type Rows = Sequence[Sequence[Cell]]
# The oldest date that a zip can hold.
_DATE = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """An .xlsx file of these sheets, each a name and its rows. An empty text is an empty cell."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _listing([name for name, _rows in sheets]),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
        ),
        **{f"xl/worksheets/sheet{n}.xml": _sheet(rows) for n, (_name, rows) in enumerate(sheets, start=1)},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            # As if written on any system.
            entry.create_system = 0
            package.writestr(entry, _HEAD + text)
    return written.getvalue()


def column_name(column: int) -> str:
    """The letters of a column counted from 1.

    >>> column_name(1), column_name(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheet(rows: Rows) -> str:
    written = "".join(
        f'<row r="{line}">{"".join(_cell(f"{column_name(place)}{line}", cell) for place, cell in enumerate(row, 1))}'
        "</row>"
        for line, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_SHEETS}"><sheetData>{written}</sheetData></worksheet>'


def _cell(reference: str, cell: Cell) -> str:
    if cell == "":
        return ""
    if isinstance(cell, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return (
        f'<c r="{reference}"><v>{cell:f}</v></c>'
        if isinstance(cell, Decimal)
        else f'<c r="{reference}"><v>{cell}</v></c>'
    )


def _listing(names: Sequence[str]) -> str:
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    return f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _content_types(sheets: int) -> str:
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{listed}</Types>'
    )
