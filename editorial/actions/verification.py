"""Approving in bulk what is equal to its source: it lists what it does, and does all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import decided, refuse
from editorial.actions.values import describe_change
from editorial.comparing import Compared, Comparison, Outcome, comparison
from editorial.exceptions import Refused, Stale
from editorial.models import User
from editorial.states import move
from schools.models import ImportBatch, ValueRevision, VerifiedMeaning

# Rows asked for by one query or changed by one UPDATE: SQLite's limit on variables is above.
CHUNK = 500

__all__ = ["Approved", "Compared", "Comparison", "Outcome", "approve_equal", "comparison"]


@dataclass(frozen=True)
class Approved:
    """What was done: how many values were put in force, how many they replaced, and how many were left."""

    values: int
    superseded: int
    left: int


@transaction.atomic
def approve_equal(*, by: User, at: datetime, batch: ImportBatch, seen_digest: str) -> Approved:
    """Put in force every waiting value of an import that is equal to its source; those in force before are superseded.

    The source is compared again here: `Stale` when its digest is not the one the person saw. Left out: what differs,
    what a blocking anomaly touches, what somebody contests, and the person's own entries. What is vouched for is that
    they are true to the source. One event in the trail for each value, and one for the import with the counts and
    digest. Two queries for each five hundred values beside those of the comparison.
    """
    refuse(rules.why_not_approve_equal(by, batch))
    compared = comparison(batch)
    if compared.digest != seen_digest:
        raise Stale(_("Depuis votre comparaison, une de ces valeurs ou de ces anomalies a changé : relisez-la."))
    chosen = [row.revision for row in compared.approvable_by(by.pk)]
    if not chosen:
        raise Refused(_("Aucune de ces valeurs ne peut être approuvée d’un coup : regardez-les une à une."))
    before = _in_force_before(chosen)
    _move_all("value.supersede", list(before.values()))
    meaning = VerifiedMeaning.TRUE_TO_SOURCE.value
    _move_all("value.approve", chosen, verified_meaning=meaning, **decided(by, at))
    acts = [audit.Act("value.approve", row, details=_details(row, before)) for row in chosen]
    said = {"digest": compared.digest, "counts": compared.counts, "approved": len(chosen), "superseded": len(before)}
    acts.append(audit.Act("import.approve_equal", batch, label=batch.source.file_name, details=said))
    audit.record_all(by=by, at=at, acts=acts)
    return Approved(len(chosen), len(before), len(compared.rows) - len(chosen))


def _details(revision: ValueRevision, before: dict[int, ValueRevision]) -> dict[str, Any]:
    replaced = before.get(revision.pk)
    return describe_change(revision, replaced) | {
        "meaning": VerifiedMeaning.TRUE_TO_SOURCE.value,
        "supersedes": replaced.pk if replaced else None,
    }


def _in_force_before(chosen: Sequence[ValueRevision]) -> dict[int, ValueRevision]:
    """The values in force for the same schools, indicators and years: number of the new one → the one before."""
    wanted = {(row.unit_id, row.indicator_id, row.reference_year): row.pk for row in chosen}
    found: dict[int, ValueRevision] = {}
    units = sorted({row.unit_id for row in chosen})
    indicators, years = {row.indicator_id for row in chosen}, {row.reference_year for row in chosen}
    of_these = ValueRevision.objects.in_force().filter(indicator__in=indicators, reference_year__in=years)
    for start in range(0, len(units), CHUNK):
        same = of_these.filter(unit__in=units[start : start + CHUNK])
        for row in same.order_by("pk"):
            pk = wanted.get((row.unit_id, row.indicator_id, row.reference_year))
            if pk is not None:
                found[pk] = row
    return found


def _move_all(verb: str, revisions: Sequence[ValueRevision], **fields: Any) -> None:
    """Move these values along the arrow of this verb, each as it was seen; `Stale`, and nothing, when one has moved."""
    arrow = move(verb)
    by_version: dict[int, list[int]] = {}
    for revision in revisions:
        by_version.setdefault(revision.version, []).append(revision.pk)
    for version, pks in sorted(by_version.items()):
        for start in range(0, len(pks), CHUNK):
            chunk = pks[start : start + CHUNK]
            moved = ValueRevision.objects.filter(pk__in=chunk, state=arrow.source, version=version).update(
                state=arrow.target, version=version + 1, **fields
            )
            if moved != len(chunk):
                raise Stale(_("Quelqu’un a décidé d’une de ces valeurs en même temps : comparez de nouveau."))
