"""What a file's first bytes say it is, whatever its name says."""

_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"{\\rtf", "rtf"),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def looks_like(content: bytes) -> str:
    """One of "zip", "encrypted", "xls", "pdf", "image", "gzip", "archive", "rtf", "html", "xml", "json" or "text".

    An xlsx workbook is a "zip" here. "text" is also the answer for what has no known signature.
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            if kind == "ole":
                return "encrypted" if _ENCRYPTED in content else "xls"
            return kind
    start = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table")):
        return "html"
    if start.startswith((b"<?xml", b"<!doctype")):
        return "html" if b"<html" in start else "xml"
    if start.startswith((b"{", b"[{", b"[\n", b"[[")):
        return "json"
    return "text"
