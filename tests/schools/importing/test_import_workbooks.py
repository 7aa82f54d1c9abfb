"""Workbooks: hostile, damaged or merely messy; none read wrong, none read short."""

import datetime
import io
import struct
import time
import tracemalloc
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from schools.importing import Document, Extraction, FileRefused, extract, parse_mapping, read_document
from schools.importing.limits import MAX_UNPACKED_BYTES
from schools.importing.xlsx_scan import scan_sheet
from tests.schools.importing.building import (
    ABSENCES,
    HEAD,
    LAC,
    MONT,
    PORT,
    RULES,
    SHARE,
    refused,
    rezipped,
    simple_workbook,
    with_sheet,
    workbook,
)

HEADERS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>UAI</t></is></c><c r="B1" t="inlineStr"><is><t>Part</t></is></c></row>'
)


def key(row: int, uai: str = LAC) -> str:
    return f'<c r="A{row}" t="inlineStr"><is><t>{uai}</t></is></c>'


def read(content: bytes) -> Document:
    return read_document(content, "a.xlsx")


def extracted_workbook(content: bytes, mapping: str = HEAD + ABSENCES + SHARE) -> Extraction:
    return extract(read(content), parse_mapping(mapping), RULES)


def codes(extraction: Extraction) -> list[tuple[str, str]]:
    assert all(problem.message for problem in extraction.problems)
    return [(problem.cell, problem.code) for problem in extraction.problems]


def test_workbook_cells_have_their_kind_and_stored_text() -> None:
    day = datetime.datetime(2026, 2, 1)  # noqa: DTZ001, spreadsheets know no time zones
    content = simple_workbook(("UAI", 42, 0.1, True, day, None, "x", datetime.time(8, 30)), ("a",))
    sheet = read(content).sheets[0]
    assert [(cell.text, cell.kind) for cell in sheet.rows[0]] == [
        ("UAI", "text"),
        ("42", "number"),
        ("0.1", "number"),
        ("1", "boolean"),
        ("2026-02-01T00:00:00", "date"),
        ("", "empty"),
        ("x", "text"),
        ("08:30:00", "date"),
    ]
    assert [len(row) for row in sheet.rows] == [8, 1]
    assert sheet.name == "Emploi"


def test_workbook_number_keeps_the_digits_of_the_file() -> None:
    content = with_sheet(HEADERS + f'<row r="2">{key(2)}<c r="B2"><v>0.28999999999999998</v></c></row>')
    assert read(content).sheets[0].rows[1][1].text == "0.28999999999999998"
    (value,) = extracted_workbook(content).values
    assert str(value.value) == "0.3"


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_workbook_error_cell_is_refused_never_empty(error: str) -> None:
    content = with_sheet(HEADERS + f'<row r="2">{key(2)}<c r="B2" t="e"><v>{error}</v></c></row>')
    found = extracted_workbook(content)
    assert codes(found) == [("B2", "cell_error")]
    assert found.problems[0].read == error
    assert found.problems[0].place == "fichier a.xlsx, feuille «\u00a0Emploi\u00a0», cellule B2"
    assert found.values == ()


@pytest.mark.parametrize("cell", ["<f>A1</f>", "<f>A1</f><v></v>", '<f t="shared" si="0"/><v/>'])
def test_workbook_formula_without_result_is_refused_never_empty(cell: str) -> None:
    content = with_sheet(HEADERS + f'<row r="2">{key(2)}<c r="B2" t="str">{cell}</c></row>')
    found = extracted_workbook(content)
    assert codes(found) == [("B2", "cell_formula")]
    assert found.values == ()


def test_workbook_formula_with_result_is_read_and_flagged() -> None:
    content = with_sheet(HEADERS + f'<row r="2">{key(2)}<c r="B2"><f>6*7</f><v>42</v></c></row>')
    found = extracted_workbook(content)
    assert codes(found) == [("B1", "column_computed")]
    assert found.problems[0].severity == "suspicious"
    assert str(found.values[0].value) == "42.0"


def test_workbook_number_stored_beyond_measure_is_refused() -> None:
    content = with_sheet(HEADERS + f'<row r="2">{key(2)}<c r="B2"><v>1E400</v></c></row>')
    assert codes(extracted_workbook(content)) == [("B2", "number_exponent")]


def test_workbook_date_and_boolean_are_no_numbers_and_a_number_no_key() -> None:
    content = simple_workbook(
        ("UAI", "Part"),
        (LAC, datetime.date(2026, 5, 1)),
        (MONT, True),
        (62197, 3),
    )
    found = extracted_workbook(content)
    assert codes(found) == [("B2", "number_is_date"), ("B3", "number_is_boolean"), ("A4", "key_number")]


def test_workbook_merged_cells_are_refused_where_used() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in (("UAI", "Part", "Note"), (LAC, 10, "a"), (MONT, None, "b"), (PORT, 20, None)):
            book.active.append(row)
        book.active.merge_cells("B2:B3")
        book.active.merge_cells("C3:C4")

    found = extracted_workbook(workbook(fill))
    assert codes(found) == [("B2", "cell_merged"), ("B3", "cell_merged")]
    assert [value.key for value in found.values] == [PORT]


def test_workbook_hidden_sheet_rows_and_columns_are_flagged() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Caché")
        sheet.sheet_state = "hidden"
        for row in (("UAI", "Part"), (LAC, 10), (MONT, 20)):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    found = extracted_workbook(workbook(fill), 'sheet = "Caché"\n' + HEAD + SHARE)
    assert codes(found) == [("", "rows_hidden"), ("", "sheet_hidden"), ("B1", "column_hidden")]
    assert {problem.severity for problem in found.problems} == {"suspicious"}
    assert len(found.values) == 2


def test_workbook_sheet_must_be_named_among_several() -> None:
    content = workbook(lambda book: [book.create_sheet("Deux"), book["Sheet"].append(("UAI", "Part"))])
    assert codes(extracted_workbook(content)) == [("", "sheet_not_named")]
    missing = extracted_workbook(content, 'sheet = "Trois"\n' + HEAD + SHARE)
    assert codes(missing) == [("", "sheet_missing")]
    assert "«\u00a0Deux\u00a0»" in missing.problems[0].message
    assert codes(extracted_workbook(content, 'sheet = " Sheet "\n' + HEAD + SHARE)) == [("", "only_headers")]
    assert codes(extracted_workbook(content, 'sheet = "Deux"\n' + HEAD + SHARE)) == [("", "header_row_empty")]


def test_workbook_lying_dimension_changes_nothing() -> None:
    rows = "".join(f'<row r="{row}">{key(row)}<c r="B{row}"><v>1</v></c></row>' for row in range(2, 502))
    content = with_sheet(HEADERS + rows, before='<dimension ref="A1:B2"/>')
    assert len(read(content).sheets[0].rows) == 501


def test_workbook_rows_and_cells_without_numbers_are_counted() -> None:
    content = with_sheet(
        '<row><c/><c t="inlineStr"><is><t>UAI</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row>'
    )
    rows = read(content).sheets[0].rows
    assert [(cell.reference, cell.text) for row in rows for cell in row] == [
        ("A1", ""),
        ("B1", "UAI"),
        ("A2", "1"),
        ("B2", "2"),
    ]


def test_workbook_read_two_ways_that_disagree_is_refused() -> None:
    # The same cell twice: one reader keeps both, the other the last.
    content = with_sheet(HEADERS + f'<row r="2">{key(2)}<c r="B2"><v>1</v></c></row><row r="2">{key(2, MONT)}</row>')
    assert refused(content, "a.xlsx").code == "rows_disagree"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="1"><c r="ÉÉ1"><v>1</v></c></row>', "file_unreadable"),
        ('<row r="1"><c r="A1"><v>1</v></row>', "file_unreadable"),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "file_unreadable"),
        ("", "file_empty"),
    ],
)
def test_workbook_sheet_refused_for_its_reason(rows: str, code: str) -> None:
    assert refused(with_sheet(rows), "a.xlsx").code == code


def test_workbook_with_too_many_cells_or_sheets_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = simple_workbook(("UAI", "Part"), (LAC, 1))
    monkeypatch.setattr("schools.importing.xlsx_scan.MAX_CELLS", 3)
    assert refused(content, "a.xlsx").code == "too_many_cells"
    monkeypatch.setattr("schools.importing.xlsx_scan.MAX_CELLS", 4)
    monkeypatch.setattr("schools.importing.xlsx_reading.MAX_CELLS", 3)
    assert refused(content, "a.xlsx").code == "too_many_cells"
    many = workbook(lambda book: [book.create_sheet(f"F{number}") for number in range(60)])
    assert refused(many, "a.xlsx").code == "too_many_sheets"


def with_part(name: str, part: bytes) -> bytes:
    return rezipped(simple_workbook(("UAI", "Part")), lambda parts: parts.__setitem__(name, part))


def without_part(name: str) -> bytes:
    return rezipped(simple_workbook(("UAI", "Part")), lambda parts: parts.pop(name))


def bad_checksum() -> bytes:
    content = simple_workbook(("UAI", "Part"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        crc = package.getinfo("xl/workbook.xml").CRC
    return content.replace(struct.pack("<L", crc), struct.pack("<L", crc ^ 1))


def twice() -> bytes:
    out = io.BytesIO(simple_workbook(("UAI", "Part")))
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/workbook.xml", b"<a/>")
    return out.getvalue()


def locked() -> bytes:
    content = bytearray(simple_workbook(("UAI", "Part")))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: simple_workbook(("UAI", "Part"))[:-200], "file_damaged"),
        (lambda: simple_workbook(("UAI", "Part"))[:1000], "file_damaged"),
        (bad_checksum, "file_damaged"),
        (twice, "file_part_twice"),
        (locked, "file_encrypted"),
        (lambda: with_part("xl/vbaProject.bin", b"x"), "file_macros"),
        (lambda: with_part("docProps/autre.xml", LAUGHS), "file_doctype"),
        (lambda: with_part("docProps/autre.xml", LAUGHS.decode().encode("utf-16")), "file_doctype"),
        (lambda: with_part("xl/worksheets/sheet1.xml", LAUGHS), "file_doctype"),
        (lambda: with_part("a.xml", b" " * (256 * 1024 - 4) + b"<!DOCTYPE a>"), "file_doctype"),
        (lambda: with_part("xl/workbook.xml", b"<a/"), "file_unreadable"),
        (lambda: with_part("xl/workbook.xml", b"<a/>"), "file_empty"),
        (lambda: without_part("xl/_rels/workbook.xml.rels"), "file_unreadable"),
        (lambda: without_part("xl/worksheets/sheet1.xml"), "file_unreadable"),
        (lambda: without_part("xl/workbook.xml"), "file_not_xlsx_inside"),
    ],
)
def test_package_refused_for_its_reason(make: object, code: str) -> None:
    assert callable(make)
    assert refused(make(), "a.xlsx").code == code


def test_package_with_too_many_parts_is_refused() -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts.update({f"xl/media/image{number}.png": b"" for number in range(200)})

    assert refused(rezipped(simple_workbook(("UAI", "Part")), change), "a.xlsx").code == "file_too_many_parts"


def test_zip_bomb_is_refused_before_it_is_inflated() -> None:
    out = io.BytesIO(simple_workbook(("UAI", "Part")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/media/zeros.bin", "w") as stream:
        for _ in range(101):
            stream.write(bytes(1024 * 1024))
    content = out.getvalue()
    tracemalloc.start()
    began = time.perf_counter()
    problem = refused(content, "a.xlsx")
    took = time.perf_counter() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.code == "file_too_large_unpacked"
    assert took < 1
    assert peak < 5_000_000


def test_zip_whose_directory_lies_is_refused_while_inflating(monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_part("xl/media/zeros.bin", bytes(3_000_000))
    # A directory that announces less than it holds ends in a wrong checksum, not in memory.
    smaller = content.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 10))
    assert smaller != content
    assert refused(smaller, "a.xlsx").code == "file_damaged"
    # The count of bytes holds on its own, should a directory get past the first check.
    monkeypatch.setattr("schools.importing.xlsx_package._check_directory", lambda package, name: None)
    monkeypatch.setattr("schools.importing.xlsx_package.MAX_UNPACKED_BYTES", 2_000_000)
    assert refused(content, "a.xlsx").code == "file_too_large_unpacked"
    assert MAX_UNPACKED_BYTES == 100 * 1024 * 1024


def test_chart_sheets_are_left_out() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(("UAI", "Part"))
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=1, min_row=1))
        book.create_chartsheet("Graphique").add_chart(chart)

    assert [sheet.name for sheet in read(workbook(fill)).sheets] == ["Sheet"]


def test_scan_refuses_a_doctype_by_itself() -> None:
    # The check of the package comes first; the scan does not lean on it.
    content = with_part("xl/worksheets/sheet1.xml", LAUGHS)
    with zipfile.ZipFile(io.BytesIO(content)) as package, pytest.raises(FileRefused) as error:
        scan_sheet(package, "xl/worksheets/sheet1.xml", "a.xlsx", "Emploi")
    assert error.value.problems[0].code == "file_unreadable"
