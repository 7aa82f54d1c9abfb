"""Real files for the tests of imports: bytes as people send them, and workbooks damaged on purpose."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import openpyxl

from schools.importing import (
    Extraction,
    FileRefused,
    IndicatorRule,
    Problem,
    extract,
    parse_mapping,
    read_document,
)

HEAD = 'format = 1\ntitle = "Essai"\nreference_year = 2025\nkey = { scheme = "uai", column = "UAI" }\n'
SHARE = '[[value]]\nindicator = "part"\ncolumn = "Part"\n'
ABSENCES = '[absences]\n"" = "missing"\n"nd" = "not_communicated"\n"ns" = "secret"\n"so" = "not_applicable"\n'
RULES = {
    "part": IndicatorRule("part", Decimal(0), Decimal(100), 1, "percentage"),
    "places": IndicatorRule("places", Decimal(0), None, 0, "count"),
    "solde": IndicatorRule("solde", None, None, 2, "euros"),
}
# Three well-formed numbers of schools, their letters right.
LAC, MONT, PORT = "0062197F", "0590348H", "0755890V"


def refused(content: bytes, name: str) -> Problem:
    """The single reason why this file is refused."""
    try:
        read_document(content, name)
    except FileRefused as error:
        (problem,) = error.problems
        assert problem.message
        assert problem.place.startswith("fichier ")
        return problem
    raise AssertionError("the file was read")


def extracted(table: str, mapping: str, name: str = "essai.csv") -> Extraction:
    """What a CSV text says under a mapping text."""
    return extract(read_document(table.encode(), name), parse_mapping(mapping), RULES)


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The bytes of a workbook that this function fills."""
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def simple_workbook(*rows: tuple[object, ...], title: str = "Emploi") -> bytes:
    """A workbook of one sheet with these rows."""

    def fill(book: openpyxl.Workbook) -> None:
        book.active.title = title
        for row in rows:
            book.active.append(row)

    return workbook(fill)


def rezipped(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same workbook after this change to its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def with_sheet(xml_rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook whose only sheet has this XML for rows: what spreadsheets write and openpyxl would not."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xml = f'<?xml version="1.0"?><worksheet {space}>{before}<sheetData>{xml_rows}</sheetData>{after}</worksheet>'

    def change(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet1.xml"] = xml.encode()

    return rezipped(simple_workbook(("UAI", "Part")), change)
