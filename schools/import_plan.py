"""What recording a file would change: the preview, and the very thing that is recorded.

The plan is made from the kept file, its mapping and the database as it stands. Its digest covers all three, so an
import is recorded only as the person saw it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from schools.importing import (
    Document,
    Extraction,
    IndicatorRule,
    Problem,
    ValueRecord,
    extract,
    parse_mapping,
)
from schools.importing import Mapping as FileMapping
from schools.models import ImportBatch, Indicator, Kind, Unit, ValueRevision, ValueState
from schools.planned_units import PlannedUnit, grouping, plan_units
from schools.resolving import Resolver


class Change(StrEnum):
    """What one value of the file does to what is known."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class PlannedValue:
    """One value of the file, beside what is in force for the same cell, and what waits there from somebody else."""

    record: ValueRecord
    unit: Unit | None
    indicator: Indicator
    kind: str
    value: Decimal | None
    change: Change
    in_force: ValueRevision | None
    waiting: ValueRevision | None


@dataclass(frozen=True)
class Plan:
    """All that recording this file would do. Nothing of it is written yet."""

    extraction: Extraction
    units: tuple[PlannedUnit, ...]
    values: tuple[PlannedValue, ...]
    digest: str
    is_register: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the file speaks of, in order."""
        return tuple(sorted({year for unit in self.units for year in unit.years}))

    @property
    def unknown_units(self) -> tuple[PlannedUnit, ...]:
        """The schools of the file that are not in the base."""
        return tuple(unit for unit in self.units if unit.is_unknown)

    @property
    def left_out_units(self) -> tuple[PlannedUnit, ...]:
        """Those whose rows somebody decided are of none of our schools."""
        return tuple(unit for unit in self.units if unit.left_out)

    @property
    def contradictory_units(self) -> tuple[PlannedUnit, ...]:
        """Those whose numbers lead to several of our schools: nobody can say whose figures they are."""
        return tuple(unit for unit in self.units if unit.rivals)

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The cells that cannot be recorded."""
        return tuple(p for p in self.extraction.problems if p.severity == "refused")

    @property
    def suspicious(self) -> tuple[Problem, ...]:
        """What can be recorded but wants a look."""
        return tuple(p for p in self.extraction.problems if p.severity != "refused")

    def of(self, change: Change) -> tuple[PlannedValue, ...]:
        """The values of one kind of change, in the order of the file."""
        return tuple(v for v in self.values if v.change is change)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, as kept with the import."""
        changes = {str(change): len(self.of(change)) for change in Change}
        return changes | {
            "refused": len(self.refused),
            "suspicious": len(self.suspicious),
            "units": len(self.units),
            "unknown_units": len(self.unknown_units),
            "left_out_units": len(self.left_out_units),
            "contradictory_units": len(self.contradictory_units),
            "rows_read": self.extraction.rows_read,
            "rows_used": self.extraction.rows_used,
            "rows_left_out": self.extraction.rows_left_out,
            "rows_refused": self.extraction.rows_refused,
            "rows_of_none": self.extraction.rows_ungrouped,
        }


class UnknownIndicators(Exception):
    """The mapping names indicators that do not exist; `reason` says which, in the reader's language."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.reason = _("La correspondance cite des indicateurs inconnus : %(codes)s.") % {"codes": ", ".join(codes)}
        super().__init__(self.reason)


def indicators_of(mapping: FileMapping) -> Mapping[str, Indicator]:
    """The latest definition of each indicator a mapping feeds. One query; raises `UnknownIndicators`."""
    codes = [value.indicator for value in mapping.values]
    latest = {i.code: i for i in Indicator.objects.filter(code__in=codes).order_by("version")}
    missing = sorted(set(codes) - set(latest))
    if missing:
        raise UnknownIndicators(missing)
    return latest


def rules_of(indicators: Mapping[str, Indicator]) -> dict[str, IndicatorRule]:
    """What the readers must know of each indicator to accept or refuse a cell."""
    return {
        code: IndicatorRule(
            code=code, minimum=i.minimum, maximum=i.maximum, decimals=i.decimals, unit=i.measure, label=i.label
        )
        for code, i in indicators.items()
    }


def make_plan(batch: ImportBatch, document: Document) -> Plan:
    """The plan of this import against the base as it stands now. A fixed number of queries, whatever the file."""
    mapping = parse_mapping(batch.mapping_text)
    indicators = indicators_of(mapping)
    resolver = Resolver(mapping.dataset)
    extraction = extract(document, mapping, rules_of(indicators), grouping(resolver, mapping.key.scheme_of))
    units = plan_units(extraction.units, resolver)
    by_group = {str(planned.unit.pk): planned.unit for planned in units if planned.unit}
    values = _compare(extraction.values, by_group, indicators, batch)
    digest = _digest(batch, extraction, units, values)
    return Plan(extraction, units, values, digest, is_register=mapping.purpose == "register")


def _compare(
    records: Iterable[ValueRecord],
    by_group: Mapping[str, Unit],
    indicators: Mapping[str, Indicator],
    batch: ImportBatch,
) -> tuple[PlannedValue, ...]:
    """Set each record beside what is in force and what waits. Three queries."""
    records = tuple(records)
    live = ValueRevision.objects.filter(
        indicator__in=list(indicators.values()),
        reference_year__in={record.year for record in records},
        state__in=[ValueState.IN_FORCE, ValueState.PENDING],
    ).prefetch_related("author", "indicator")
    in_force = {(r.unit_id, r.indicator_id, r.reference_year): r for r in live if r.state == ValueState.IN_FORCE}
    waiting: dict[tuple[int, int, int], list[ValueRevision]] = {}
    for revision in live:
        if revision.state == ValueState.PENDING:
            key = (revision.unit_id, revision.indicator_id, revision.reference_year)
            waiting.setdefault(key, []).append(revision)
    planned = []
    for record in records:
        unit, indicator = by_group.get(record.key), indicators[record.indicator]
        key = (unit.pk if unit else 0, indicator.pk, record.year)
        planned.append(_planned(record, unit, indicator, in_force.get(key), waiting.get(key, []), batch))
    return tuple(planned)


def _planned(
    record: ValueRecord,
    unit: Unit | None,
    indicator: Indicator,
    in_force: ValueRevision | None,
    waiting: list[ValueRevision],
    batch: ImportBatch,
) -> PlannedValue:
    kind = record.absence or Kind.KNOWN.value
    said = (kind, record.value)
    known = [(r.kind, r.value) for r in (in_force, *waiting) if r]
    # Several people may wait on one cell: the importer's own value gives way to the file's, so it is the one to show.
    own = next((r for r in waiting if r.author_id == batch.created_by_id), None)
    rival = next((r for r in waiting if r.author_id != batch.created_by_id), None)
    if said in known:
        change = Change.UNCHANGED
    elif rival:
        change = Change.CONFLICT
    else:
        change = Change.CHANGED if known else Change.NEW
    return PlannedValue(record, unit, indicator, kind, record.value, change, in_force, own or rival)


def _digest(
    batch: ImportBatch, extraction: Extraction, units: Iterable[PlannedUnit], values: Iterable[PlannedValue]
) -> str:
    """What the person saw, as one number: file, mapping, matches, values and what they would replace."""
    seen = [
        batch.source.sha256,
        batch.mapping_digest,
        [
            [u.record.key, u.years, u.unit.pk if u.unit else None, u.left_out.pk if u.left_out else None,
             [unit.pk for unit in u.rivals]]
            for u in units
        ],
        [
            [v.record.key, v.record.indicator, v.record.year, v.kind, str(v.value), v.change.value,
             v.in_force.pk if v.in_force else None, v.waiting.pk if v.waiting else None]
            for v in values
        ],
        [[p.code, p.sheet, p.cell, p.severity] for p in extraction.problems],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(seen, separators=(",", ":")).encode()).hexdigest()
