"""What waits for a verifier: her queue by priority, whole imports to compare, and what she has done today."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from editorial.desks import priorities
from editorial.desks.decided import decided_today
from editorial.models import User
from schools.models import ImportBatch, ValueRevision, ValueState

SHOWN = 5


def of_verifier(user: User) -> dict[str, Any] | None:
    """The block of a verifier."""
    if not user.has_perm("schools.verify_value"):
        return None
    queue = ValueRevision.objects.decidable_by(user.pk)
    by_priority = priorities.counts_of(queue)
    waiting = Count("revisions", filter=Q(revisions__state=ValueState.PENDING) & ~Q(revisions__author=user))
    whole = ImportBatch.objects.select_related("source").annotate(n=waiting).filter(n__gt=0).order_by("-n")
    return {
        "left": sum(int(str(count["n"])) for count in by_priority),
        "counts": [*by_priority, *_done(user)],
        "whole": list(whole[:SHOWN]),
    }


def _done(user: User) -> list[dict[str, object]]:
    done, there = decided_today(user), reverse("desk:decided")
    return [
        {
            "n": done["approuvees"],
            "label": ngettext("approuvée aujourd’hui", "approuvées aujourd’hui", done["approuvees"]),
            "url": f"{there}?voir=approuvees&jour=1",
        },
        {
            "n": done["rejetees"],
            "label": ngettext("rejetée aujourd’hui", "rejetées aujourd’hui", done["rejetees"]),
            "url": f"{there}?voir=rejetees&jour=1",
        },
    ]
