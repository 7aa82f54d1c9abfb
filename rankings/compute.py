"""The only bridge between the base and the engine: load what counts, run the method, give back one document.

Nothing is written here; `editorial.actions.editions` stores what comes out.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet

from rankings.engine import Absence, Dataset, Method, Result, Value, parse_method, rank
from rankings.engine.canonical import Json, digest, json_text
from rankings.groupings import groups_of
from rankings.models import Edition, EditionIndicator, EditionSetAside, EditionUnit
from rankings.years import context_years, kind_used, used, years_read
from schools.models import WITH_VALUE, SourceCell, Unit, ValueRevision

# Written into every document, and raised when its layout changes: a digest is compared within one format only.
DOCUMENT_FORMAT = "1"
# What documents call the parts of a cell.
_CELL = ("sheet", "cell", "column", "text", "role")


@dataclass(frozen=True)
class Loaded:
    """What an edition is computed from, and what it is published with.

    `revisions`: (unit slug, indicator code) → the value in force that is used, if any. `series`: the same → the values
    in force of earlier years that are kept for the evolution, by year. `set_aside`: what the edition goes out without.
    `cells`: value → its cells as documents keep them, in the order they were read.
    """

    edition: Edition
    units: Mapping[str, Unit]
    left_out: tuple[EditionUnit, ...]
    columns: Mapping[str, EditionIndicator]
    revisions: Mapping[tuple[str, str], ValueRevision]
    series: Mapping[tuple[str, str], tuple[ValueRevision, ...]] = field(default_factory=dict)
    set_aside: tuple[EditionSetAside, ...] = ()
    cells: Mapping[int, list[dict[str, str]]] = field(default_factory=dict)

    def cells_of(self, revision: ValueRevision) -> list[dict[str, str]]:
        """The cells of a value, in the order they were read."""
        return self.cells.get(revision.pk, [])

    def kind(self, code: str, revision: ValueRevision) -> str:
        """The kind of a value as it is used here: known, or carried over from an earlier year, or an absence…"""
        return kind_used(self.columns[code], revision)

    @cached_property
    def dataset(self) -> Dataset:
        """The same as the engine wants it: a value in force or its kind of absence; nothing there is *missing*."""
        values: dict[str, dict[str, Value]] = {code: {} for code in self.columns}
        for (slug, code), revision in self.revisions.items():
            values[code][slug] = _value(revision)
        return Dataset(tuple(sorted(self.units)), values, groups_of(self.units))


@dataclass(frozen=True)
class Computation:
    """A ranking that was computed and not yet stored.

    `document`: canonical JSON of ranking, year, method, data with its cells, and result; no clock, no person, no row
    number, so the same data give the same `digest` on any machine and database.
    """

    loaded: Loaded
    method: Method
    result: Result

    @cached_property
    def document(self) -> str:
        """The text the digest is taken of."""
        edition = self.loaded.edition
        return json_text({
            "format": DOCUMENT_FORMAT,
            "ranking": edition.ranking.slug,
            "year": str(edition.year),
            "method": self.method.digest,
            "units": {slug: describe_unit(unit) for slug, unit in self.loaded.units.items()},
            "left_out": {item.unit.slug: item.reason_fr for item in self.loaded.left_out},
            "indicators": {code: _column(column) for code, column in self.loaded.columns.items()},
            "values": self._values(),
            "result": json.loads(self.result.canonical_text),
            # Absent where there is nothing to tell: documents without them keep their digests.
            **({"series": series} if (series := self._series()) else {}),
            **({"set_aside": aside} if (aside := self._set_aside()) else {}),
        })  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the document, in hexadecimal."""
        return digest(self.document)

    def _values(self) -> dict[str, dict[str, Json]]:
        by_unit: dict[str, dict[str, Json]] = {}
        for (slug, code), revision in sorted(self.loaded.revisions.items()):
            by_unit.setdefault(slug, {})[code] = _describe_value(self.loaded, code, revision)
        return by_unit

    def _series(self) -> dict[str, dict[str, Json]]:
        by_unit: dict[str, dict[str, Json]] = {}
        for (slug, code), revisions in sorted(self.loaded.series.items()):
            by_year = {str(revision.reference_year): _describe_earlier(self.loaded, revision) for revision in revisions}
            by_unit.setdefault(slug, {})[code] = by_year
        return by_unit

    def _set_aside(self) -> dict[str, dict[str, dict[str, Json]]]:
        by_unit: dict[str, dict[str, dict[str, Json]]] = {}
        for item in self.loaded.set_aside:
            revision = item.revision
            reasons = {"reason_fr": item.reason_fr, "reason_en": item.reason_en}
            of_unit = by_unit.setdefault(revision.unit.slug, {}).setdefault(revision.indicator.code, {})
            of_unit[str(revision.reference_year)] = reasons
        return by_unit


def load(edition: Edition) -> Loaded:
    """What this edition reads today: its included units, its columns, and the values in force there. Eight queries.

    Values waiting, rejected, withdrawn or superseded are not read: nothing unverified can weigh on a rank. A cursus
    takes its school's value only for indicators that say so. Of what is set aside, the reasons alone are read.
    """
    perimeter = list(edition.perimeter.select_related("unit__parent").prefetch_related("unit__identifiers"))
    units = {item.unit.slug: item.unit for item in perimeter if item.status == EditionUnit.Status.INCLUDED}
    left_out = tuple(
        sorted(
            (item for item in perimeter if item.status == EditionUnit.Status.EXCLUDED), key=lambda item: item.unit.slug
        )
    )
    columns = {column.indicator.code: column for column in edition.columns.select_related("indicator")}
    revisions: dict[tuple[str, str], ValueRevision] = {}
    series: dict[tuple[str, str], tuple[ValueRevision, ...]] = {}
    read = _in_force(columns.values())
    in_force = _by_year(read)
    for slug, unit in units.items():
        for code, column in columns.items():
            own, parents = (in_force.get((pk, column.indicator_id), {}) for pk in (unit.pk, unit.parent_id))
            inherited = parents if column.indicator.inherited_by_cursus else {}
            revision = used(column, own) or used(column, inherited)
            if revision is not None:
                revisions[slug, code] = revision
            known = {**inherited, **own}
            if kept := tuple(known[year] for year in context_years(column) if year in known):
                series[slug, code] = kept
    return Loaded(edition, units, left_out, columns, revisions, series, _aside(edition, units, columns), _cells(read))


def _in_force(columns: Iterable[EditionIndicator]) -> QuerySet[ValueRevision]:
    """The values in force of the years that any column reads or keeps."""
    wanted = Q(pk=None)
    for column in columns:
        first = min([years_read(column)[0], *context_years(column)[:1]])
        wanted |= Q(indicator=column.indicator_id, reference_year__range=(first, column.reference_year))
    return ValueRevision.objects.in_force().filter(wanted)


def _by_year(read: QuerySet[ValueRevision]) -> dict[tuple[int | None, int], dict[int, ValueRevision]]:
    """(unit, indicator) → these values, by year. Three queries: the many of one source or indicator share it."""
    found: dict[tuple[int | None, int], dict[int, ValueRevision]] = {}
    for revision in read.prefetch_related("indicator", "source"):
        found.setdefault((revision.unit_id, revision.indicator_id), {})[revision.reference_year] = revision
    return found


def _cells(read: QuerySet[ValueRevision]) -> dict[int, list[dict[str, str]]]:
    """Value → its cells, in the order they were read. One query."""
    found: dict[int, list[dict[str, str]]] = {}
    cells = SourceCell.objects.filter(revision__in=read.order_by().values("pk")).order_by("pk")
    for pk, *texts in cells.values_list("revision_id", "sheet", "reference", "column", "text", "role"):
        found.setdefault(pk, []).append(dict(zip(_CELL, texts, strict=True)))
    return found


def _aside(
    edition: Edition, units: Mapping[str, Unit], columns: Mapping[str, EditionIndicator]
) -> tuple[EditionSetAside, ...]:
    """What still waits and is set aside, of the units and years this edition reads; one for a unit, year and column."""
    items = edition.set_aside.current().select_related("revision__unit", "revision__indicator").order_by("pk")
    found: dict[tuple[str, str, int], EditionSetAside] = {}
    for item in items:
        revision = item.revision
        slug, code = revision.unit.slug, revision.indicator.code
        column = columns.get(code)
        read = column is not None and column.indicator_id == revision.indicator_id
        if slug in units and read and revision.reference_year in years_read(columns[code]):
            found.setdefault((slug, code, revision.reference_year), item)
    return tuple(found[key] for key in sorted(found))


def compute(edition: Edition) -> Computation:
    """Rank this edition as the base stands now. Raises MethodError or DatasetError; `blocks` says them beforehand."""
    if edition.method is None:
        raise ValueError("an edition without method cannot be computed")
    method = parse_method(edition.method.text)
    loaded = load(edition)
    return Computation(loaded, method, rank(loaded.dataset, method))


def _value(revision: ValueRevision) -> Value:
    figure = revision.figure
    if revision.kind in WITH_VALUE and figure is not None:
        return figure
    return Absence(revision.kind)


def _describe_value(loaded: Loaded, code: str, revision: ValueRevision) -> dict[str, Json]:
    """A value as documents keep it: figure as text, kind as used, year, source and cells; no clock, no person."""
    return {
        "figure": figure_text(revision),
        "kind": loaded.kind(code, revision),
        "year": str(revision.reference_year),
        "source": {
            "title": revision.source.title,
            "publisher": revision.source.publisher,
            "licence": revision.source.licence,
            "sha256": revision.source.sha256,
        },
        "cells": [*loaded.cells_of(revision)],
    }


def _describe_earlier(loaded: Loaded, revision: ValueRevision) -> dict[str, Json]:
    """A value of an earlier year, in short: its source is told by its digest, or by its title when it has none."""
    source = revision.source
    return {
        "figure": figure_text(revision),
        "kind": revision.kind,
        "source": source.sha256 or source.title,
        "cells": [*loaded.cells_of(revision)],
    }


def figure_text(revision: ValueRevision) -> str:
    """A figure with exactly the decimals of its indicator; empty for an absence."""
    figure: Decimal | None = revision.figure
    return "" if figure is None else f"{figure:f}"


def describe_unit(unit: Unit) -> dict[str, Json]:
    """A school as documents keep it; what came after the first documents is there only where it is known."""
    known = {"entry": unit.entry, "duration_years": str(unit.duration_years or "")}
    return {
        "name": unit.name,
        "sector": unit.sector,
        "region": unit.region,
        "academie": unit.academie,
        "city": unit.city,
        "identifiers": describe_identifiers(unit),
        **{name: text for name, text in known.items() if text},
    }


def describe_identifiers(unit: Unit) -> list[str]:
    """The identifiers a unit carries today, as « uai 0062197F », sorted."""
    return sorted(f"{i.scheme} {i.value}" for i in unit.identifiers.all() if i.valid_to is None)


def _column(column: EditionIndicator) -> dict[str, str]:
    said = {"definition": str(column.indicator.version), "year": str(column.reference_year)}
    return said | ({"carry_over_years": str(column.carry_over_years)} if column.carry_over_years else {})
