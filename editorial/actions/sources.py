"""Citing a document that a person read: a page, a letter, a report that no import brought in."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.models import User
from schools.models import Source


@dataclass(frozen=True)
class Citation:
    """What is known of a document without a file. `leaves`: one of `Source.Leaves`, what its licence lets out."""

    title: str
    publisher: str
    licence: str
    leaves: str
    document_date: date | None = None
    url: str = ""


@transaction.atomic
def cite_source(*, by: User, at: datetime, citation: Citation) -> Source:
    """Record a document so that values can refer to it; the same citation twice is one source.

    Refused without title, publisher or licence: a value nobody can find again is not sourced.
    """
    refuse(rules.why_not_cite(by))
    refuse(_unfinished(citation))
    known = Source.objects.filter(sha256="", **asdict(citation)).first()
    if known:
        return known
    source = Source.objects.create(received_at=at, received_by=by, **asdict(citation))
    audit.record(by=by, at=at, verb="source.cite", on=source, details=asdict(citation))
    return source


def _unfinished(citation: Citation) -> str | None:
    if not (citation.title.strip() and citation.publisher.strip() and citation.licence.strip()):
        return _("Une source se cite avec son titre, son producteur et sa licence.")
    return None if citation.leaves in Source.Leaves.values else _("Dites ce que la licence laisse sortir.")
