"""What is not the text file it says: each refused with its reason; what is odd but right: read."""

import hashlib
import io
import zipfile

import pytest

from schools.importing import read_document
from schools.importing.limits import MAX_FILE_BYTES
from schools.importing.problems import FileRefused
from schools.importing.signatures import looks_like
from tests.schools.importing.building import refused, simple_workbook

TABLE = "UAI;Nom;Part\n0062197F;École du Lac;12,5\n0590348H;École du Mont;40\n"
ACCENTS = "UAI;Nom\n0062197F;Île « Évreux » – 5 €\n"


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("lisez-moi.txt", "rien")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "file_empty"),
        (b" \n \n", "a.csv", "file_empty"),
        (b"\xef\xbb\xbf", "a.csv", "file_empty"),
        (b"x" * (MAX_FILE_BYTES + 1), "a.csv", "file_too_large"),
        (a_zip(), "a.csv", "file_zip"),
        (simple_workbook(("UAI", "Part")), "a.csv", "file_zip"),
        (b"%PDF-1.7 ...", "a.csv", "file_pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "file_image"),
        (b"\xff\xd8\xff\xe0", "a.csv", "file_image"),
        (b"\x1f\x8b\x08", "a.csv", "file_archive"),
        (b"{\\rtf1", "a.csv", "file_rtf"),
        (b"\n<!DOCTYPE html><html>", "a.csv", "file_html"),
        (b"<table><tr><td>", "a.csv", "file_html"),
        (b"<?xml version='1.0'?><html>", "a.csv", "file_html"),
        (b"<?xml version='1.0'?><a/>", "a.csv", "file_xml"),
        (b'[{"uai": 1}]', "a.csv", "file_json"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", "a.csv", "file_old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "file_encrypted"),
        (TABLE.encode(), "a.xlsx", "file_not_a_workbook"),
        (b"<html>", "a.xlsx", "file_html"),
        (b"%PDF-1.7", "a.xlsx", "file_pdf"),
        (TABLE.encode(), "a.xlsm", "file_macros"),
        (TABLE.encode(), "a.doc", "file_unknown_suffix"),
        (TABLE.encode(), "a", "file_unknown_suffix"),
        (b"a;b\nc;\0d\n", "a.csv", "nul_bytes"),
        (b"a;b\n\xe9\n;\0d\n", "a.csv", "nul_bytes"),
        (TABLE.encode("utf-16")[:-1], "a.csv", "encoding_utf16"),
        (TABLE.encode("mac-roman"), "a.csv", "encoding_unknown"),
        (TABLE.encode() + TABLE.encode("mac-roman"), "a.csv", "encoding_mixed"),
        (TABLE.encode() + TABLE.encode("cp1252"), "a.csv", "encoding_mixed"),
        (TABLE.encode().decode("cp1252", "replace").encode(), "a.csv", "encoding_twice"),
        (b'a;b\n1;"2\n3;4\n', "a.csv", "quote_unbalanced"),
        (b'a;b\n1;"2\n3;"4"\n', "a.csv", "quote_unbalanced"),
        (b'a;b\n1;"' + b"x" * 140_000 + b'"\n', "a.csv", "csv_field_too_long"),
        (b"UAI;Part\n", "a.csv", "only_headers"),
        (b"UAI;Part\n;\n\n", "a.csv", "only_headers"),
        (b"UAI\n0062197F\n", "a.csv", "delimiter_not_found"),
        (b"a;b,c\n1;2,3\n", "a.csv", "delimiter_ambiguous"),
        (b";".join([b"c"] * 401) + b"\n" + b";" * 400 + b"1\n", "a.csv", "too_many_columns"),
        (b"a;b\n" + b"1;2\n" * 100_000, "a.csv", "too_many_rows"),
        (b";".join([b"c"] * 400) + (b"\n" + b";" * 399) * 2_501 + b"1", "a.csv", "too_many_cells"),
    ],
)
def test_file_refused_for_its_reason(content: bytes, name: str, code: str) -> None:
    problem = refused(content, name)
    assert problem.code == code
    assert problem.severity == "refused"
    assert problem.place == f"fichier {name}"


@pytest.mark.parametrize(
    ("content", "line", "read"),
    [
        (TABLE.encode("mac-roman"), "2", "ƒcole"),
        (TABLE.encode() + b"0062197F;\xc9cole;1\n", "4", "\ufffdcole"),
        (TABLE.replace("É", "Ã‰").encode(), "2", "Ã‰cole"),
    ],
)
def test_encoding_refusal_shows_line_and_word(content: bytes, line: str, read: str) -> None:
    problem = refused(content, "a.csv")
    assert problem.params["line"] == line
    assert problem.read == read
    assert read in problem.message


def test_quote_refusal_names_the_line_where_the_record_begins() -> None:
    assert refused(b'a;b\n1;2\n3;"4\n5;6\n', "a.csv").params["line"] == "3"


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_encoding_recognised(encoding: str, expected: str) -> None:
    document = read_document(ACCENTS.encode(encoding), "a.csv")
    assert document.encoding == expected
    assert document.sheets[0].cell(2, 2).text == "Île « Évreux » – 5 €"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_read_whatever_ends_lines_and_separates_cells(ends: str, delimiter: str) -> None:
    table = f"UAI{delimiter}Nom{ends}0062197F{delimiter}Lac{ends}0590348H{delimiter}Mont{ends}"
    document = read_document(table.encode(), "a.csv")
    assert document.delimiter == delimiter
    assert [[cell.text for cell in row] for row in document.sheets[0].rows] == [
        ["UAI", "Nom"],
        ["0062197F", "Lac"],
        ["0590348H", "Mont"],
    ]


def test_csv_delimiter_chosen_on_the_rows_not_the_headers_alone() -> None:
    document = read_document(b"Nom, ville;Part;Taux\nLac;1,5;2,5\nMont, Le;2;3\n", "a.csv")
    assert document.delimiter == ";"


def test_csv_quoted_newline_keeps_physical_lines() -> None:
    sheet = read_document(b'a;b\n"1\n1";2\n\n3;" 4 "\n', "a.csv").sheets[0]
    assert [len(row) for row in sheet.rows] == [2, 2, 0, 0, 2]
    assert sheet.rows[1][0].text == "1\n1"
    last = sheet.rows[4][1]
    assert (last.text, last.reference, last.kind) == (" 4 ", "B5", "text")
    assert sheet.cell(9, 9).kind == "empty"


def test_file_name_is_shown_harmless() -> None:
    assert read_document(TABLE.encode(), "../../x\r\n/é‮t.csv").name == "ét.csv"
    assert read_document(TABLE.encode(), "C:\\dossier\\CON.csv").name == "CON.csv"
    long = read_document(TABLE.encode(), "é" * 300 + ".csv").name
    assert len(long) == 120
    assert long.endswith("….csv")
    assert refused(TABLE.encode(), "").place == "fichier ?"


def test_document_digest_is_that_of_the_bytes() -> None:
    document = read_document(b"a;b\n1;2\n", "a.csv")
    assert document.sha256 == hashlib.sha256(b"a;b\n1;2\n").hexdigest()
    assert document.kind == "csv"


def test_refusal_reads_as_place_and_message() -> None:
    with pytest.raises(FileRefused, match=r"^fichier a\.csv\u00a0: Le fichier est vide"):
        read_document(b"", "a.csv")


def test_looks_like_finds_text_by_default() -> None:
    assert looks_like(b"UAI;Nom") == "text"
