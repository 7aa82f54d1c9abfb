"""The only bridge between the base and the engine: load what counts, run the method, give back one document.

Nothing is written here; `editorial.actions.editions` stores what comes out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rankings.engine import Absence, Dataset, Method, Result, Value, parse_method, rank
from rankings.engine.canonical import Json, digest, json_text
from rankings.models import Edition, EditionIndicator, EditionUnit
from schools.models import WITH_VALUE, Unit, ValueRevision

# Written into every document, and raised when its layout changes: a digest is compared within one format only.
DOCUMENT_FORMAT = "1"


@dataclass(frozen=True)
class Loaded:
    """What an edition is computed from. `revisions`: (unit slug, indicator code) → the value in force, if any."""

    edition: Edition
    units: Mapping[str, Unit]
    left_out: tuple[EditionUnit, ...]
    columns: Mapping[str, EditionIndicator]
    revisions: Mapping[tuple[str, str], ValueRevision]

    @cached_property
    def dataset(self) -> Dataset:
        """The same as the engine wants it: a value in force or its kind of absence; nothing there is *missing*."""
        values: dict[str, dict[str, Value]] = {code: {} for code in self.columns}
        for (slug, code), revision in self.revisions.items():
            values[code][slug] = _value(revision)
        return Dataset(tuple(sorted(self.units)), values)


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
            "units": {slug: _unit(unit) for slug, unit in self.loaded.units.items()},
            "left_out": {item.unit.slug: item.reason_fr for item in self.loaded.left_out},
            "indicators": {code: _column(column) for code, column in self.loaded.columns.items()},
            "values": self._values(),
            "result": json.loads(self.result.canonical_text),
        })  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the document, in hexadecimal."""
        return digest(self.document)

    def _values(self) -> dict[str, dict[str, Json]]:
        by_unit: dict[str, dict[str, Json]] = {}
        for (slug, code), revision in sorted(self.loaded.revisions.items()):
            by_unit.setdefault(slug, {})[code] = describe_value(revision)
        return by_unit


def load(edition: Edition) -> Loaded:
    """What this edition reads today: its included units, its columns, and the values in force there. Five queries.

    Values waiting, rejected, withdrawn or superseded are not read: nothing unverified can weigh on a rank. A cursus
    takes its school's value only for indicators that say so.
    """
    perimeter = list(edition.perimeter.select_related("unit__parent").prefetch_related("unit__identifiers"))
    units = {item.unit.slug: item.unit for item in perimeter if item.status == EditionUnit.Status.INCLUDED}
    left_out = tuple(
        sorted(
            (item for item in perimeter if item.status == EditionUnit.Status.EXCLUDED), key=lambda item: item.unit.slug
        )
    )
    columns = {column.indicator.code: column for column in edition.columns.select_related("indicator")}
    return Loaded(edition, units, left_out, columns, _revisions(edition, units, columns))


def _revisions(
    edition: Edition, units: Mapping[str, Unit], columns: Mapping[str, EditionIndicator]
) -> dict[tuple[str, str], ValueRevision]:
    wanted = {(column.indicator_id, column.reference_year): code for code, column in columns.items()}
    read = (
        ValueRevision.objects.in_force()
        .filter(indicator__in=[column.indicator_id for column in columns.values()])
        .select_related("indicator", "source")
        .prefetch_related("cells")
    )
    by_key = {
        (revision.unit_id, wanted[revision.indicator_id, revision.reference_year]): revision
        for revision in read
        if (revision.indicator_id, revision.reference_year) in wanted
    }
    found: dict[tuple[str, str], ValueRevision] = {}
    for slug, unit in units.items():
        for code, column in columns.items():
            revision = by_key.get((unit.pk, code))
            if revision is None and unit.parent_id and column.indicator.inherited_by_cursus:
                revision = by_key.get((unit.parent_id, code))
            if revision is not None:
                found[slug, code] = revision
    return found


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


def describe_value(revision: ValueRevision) -> dict[str, Json]:
    """A value as documents and releases keep it: figure as text, kind, year, source and cells; no clock, no person."""
    figure: Decimal | None = revision.figure
    return {
        "figure": "" if figure is None else f"{figure:f}",
        "kind": revision.kind,
        "year": str(revision.reference_year),
        "source": {
            "title": revision.source.title,
            "publisher": revision.source.publisher,
            "licence": revision.source.licence,
            "sha256": revision.source.sha256,
        },
        "cells": describe_cells(revision),
    }


def describe_cells(revision: ValueRevision) -> list[dict[str, str]]:
    """The cells of a value, in the order they were read."""
    return [
        {"sheet": cell.sheet, "cell": cell.reference, "column": cell.column, "text": cell.text, "role": cell.role}
        for cell in revision.cells.all()
    ]


def _unit(unit: Unit) -> dict[str, Json]:
    return {
        "name": unit.name,
        "sector": unit.sector,
        "region": unit.region,
        "academie": unit.academie,
        "city": unit.city,
        "identifiers": describe_identifiers(unit),
    }


def describe_identifiers(unit: Unit) -> list[str]:
    """The identifiers a unit carries today, as « uai 0062197F », sorted."""
    return sorted(f"{i.scheme} {i.value}" for i in unit.identifiers.all() if i.valid_to is None)


def _column(column: EditionIndicator) -> dict[str, str]:
    return {"definition": str(column.indicator.version), "year": str(column.reference_year)}
