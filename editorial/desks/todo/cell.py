"""What waits for the data cell: imports, values that are missing, schools to match, anomalies, entries sent back."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import ngettext

from editorial.models import User
from rankings.coverage import Coverage
from rankings.waiting import in_preparation
from schools.models import Anomaly, ImportBatch, ValueRevision, ValueState

SHOWN = 6
EDITIONS = 3


def of_cell(user: User) -> dict[str, Any] | None:
    """The block of the data cell."""
    if not user.has_perm("schools.enter_value"):
        return None
    previewed = ImportBatch.objects.filter(state=ImportBatch.State.PREVIEWED)
    opened = list(previewed.select_related("source", "created_by").order_by("-pk"))
    return {
        "counts": _counts(opened),
        "imports": [_line(batch) for batch in opened[:SHOWN]],
        "coverages": _coverages(),
        "rejected": rejected_of(user),
        "own_waiting": ValueRevision.objects.pending().filter(author=user).count(),
    }


def _line(batch: ImportBatch) -> dict[str, Any]:
    """An open import, with what keeps it from being recorded."""
    counts = batch.counts
    return {
        "batch": batch,
        "refused": counts.get("refused", 0),
        "unmatched": counts.get("unknown_units", 0) + counts.get("contradictory_units", 0),
    }


def _counts(opened: list[ImportBatch]) -> list[dict[str, object]]:
    """The tiles: imports, what is refused in them, schools to match, anomalies that hold values back. One query."""
    lines = [_line(batch) for batch in opened]
    refused, unmatched = (sum(line[name] for line in lines) for name in ("refused", "unmatched"))
    blocking = Anomaly.objects.filter(severity=Anomaly.Severity.BLOCKING, revisions__state=ValueState.PENDING)
    held = blocking.distinct().count()
    imports, matches = reverse("desk:imports"), reverse("desk:matches")
    return [
        {"n": len(opened), "label": ngettext("import en aperçu", "imports en aperçu", len(opened)), "url": imports},
        {"n": refused, "label": ngettext("cellule refusée", "cellules refusées", refused), "url": imports},
        {"n": unmatched, "label": ngettext("école à rapprocher", "écoles à rapprocher", unmatched), "url": matches},
        {"n": held, "label": ngettext("anomalie à lever", "anomalies à lever", held), "url": imports},
    ]


def _coverages() -> list[Coverage]:
    """How full the editions in preparation are, the latest first; those that read nothing yet have nothing to say."""
    reading = in_preparation().filter(columns__isnull=False).distinct()
    return [Coverage(edition) for edition in reading.select_related("ranking").order_by("-year", "-pk")[:EDITIONS]]


def rejected_of(user: User) -> list[ValueRevision]:
    """This person's rejected values that nobody entered again since, the latest first. One query."""
    again = ValueRevision.objects.filter(
        unit=OuterRef("unit"),
        indicator=OuterRef("indicator"),
        reference_year=OuterRef("reference_year"),
        pk__gt=OuterRef("pk"),
    )
    rejected = ValueRevision.objects.filter(~Exists(again), author=user, state=ValueState.REJECTED)
    return list(rejected.select_related("unit", "indicator", "decided_by").order_by("-decided_at")[:SHOWN])
