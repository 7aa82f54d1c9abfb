"""The order in which a verifier is given what waits."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rankings.waiting import blocks_an_edition
from schools.models import Anomaly, ValueRevision


@dataclass(frozen=True)
class Priority:
    """One group of the queue: its place, and what it is called above its rows and in its count (`label % n`)."""

    place: int
    heading: str | Promise
    label: Any


ANOMALOUS = Priority(
    0,
    _("D’abord, ce qu’une anomalie touche"),
    ngettext_lazy("touchée par une anomalie", "touchées par une anomalie"),
)
BLOCKING = Priority(
    1,
    _("Puis, ce qui bloque une édition en préparation"),
    ngettext_lazy("bloque une édition", "bloquent une édition"),
)
OTHER = Priority(2, _("Le reste, la plus ancienne d’abord"), ngettext_lazy("sans urgence", "sans urgence"))
PRIORITIES = (ANOMALOUS, BLOCKING, OTHER)


def counts_of(revisions: QuerySet[Any]) -> list[dict[str, object]]:
    """How many of these there are of each priority, in words. One query."""
    found = Counter(with_priority(revisions).order_by().values_list("priority", flat=True))
    return [{"n": found[one.place], "label": one.label % found[one.place]} for one in PRIORITIES]


def with_priority(revisions: QuerySet[Any]) -> QuerySet[Any]:
    """The same, each with its `priority`: the place of the first group it belongs to."""
    blocking = Anomaly.objects.filter(revisions=OuterRef("pk"), severity=Anomaly.Severity.BLOCKING)
    place = Case(
        When(Exists(blocking), then=Value(ANOMALOUS.place)),
        When(blocks_an_edition(), then=Value(BLOCKING.place)),
        default=Value(OTHER.place),
        output_field=IntegerField(),
    )
    return revisions.annotate(priority=place)


def in_order(revisions: QuerySet[Any]) -> QuerySet[Any]:
    """The same, the most pressing first, the oldest first among equals."""
    return with_priority(revisions).order_by("priority", "pk")


def following(queue: QuerySet[Any], after: int) -> ValueRevision | None:
    """The value that comes after this one in a queue, then the first again; None when no other is left.

    The one it comes after need not be in the queue any more: she has just decided it.
    """
    ordered = in_order(queue.exclude(pk=after))
    here = with_priority(ValueRevision.objects.filter(pk=after)).values_list("priority", flat=True).first()
    if here is None:
        return ordered.first()
    later: QuerySet[Any] = ordered.filter(Q(priority__gt=here) | Q(priority=here, pk__gt=after))
    return later.first() or ordered.first()
