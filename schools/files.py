"""Certified files, kept byte for byte under their SHA-256, where no web server looks."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class FileChanged(Exception):
    """The kept file is no longer what was received: gone, or its bytes have changed."""


def sha256_of(content: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def path_of(sha256: str) -> Path:
    """Where a file of this digest is kept. The name given by the sender is never part of a path."""
    return Path(settings.PRIVATE_DIR) / "sources" / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """Keep these bytes and give their SHA-256. The same bytes twice are kept once; never half written."""
    sha256 = sha256_of(content)
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as partial:
        try:
            partial.write(content)
            partial.flush()
            os.fsync(partial.fileno())
        except OSError:
            Path(partial.name).unlink(missing_ok=True)
            raise
    Path(partial.name).replace(path)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes kept under this digest, checked against it. Raises `FileChanged`."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError as error:
        raise FileChanged(sha256) from error
    if sha256_of(content) != sha256:
        raise FileChanged(sha256)
    return content
