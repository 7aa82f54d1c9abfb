"""From the bytes of a file to a document, or to every reason why not."""

import hashlib
from pathlib import PurePosixPath

from schools.importing.csv_reading import read_csv
from schools.importing.decoding import decode
from schools.importing.document import Document
from schools.importing.limits import MAX_FILE_BYTES, MAX_NAME
from schools.importing.problems import refusal
from schools.importing.signatures import looks_like
from schools.importing.xlsx_package import open_package
from schools.importing.xlsx_reading import read_sheets

_KIND_OF_SUFFIX = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx"}
_CODE_OF_LOOKS = {
    "encrypted": "file_encrypted",
    "xls": "file_old_excel",
    "zip": "file_zip",
    "pdf": "file_pdf",
    "image": "file_image",
    "gzip": "file_archive",
    "archive": "file_archive",
    "rtf": "file_rtf",
    "html": "file_html",
    "xml": "file_xml",
    "json": "file_json",
}
# (name, SHA-256) → the document read last, unless it has more cells than every process should hold.
_LAST: dict[tuple[str, str], Document] = {}
KEPT_CELLS = 50_000


def read_document(content: bytes, name: str) -> Document:
    """The document in these bytes; `name` tells what the file claims to be and is shown in messages, nothing else.

    Reads .csv, .txt and .tsv as delimited text and .xlsx as a workbook, within the limits of `limits.py`. Never opens a
    path, so that a child process with bounded memory can do it. Raises FileRefused with all the reasons. The last
    document of a moderate size is kept: one file is previewed, recorded and compared, and read each time.
    """
    shown = shown_name(name)
    digest = hashlib.sha256(content).hexdigest()
    known = _LAST.get((shown, digest))
    if known is not None:
        return known
    document = _read(content, shown, digest)
    if sum(len(row) for sheet in document.sheets for row in sheet.rows) <= KEPT_CELLS:
        _LAST.clear()
        _LAST[shown, digest] = document
    return document


def _read(content: bytes, shown: str, digest: str) -> Document:
    if not content:
        raise refusal(shown, "file_empty")
    if len(content) > MAX_FILE_BYTES:
        raise refusal(shown, "file_too_large", size=_megabytes(len(content)), limit=_megabytes(MAX_FILE_BYTES))
    suffix = PurePosixPath(shown).suffix.lower()
    looks = looks_like(content)
    if suffix in {".xlsm", ".xltm", ".xlam"}:
        raise refusal(shown, "file_macros")
    if suffix not in _KIND_OF_SUFFIX:
        raise refusal(shown, "file_unknown_suffix", suffix=suffix or "?")
    if _KIND_OF_SUFFIX[suffix] == "xlsx":
        if looks != "zip":
            raise refusal(shown, "file_not_a_workbook" if looks == "text" else _CODE_OF_LOOKS[looks])
        with open_package(content, shown) as package:
            return Document(shown, digest, "xlsx", None, None, read_sheets(content, package, shown))
    if looks != "text":
        raise refusal(shown, _CODE_OF_LOOKS[looks])
    text, encoding = decode(content, shown)
    if not text.strip():
        raise refusal(shown, "file_empty")
    delimiter, sheet = read_csv(text, shown)
    return Document(shown, digest, "csv", encoding, delimiter, (sheet,))


def shown_name(name: str) -> str:
    """The name of a file without folders or invisible signs, at most MAX_NAME characters, its suffix kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(sign for sign in last if sign.isprintable()).strip() or "?"
    suffix = PurePosixPath(clean).suffix[:10]
    return clean if len(clean) <= MAX_NAME else clean[: MAX_NAME - 1 - len(suffix)] + "…" + suffix


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f}".replace(".", ",")
