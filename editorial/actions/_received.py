"""A file as it came, and the source it becomes."""

from dataclasses import dataclass
from datetime import date, datetime

from editorial.models import User
from schools.importing import Document
from schools.models import Source


@dataclass(frozen=True)
class Received:
    """A file as it came, and what is known of the document it is."""

    content: bytes
    name: str
    title: str
    publisher: str
    licence: str
    leaves: str = Source.Leaves.VALUES
    document_date: date | None = None
    url: str = ""


def source_of(by: User, at: datetime, received: Received, document: Document) -> Source:
    """The source of this file; the same bytes are one, described as they first were. The caller keeps the bytes."""
    known = Source.objects.filter(sha256=document.sha256).first()
    if known:
        return known
    return Source.objects.create(
        title=received.title,
        publisher=received.publisher,
        licence=received.licence,
        leaves=received.leaves,
        document_date=received.document_date,
        url=received.url,
        file_name=received.name[:255],
        sha256=document.sha256,
        size_bytes=len(received.content),
        received_at=at,
        received_by=by,
    )
