"""Receiving a certified file, and recording what it says: all of it, or nothing."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import change_state, decided, refuse
from editorial.actions._new_units import CHUNK, known_units, units_of
from editorial.actions._places import place_schools
from editorial.actions._received import Received as Received
from editorial.actions._received import source_of
from editorial.actions.anomalies import record_anomalies
from editorial.exceptions import Refused, Stale
from editorial.models import User
from schools import files
from schools.import_plan import Change, Plan, PlannedValue, indicators_of, make_plan
from schools.importing import CellRef, Document, FileRefused, parse_mapping, read_document
from schools.models import (
    ImportBatch,
    SourceCell,
    Unit,
    ValueRevision,
    ValueState,
)


def document_of(batch: ImportBatch) -> Document:
    """The kept file of an import, read again. Raises `files.FileChanged` when it is not what was received."""
    return read_document(files.read(batch.source.sha256), batch.source.file_name)


def plan_of(batch: ImportBatch) -> Plan:
    """The plan of an import against the base as it stands now: what the preview shows."""
    return make_plan(batch, document_of(batch))


@transaction.atomic
def open_import(*, by: User, at: datetime, received: Received, mapping_text: str) -> ImportBatch:
    """Keep a file and open its preview; no value is written.

    Raises `FileRefused` or `MappingRefused` with every problem, `UnknownIndicators`, or `Refused`: then nothing at all
    is kept. The same bytes are one source, however often they come.
    """
    refuse(rules.why_not_import(by))
    mapping = parse_mapping(mapping_text)
    indicators_of(mapping)
    document = read_document(received.content, received.name)
    source = source_of(by, at, received, document)
    batch = ImportBatch.objects.create(
        source=source,
        mapping_text=mapping.canonical_text,
        mapping_digest=mapping.digest,
        created_by=by,
        created_at=at,
    )
    # The columns are read now, so that a file that lacks one is refused before anything is kept.
    plan = make_plan(batch, document)
    if plan.refused and not plan.extraction.rows_read:
        raise FileRefused(plan.refused)
    batch.counts = plan.counts
    batch.save(update_fields=["counts"])
    details = {"file": received.name, "sha256": source.sha256, "mapping": batch.mapping_digest, "counts": batch.counts}
    audit.record(by=by, at=at, verb="import.open", on=batch, label=received.name, details=details)
    # Last, so that a file is on the disk only if its rows are about to be committed.
    files.keep(received.content)
    return batch


@transaction.atomic
def commit_import(
    *,
    by: User,
    at: datetime,
    batch: ImportBatch,
    seen_version: int,
    seen_digest: str,
    create_unknown: bool = False,
    leave_out_reason: str = "",
) -> Plan:
    """Record every new or changed value of an import as waiting for verification; all, or nothing.

    `seen_digest` is the digest of the plan the person saw: `Stale` when the base has changed since. Unknown schools are
    created only when `create_unknown` says so, with their numbers and other names; else they refuse the whole: somebody
    decides first what they are. So do numbers that lead to several schools. Schools that a decision leaves out are
    counted and not recorded. Refused cells refuse the whole too, unless a reason is given for leaving them out, which
    the trail keeps. A register without `create_unknown` records that it was read, and where the schools it knows are if
    nobody had said so. The same file twice records nothing more.
    """
    refuse(rules.why_not_close_import(by, batch))
    # Claimed first: the second of two simultaneous clicks stops here.
    closed = {"closed_by": by, "closed_at": at}
    change_state(ImportBatch, batch.pk, verb="import.commit", seen_version=seen_version, **closed)
    document = document_of(batch)
    plan = make_plan(batch, document)
    if plan.digest != seen_digest:
        raise Stale(_("La base a changé depuis votre aperçu : relisez-le, rien n’a été enregistré."))
    _refuse_incomplete(plan, create_unknown=create_unknown, leave_out_reason=leave_out_reason)
    mapping = parse_mapping(batch.mapping_text)
    units = units_of(plan, mapping, at) if create_unknown else known_units(plan)
    if plan.is_register:
        place_schools(plan, by=by, at=at, dataset=mapping.dataset)
    written = [v for v in plan.values if v.change is not Change.UNCHANGED]
    _refuse_twice(written, units)
    _withdraw_own_waiting(by, at, written)
    _write(by, at, batch, written, units)
    record_anomalies(by=by, at=at, batch=batch, document=document)
    ImportBatch.objects.filter(pk=batch.pk).update(counts=plan.counts)
    details = {"counts": plan.counts, "left_out": [f"{p.sheet} {p.cell}".strip() for p in plan.refused]}
    audit.record(
        by=by,
        at=at,
        verb="import.commit",
        on=batch,
        label=batch.source.file_name,
        reason=leave_out_reason.strip(),
        details=details,
    )
    batch.refresh_from_db()
    return plan


def _refuse_incomplete(plan: Plan, *, create_unknown: bool, leave_out_reason: str) -> None:
    contradictory = plan.contradictory_units
    if contradictory and not plan.is_register:
        said = {
            "name": contradictory[0].name,
            "rivals": ", ".join(f"«\u00a0{unit.name}\u00a0»" for unit in contradictory[0].rivals),
        }
        raise Refused(
            _(
                "Les identifiants de « %(name)s » mènent à plusieurs écoles (%(rivals)s) : "
                "décidez laquelle aux rapprochements."
            )
            % said
        )
    if plan.unknown_units and not create_unknown and not plan.is_register:
        raise Refused(
            _(
                "%(count)s école(s) du fichier sont inconnues, dont « %(name)s » : "
                "décidez ce qu’elles sont aux rapprochements, ou acceptez leur création."
            )
            % {"count": len(plan.unknown_units), "name": plan.unknown_units[0].name}
        )
    if plan.refused and not leave_out_reason.strip():
        raise Refused(
            _(
                "%(count)s cellule(s) refusée(s) empêchent l’enregistrement : "
                "corrigez le fichier, ou laissez-les de côté avec un motif."
            )
            % {"count": len(plan.refused)}
        )


def _refuse_twice(written: list[PlannedValue], units: Mapping[str, Unit]) -> None:
    """Two cells of new keys may turn out to be one school: its rows were then not put together."""
    seen: dict[tuple[int, int, int], PlannedValue] = {}
    for planned in written:
        unit = units[planned.record.key]
        other = seen.setdefault((unit.pk, planned.indicator.pk, planned.record.year), planned)
        if other is not planned:
            said = {"one": ", ".join(other.record.keys), "two": ", ".join(planned.record.keys), "name": unit.name}
            raise Refused(
                _(
                    "« %(one)s » et « %(two)s » sont une même école nouvelle, « %(name)s » : "
                    "créez-la d’abord, puis importez ses valeurs."
                )
                % said
            )


def _withdraw_own_waiting(by: User, at: datetime, written: list[PlannedValue]) -> None:
    """The importer's own waiting values give way to the file's; each was seen in the plan."""
    for planned in written:
        waiting = planned.waiting
        if waiting and waiting.author_id == by.pk:
            change_state(
                ValueRevision,
                waiting.pk,
                verb="value.withdraw",
                seen_version=waiting.version,
                decision_reason=_("remplacée par un import"),
                **decided(by, at),
            )


def _write(by: User, at: datetime, batch: ImportBatch, written: list[PlannedValue], units: Mapping[str, Unit]) -> None:
    revisions = [
        ValueRevision(
            unit=units[planned.record.key],
            indicator=planned.indicator,
            reference_year=planned.record.year,
            kind=planned.kind,
            value=planned.value,
            source=batch.source,
            batch=batch,
            author=by,
            created_at=at,
        )
        for planned in written
    ]
    try:
        ValueRevision.objects.bulk_create(revisions, batch_size=CHUNK)
    except IntegrityError as error:  # Somebody entered one of these cells in the same second, under the same account.
        raise Stale(_("La base a changé depuis votre aperçu : relisez-le, rien n’a été enregistré.")) from error
    cells = [
        _cell(revision, cell)
        for revision, planned in zip(revisions, written, strict=True)
        for cell in planned.record.cells
        if cell.role in SourceCell.Role.values
    ]
    SourceCell.objects.bulk_create(cells, batch_size=CHUNK)


def _cell(revision: ValueRevision, cell: CellRef) -> SourceCell:
    return SourceCell(
        revision=revision, sheet=cell.sheet, reference=cell.cell, column=cell.column, text=cell.text, role=cell.role
    )


@transaction.atomic
def discard_import(*, by: User, at: datetime, batch: ImportBatch, seen_version: int) -> None:
    """Close a preview without recording anything."""
    refuse(rules.why_not_close_import(by, batch))
    change_state(ImportBatch, batch.pk, verb="import.discard", seen_version=seen_version, closed_by=by, closed_at=at)
    audit.record(by=by, at=at, verb="import.discard", on=batch, label=batch.source.file_name)
    batch.refresh_from_db()


@transaction.atomic
def withdraw_import(*, by: User, at: datetime, batch: ImportBatch, seen_version: int, reason: str) -> int:
    """Take back every waiting value of an import; gives how many. Refused once one of its values was approved."""
    refuse(rules.why_not_withdraw_import(by, batch))
    refuse(None if reason.strip() else _("Un retrait se motive."))
    change_state(ImportBatch, batch.pk, verb="import.withdraw", seen_version=seen_version, closed_by=by, closed_at=at)
    count = 0
    for revision in batch.revisions.filter(state=ValueState.PENDING):
        change_state(
            ValueRevision,
            revision.pk,
            verb="value.withdraw",
            seen_version=revision.version,
            decision_reason=reason.strip(),
            **decided(by, at),
        )
        count += 1
    if batch.revisions.filter(state__in=[ValueState.IN_FORCE, ValueState.SUPERSEDED]).exists():
        # A verifier approved one between the rule and the claim: the whole withdrawal is undone.
        raise Stale(_("Une de ses valeurs vient d’être approuvée : l’import ne peut plus être retiré."))
    audit.record(
        by=by,
        at=at,
        verb="import.withdraw",
        on=batch,
        label=batch.source.file_name,
        reason=reason.strip(),
        details={"values": count},
    )
    batch.refresh_from_db()
    return count
