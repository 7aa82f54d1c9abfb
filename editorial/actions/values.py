"""Entering, verifying and taking back values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import change_state, decided, refuse
from editorial.exceptions import Refused, Stale
from editorial.models import User
from schools.models import (
    Indicator,
    Kind,
    Source,
    SourceCell,
    Unit,
    ValueRevision,
    VerifiedMeaning,
)


@dataclass(frozen=True)
class Entry:
    """What a person says: one figure, or why there is none, with the cells or page that say it.

    `cells` are (sheet, reference, column, text) as read; a printed page is a cell too (« p. 12 »).
    """

    unit: Unit
    indicator: Indicator
    reference_year: int
    kind: str
    value: Decimal | None
    source: Source
    cells: Sequence[tuple[str, str, str, str]]
    comment: str = ""


@transaction.atomic
def enter_value(*, by: User, at: datetime, entry: Entry) -> ValueRevision:
    """Record a value that waits for a verifier. The author's own waiting value for the same cell is withdrawn.

    Another author's waiting value stays: the verifier settles which of the two is right. Refused when nothing differs
    from the value in force, when the figure breaks its indicator's rules, or when no cell or page is named.
    """
    refuse(
        rules.why_not_enter(
            by, entry.indicator, kind=entry.kind, value=entry.value, reference_year=entry.reference_year
        )
    )
    refuse(rules.why_not_cells(entry.cells))
    same = ValueRevision.objects.filter(unit=entry.unit, indicator=entry.indicator, reference_year=entry.reference_year)
    before = same.in_force().first()
    _refuse_if_unchanged(before, entry)
    for mine in same.pending().filter(author=by):
        withdraw_value(by=by, at=at, revision=mine, seen_version=mine.version, reason=_("remplacée par son auteur"))
    revision = _create(by, at, entry)
    SourceCell.objects.bulk_create(
        SourceCell(revision=revision, sheet=sheet, reference=reference, column=column, text=text)
        for sheet, reference, column, text in entry.cells
        if reference.strip()
    )
    audit.record(by=by, at=at, verb="value.enter", on=revision, details=describe_change(revision, before))
    return revision


def _create(by: User, at: datetime, entry: Entry) -> ValueRevision:
    try:
        return ValueRevision.objects.create(
            unit=entry.unit,
            indicator=entry.indicator,
            reference_year=entry.reference_year,
            kind=entry.kind,
            value=entry.value,
            source=entry.source,
            comment=entry.comment,
            author=by,
            created_at=at,
        )
    except IntegrityError as error:  # The same person sent the same form twice at once: one of the two is recorded.
        raise Stale(_("Cette entrée vient d’être enregistrée : relisez la fiche.")) from error


def _refuse_if_unchanged(in_force: ValueRevision | None, entry: Entry) -> None:
    if in_force and (in_force.kind, in_force.value, in_force.source_id) == (entry.kind, entry.value, entry.source.pk):
        raise Refused(_("C’est déjà la valeur en vigueur, de la même source."))


@transaction.atomic
def approve_value(
    *,
    by: User,
    at: datetime,
    revision: ValueRevision,
    seen_version: int,
    meaning: str = VerifiedMeaning.TRUE_TO_SOURCE,
) -> None:
    """Put a waiting value in force; the one in force before it is superseded.

    `meaning` says what the verifier vouches for. Refused to its author, to who may not verify, while a rival entry
    waits; `Stale` when it changed since it was seen.
    """
    refuse(rules.why_not_approve(by, revision))
    refuse(None if meaning in VerifiedMeaning.values else _("Dites ce que vous avez vérifié."))
    before = ValueRevision.objects.in_force().same_cell_as(revision).first()
    if before:
        change_state(ValueRevision, before.pk, verb="value.supersede", seen_version=before.version)
    change_state(
        ValueRevision,
        revision.pk,
        verb="value.approve",
        seen_version=seen_version,
        verified_meaning=VerifiedMeaning(meaning).value,
        **decided(by, at),
    )
    replaced = {"meaning": str(meaning), "supersedes": before.pk if before else None}
    details = {**describe_change(revision, before), **replaced}
    audit.record(by=by, at=at, verb="value.approve", on=revision, details=details)
    revision.refresh_from_db()


@transaction.atomic
def reject_value(*, by: User, at: datetime, revision: ValueRevision, seen_version: int, reason: str) -> None:
    """Refuse a waiting value, with the reason its author will read. Refused to its author and without a reason."""
    refuse(rules.why_not_reject(by, revision, reason=reason))
    change_state(
        ValueRevision,
        revision.pk,
        verb="value.reject",
        seen_version=seen_version,
        decision_reason=reason.strip(),
        **decided(by, at),
    )
    audit.record(by=by, at=at, verb="value.reject", on=revision, reason=reason.strip(), details=describe(revision))
    revision.refresh_from_db()


@transaction.atomic
def withdraw_value(*, by: User, at: datetime, revision: ValueRevision, seen_version: int, reason: str = "") -> None:
    """Take back one's own value while it waits."""
    refuse(rules.why_not_withdraw_value(by, revision))
    change_state(
        ValueRevision,
        revision.pk,
        verb="value.withdraw",
        seen_version=seen_version,
        decision_reason=reason,
        **decided(by, at),
    )
    audit.record(by=by, at=at, verb="value.withdraw", on=revision, reason=reason, details=describe(revision))
    revision.refresh_from_db()


@dataclass(frozen=True)
class Seen:
    """A value as a verifier saw it in a list."""

    revision: ValueRevision
    version: int


@transaction.atomic
def approve_values(
    *, by: User, at: datetime, seen: Sequence[Seen], meaning: str = VerifiedMeaning.TRUE_TO_SOURCE
) -> int:
    """Approve several values, all or none; gives how many. One event in the trail for each."""
    for item in seen:
        approve_value(by=by, at=at, revision=item.revision, seen_version=item.version, meaning=meaning)
    return len(seen)


@transaction.atomic
def reject_values(*, by: User, at: datetime, seen: Sequence[Seen], reason: str) -> int:
    """Reject several values for one reason, all or none; gives how many. One event in the trail for each."""
    for item in seen:
        reject_value(by=by, at=at, revision=item.revision, seen_version=item.version, reason=reason)
    return len(seen)


def describe(revision: ValueRevision) -> dict[str, object]:
    """What the trail keeps of a value: enough to understand the line without any other table."""
    of_import = {"import": revision.batch_id} if revision.batch_id else {}
    return {
        "unit": revision.unit.slug,
        "indicator": revision.indicator.code,
        "definition": revision.indicator.version,
        "year": revision.reference_year,
        **_said(revision),
        "source": revision.source_id,
        "author": revision.author_id,
        **of_import,
    }


def describe_change(revision: ValueRevision, before: ValueRevision | None) -> dict[str, object]:
    """The same, with what is or was in force until then, if anything."""
    described = describe(revision)
    return described | {"before": {"number": before.pk, **_said(before)}} if before else described


def _said(revision: ValueRevision) -> dict[str, object]:
    figure = revision.figure
    return {"kind": str(Kind(revision.kind).value), "value": None if figure is None else str(figure)}
