"""Writing the trail, and checking that nobody rewrote it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils.translation import override

from editorial.models import AuditEvent, User

FIRST = "0" * 64
# Any constant will do, as long as every writer of the trail takes the same lock.
_POSTGRESQL_LOCK = 7_261_733
# Events written by one INSERT.
CHUNK = 1000


def record(
    *,
    by: User | None,
    at: datetime,
    verb: str,
    on: models.Model,
    label: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append one act to the trail, in the caller's transaction. Two queries, three on PostgreSQL.

    Writers take turns until their transaction ends, so the chain has no fork: SQLite's transactions are immediate,
    PostgreSQL takes an advisory lock. So an action records last, after all its other writes.
    """
    return record_all(by=by, at=at, acts=[Act(verb, on, label, reason, details or {})])[0]


@dataclass(frozen=True)
class Act:
    """One thing done, as `record_all` takes it; an empty label stands for the object's own words, in French."""

    verb: str
    on: models.Model
    label: str = ""
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def record_all(*, by: User | None, at: datetime, acts: Sequence[Act]) -> list[AuditEvent]:
    """Append several acts of one person at one instant, in their order, each its own link of the chain.

    As `record`, in one query for each thousand acts.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_POSTGRESQL_LOCK])
    last = AuditEvent.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, FIRST)
    events = []
    for act, label in zip(acts, _labels(acts), strict=True):
        number += 1
        event = AuditEvent(
            number=number,
            at=at,
            actor_id=by.pk if by else None,
            actor_name=by.display_name if by else "système",
            verb=act.verb,
            object_type=act.on._meta.label_lower,
            object_id=str(act.on.pk),
            object_label=label[:300],
            reason=act.reason,
            details=canonical_json(act.details),
            previous_hash=previous,
        )
        event.hash = previous = event_hash(event)
        events.append(event)
    return AuditEvent.objects.bulk_create(events, batch_size=CHUNK)


def _labels(acts: Sequence[Act]) -> list[str]:
    # One language for one trail, whichever its author's desk speaks.
    with override(settings.LANGUAGE_CODE):
        return [act.label or str(act.on) for act in acts]


def canonical_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, accents as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def event_hash(event: AuditEvent) -> str:
    """The SHA-256 of an event and of the hash of the one before it. The instant counts in UTC, to the microsecond."""
    fields = {
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "verb": event.verb,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "object_label": event.object_label,
        "reason": event.reason,
        "details": event.details,
        "previous_hash": event.previous_hash,
    }
    return hashlib.sha256(canonical_json(fields).encode()).hexdigest()


def first_broken_link() -> AuditEvent | None:
    """The first event that is not what was written, or does not follow its predecessor; None when the trail is whole.

    Reads the whole trail once, in order.
    """
    previous, number = FIRST, 0
    for event in AuditEvent.objects.order_by("number").iterator():
        if event.number != number + 1 or event.previous_hash != previous or event.hash != event_hash(event):
            return event
        previous, number = event.hash, event.number
    return None


def trail_of(*objects: models.Model) -> models.QuerySet[AuditEvent]:
    """What was done on these objects, one at least, the latest first."""
    of_each = [models.Q(object_type=each._meta.label_lower, object_id=str(each.pk)) for each in objects]
    return AuditEvent.objects.filter(reduce(or_, of_each))
