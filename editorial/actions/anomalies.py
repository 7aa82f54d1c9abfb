"""What looks wrong in the file of an import, kept with the values it touches."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from editorial import audit
from editorial.models import User
from schools.anomalies import Anomaly as Found
from schools.anomalies import checks_for, find_anomalies
from schools.importing import Document, parse_mapping
from schools.models import Anomaly, ImportBatch, SourceCell, ValueRevision

# Rows written by one INSERT: SQLite's limit on variables is far above.
CHUNK = 1000
_ROW = re.compile(r"[A-Z]+([0-9]+)")


@dataclass(frozen=True)
class _Recorded:
    """What an import wrote: (sheet, cell, indicator code) → its value, and the rows that made any."""

    values: Mapping[tuple[str, str, str], ValueRevision]
    rows: frozenset[tuple[str, str]]

    def touched(self, found: Found) -> list[ValueRevision]:
        """The values that are made of the cells of this anomaly, each once."""
        cells = ((found.sheet, cell, indicator) for indicator, cell in found.touches)
        touched = {self.values[cell].pk: self.values[cell] for cell in cells if cell in self.values}
        return [touched[pk] for pk in sorted(touched)]

    def concerns(self, found: Found) -> bool:
        """Whether an anomaly is about what was recorded: whole columns always are."""
        return not found.cells or any((found.sheet, _row(cell)) in self.rows for cell in found.cells)


@transaction.atomic
def record_anomalies(*, by: User, at: datetime, batch: ImportBatch, document: Document) -> int:
    """Look for anomalies in the file of an import whose values were just written, and keep them; gives how many.

    In the transaction of the import, which has asked for every right. The checks are those of the project that go with
    the mapping's title; without any, nothing is looked for. What is blocking by itself but touches no value of this
    import is kept as a remark, and what is about rows that made none of its values is not kept. Four queries, and one
    for each thousand rows written.
    """
    mapping = parse_mapping(batch.mapping_text)
    checks = checks_for(mapping.title)
    if checks is None:
        return 0
    recorded = _recorded(batch)
    kept = [
        (found, recorded.touched(found))
        for found in find_anomalies(document, mapping, checks)
        if recorded.concerns(found)
    ]
    rows = Anomaly.objects.bulk_create((_anomaly(batch, *each) for each in kept), batch_size=CHUNK)
    through = Anomaly.revisions.through
    links = [
        through(anomaly_id=row.pk, valuerevision_id=revision.pk)
        for row, (_found, touched) in zip(rows, kept, strict=True)
        for revision in touched
    ]
    through._default_manager.bulk_create(links, batch_size=CHUNK)
    ImportBatch.objects.filter(pk=batch.pk).update(checks_text=checks.canonical_text)
    counts = Counter(f"{row.code} {row.severity}" for row in rows)
    details = {"checks": checks.digest, "anomalies": counts, "values": len(_held(kept))}
    audit.record(by=by, at=at, verb="import.check", on=batch, label=batch.source.file_name, details=details)
    return len(rows)


def _recorded(batch: ImportBatch) -> _Recorded:
    revisions = {revision.pk: revision for revision in batch.revisions.only("pk", "unit_id", "indicator_id")}
    cells = SourceCell.objects.filter(revision__batch=batch).order_by()
    values = {
        (sheet, reference, indicator): revisions[pk]
        for sheet, reference, pk, indicator in cells.values_list(
            "sheet", "reference", "revision_id", "revision__indicator__code"
        )
    }
    return _Recorded(values, frozenset((sheet, _row(reference)) for sheet, reference, _code in values))


def _row(reference: str) -> str:
    found = _ROW.fullmatch(reference)
    return found[1] if found else ""


def _anomaly(batch: ImportBatch, found: Found, touched: list[ValueRevision]) -> Anomaly:
    return Anomaly(
        batch=batch,
        code=found.code,
        severity=found.severity if touched else Anomaly.Severity.REMARK.value,
        sheet=found.sheet,
        cells=" ".join(found.cells),
        columns="\n".join(found.columns),
        subjects=" ".join(found.subjects),
        params=audit.canonical_json(dict(found.params)),
        sentence=found.sentence,
        unit_id=_only(revision.unit_id for revision in touched),
        indicator_id=_only(revision.indicator_id for revision in touched),
        year=found.year,
    )


def _only(ids: Iterable[int]) -> int | None:
    """The one of these, when they are all the same."""
    distinct = set(ids)
    return distinct.pop() if len(distinct) == 1 else None


def _held(kept: Iterable[tuple[Found, list[ValueRevision]]]) -> set[int]:
    """The values that a blocking anomaly holds back."""
    return {revision.pk for found, touched in kept if found.severity == "blocking" for revision in touched}
