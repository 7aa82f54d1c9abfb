"""The zip of a workbook: opened only when nothing in it can hurt whoever reads it."""

import io
import zipfile
import zlib

from schools.importing.limits import MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES
from schools.importing.problems import refusal

_CHUNK = 256 * 1024
_OVERLAP = 32
_ENCRYPTED_FLAG = 0x1
_MEBIBYTE = 1024 * 1024


def open_package(content: bytes, name: str) -> zipfile.ZipFile:
    """The open zip of a workbook, every part checked; the caller closes it.

    Refused with FileRefused, from the central directory before anything is inflated: a damaged zip, too many parts,
    too much once inflated, a part twice, encryption, macros, a zip that is no workbook. Then, inflating each part once
    in small pieces with a count of the bytes: a wrong checksum, a truncated part, a DTD in any part.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise refusal(name, "file_damaged", detail=error) from error
    try:
        _check_directory(package, name)
        _check_parts(package, name)
    except BaseException:
        package.close()
        raise
    return package


def _check_directory(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MAX_ZIP_ENTRIES:
        raise refusal(name, "file_too_many_parts", found=len(parts), limit=MAX_ZIP_ENTRIES)
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise refusal(name, "file_too_large_unpacked", limit=MAX_UNPACKED_BYTES // _MEBIBYTE)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise refusal(name, "file_encrypted")
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice is not None:
        raise refusal(name, "file_part_twice", part=twice)
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise refusal(name, "file_macros")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise refusal(name, "file_not_xlsx_inside")


def _check_parts(package: zipfile.ZipFile, name: str) -> None:
    unpacked = 0
    for part in package.infolist():
        tail = b""
        try:
            with package.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > MAX_UNPACKED_BYTES:
                        raise refusal(name, "file_too_large_unpacked", limit=MAX_UNPACKED_BYTES // _MEBIBYTE)
                    # Without NUL bytes a DTD written in UTF-16 reads as one in ASCII.
                    window = (tail + chunk).replace(b"\0", b"").lower()
                    if part.filename.lower().endswith((".xml", ".rels", ".vml")) and b"<!doctype" in window:
                        raise refusal(name, "file_doctype", part=part.filename)
                    tail = chunk[-_OVERLAP:]
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise refusal(name, "file_damaged", detail=f"{part.filename} : {error}") from error
