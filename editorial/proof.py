"""What protects the trail, tried and read now: its triggers, the database's refusals, the chain of its hashes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction

from editorial import triggers
from editorial.audit import first_broken_link
from editorial.models import AuditEvent

TABLE = AuditEvent._meta.db_table
# Neither leaves a trace, even where nothing refuses it: it is always rolled back.
_ATTEMPTS = {
    "UPDATE": "UPDATE editorial_auditevent SET reason = reason WHERE number = %s",
    "DELETE": "DELETE FROM editorial_auditevent WHERE number = %s",
}


@dataclass(frozen=True)
class Attempt:
    """A write that was tried on the last act; `answer` is what the database refused it with, None when it did not."""

    statement: str
    answer: str | None


@dataclass(frozen=True)
class Trigger:
    """A trigger that must stand on the table of the trail, and whether it does."""

    name: str
    stands: bool


@dataclass(frozen=True)
class Proof:
    """What one check found. `broken`: the first act that is not what was written, or does not follow the one before."""

    triggers: tuple[Trigger, ...]
    attempts: tuple[Attempt, ...]
    broken: AuditEvent | None

    @property
    def holds(self) -> bool:
        """Whether nothing was found wanting."""
        return (
            self.broken is None
            and all(trigger.stands for trigger in self.triggers)
            and all(attempt.answer is not None for attempt in self.attempts)
        )


@dataclass(frozen=True)
class Extent:
    """How many acts there are, the first and the last; None and None in an empty trail."""

    count: int
    first: AuditEvent | None
    last: AuditEvent | None


def extent() -> Extent:
    """How far the trail reaches. Three queries."""
    acts = AuditEvent.objects.order_by("number")
    return Extent(acts.count(), acts.first(), acts.last())


def prove() -> Proof:
    """Look at the triggers, try to change and to delete the last act, read the whole chain again. Writes nothing."""
    return Proof(tuple(_standing()), tuple(_attempts()), first_broken_link())


def _standing() -> Iterator[Trigger]:
    there = triggers.installed_names()
    for name in sorted(triggers.names_on(TABLE, connection.vendor)):
        yield Trigger(name, name in there)


def _attempts() -> Iterator[Attempt]:
    last = AuditEvent.objects.order_by("number").values_list("number", flat=True).last()
    if last is None:
        return
    for verb, statement in _ATTEMPTS.items():
        yield Attempt(verb, _refusal(statement, last))


class _Undone(Exception):
    """No fault: it rolls an attempt back."""


def _refusal(statement: str, number: int) -> str | None:
    """What the database answers to this statement; None when it lets it pass, which is then undone."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement, [number])
            raise _Undone
    except _Undone:
        return None
    except IntegrityError as refused:
        return str(refused).strip().splitlines()[0]


def act_with_hash(text: str) -> AuditEvent | None:
    """The act that bears this hash, as somebody kept it; None when the trail has no such act."""
    return AuditEvent.objects.filter(hash=text.strip().lower()).first()
