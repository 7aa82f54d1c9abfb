"""The trail as a file: one row an act, written as it is read."""

from collections.abc import Iterator
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from editorial.desks.acts import told
from editorial.desks.words import object_words, verb_words
from editorial.models import AuditEvent
from schools.csv_writing import Cell, csv_lines
from schools.typography import in_paris

# Rows read from the database at once.
CHUNK = 1000


def trail_file(events: "QuerySet[AuditEvent]", file_name: str) -> StreamingHttpResponse:
    """These acts as a CSV file, as long as they are: never whole in memory."""
    lines = csv_lines(_rows(events, get_language() or "fr"))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{quote(file_name)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(events: "QuerySet[AuditEvent]", language: str) -> Iterator[list[Cell]]:
    with override(language):
        head: list[Cell] = [
            _("numéro"), _("instant (Paris)"), _("qui"), _("compte"), _("acte"), _("code de l’acte"), _("objet"),
            _("numéro de l’objet"), _("intitulé"), _("de"), _("à"), _("motif"), _("import"), _("autres détails"),
            _("détails tels que gardés"), _("empreinte de l’acte d’avant"), _("empreinte"),
        ]  # fmt: skip
    yield head
    for event in events.iterator(chunk_size=CHUNK):
        # The language is that of the thread, which between two lines is somebody else's.
        with override(language):
            row = _row(event)
        yield row


def _row(event: AuditEvent) -> list[Cell]:
    done = told(event)
    before = [f"{change.label}\u00a0: {change.before}" for change in done.changes if change.before]
    after = [f"{change.label}\u00a0: {change.after}" for change in done.changes]
    return [
        event.number, in_paris(event.at).isoformat(), event.actor_name, event.actor_id, verb_words(event.verb),
        event.verb, object_words(event.object_type), event.object_id, event.object_label, " | ".join(before),
        " | ".join(after), event.reason, done.batch, " | ".join(done.notes), event.details, event.previous_hash,
        event.hash,
    ]  # fmt: skip
