"""A computation as the rows of a release: its own copy of every name, text and figure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import override

from rankings.compute import Computation, Loaded, describe_identifiers, figure_text
from rankings.engine import Points, Row
from rankings.engine.canonical import json_text
from rankings.engine.exact import decimal_text, exact_text, shown_decimal
from rankings.engine.method import Branch, Leaf, Node, is_bonus
from rankings.models import (
    Release,
    ReleaseIndicator,
    ReleaseNode,
    ReleasePoints,
    ReleaseSeries,
    ReleaseSetAside,
    ReleaseUnit,
    ReleaseValue,
)
from rankings.reasons import known_percent, left_out_sentence, unranked_sentence
from schools.models import Kind, Source, Unit, ValueRevision

# A quotient leaves as far as the most closely kept of its figures, and is as sure as the least sure of them.
_LEAST_FIRST = (Source.Leaves.POINTS, Source.Leaves.DISPLAY, Source.Leaves.VALUES)
_WEAKEST_FIRST = (Kind.ESTIMATED, Kind.CARRIED_OVER, Kind.KNOWN)


def release_fields(computation: Computation) -> dict[str, object]:
    """The columns of the release itself that come from its edition and computation."""
    edition = computation.loaded.edition
    ranked = sum(row.rank is not None for row in computation.result.rows)
    return {
        "ranking_slug": edition.ranking.slug,
        "year": edition.year,
        "title_fr": edition.ranking.title_fr,
        "title_en": edition.ranking.title_en,
        "purpose_fr": edition.purpose_fr,
        "purpose_en": edition.purpose_en,
        "audience_fr": edition.audience_fr,
        "audience_en": edition.audience_en,
        "method_text": computation.method.canonical_text,
        "method_digest": computation.method.digest,
        "document": computation.document,
        "digest": computation.digest,
        "ranked_count": ranked,
        "unranked_count": len(computation.result.rows) - ranked + len(computation.loaded.left_out),
    }


def copied_unit(release: Release, unit: Unit, position: int, **place: object) -> ReleaseUnit:
    """A school as a release keeps it: its names and numbers of this day, and `place`, the columns that rank it."""
    return ReleaseUnit(
        release=release,
        slug=unit.slug,
        name=unit.name,
        search_key=unit.search_key,
        sector=unit.sector,
        entry=unit.entry,
        duration_years=unit.duration_years,
        region=unit.region,
        academie=unit.academie,
        city=unit.city,
        website=unit.website,
        identifiers=describe_identifiers(unit),
        position=position,
        **place,
    )


@dataclass
class Copy:
    """Writes the rows of one release. The caller holds the transaction; sealed releases refuse in the database."""

    release: Release
    computation: Computation

    def write(self) -> None:
        """Every row, in about seven queries whatever the number of schools (plus one per thousand rows)."""
        nodes = {n.key: n for n in ReleaseNode.objects.bulk_create(self._nodes())}
        indicators = {i.code: i for i in ReleaseIndicator.objects.bulk_create(self._indicators())}
        units = {u.slug: u for u in ReleaseUnit.objects.bulk_create(self._units(), batch_size=1000)}
        ReleasePoints.objects.bulk_create(self._points(units, nodes), batch_size=1000)
        ReleaseValue.objects.bulk_create(self._values(units, indicators), batch_size=1000)
        ReleaseSeries.objects.bulk_create(self._series(units, indicators), batch_size=1000)
        ReleaseSetAside.objects.bulk_create(self._set_aside(units, indicators), batch_size=1000)

    def _nodes(self) -> Iterator[ReleaseNode]:
        walked = _walk(self.computation.method.nodes, "", 0)
        for position, (node, parent_key, level) in enumerate(walked):
            yield self._node(node, parent_key, level, position)

    def _node(self, node: Node, parent_key: str, level: int, position: int) -> ReleaseNode:
        leaf = node if isinstance(node, Leaf) else None
        quotient = leaf.quotient if leaf else None
        divisors = quotient.denominators if quotient else ()
        cuts = json.loads(self.computation.result.canonical_text)["cut_points"].get(node.key) if leaf else None
        return ReleaseNode(
            release=self.release,
            key=node.key,
            parent_key=parent_key,
            level=level,
            position=position,
            title_fr=node.title["fr"],
            title_en=node.title.get("en", node.title["fr"]),
            weight=decimal_text(node.weight),
            out_of=decimal_text(shown_decimal(node.out_of)),
            indicator=leaf.indicator if leaf else "",
            denominator=divisors[0] if len(divisors) == 1 else "",
            denominators=list(divisors) if len(divisors) > 1 else [],
            multiply=decimal_text(quotient.multiply) if quotient and quotient.multiply != 1 else "",
            ratio_digits=quotient.digits if quotient else None,
            unit=quotient.unit if quotient else "",
            cut_points=json_text(cuts) if cuts else "",
            bonus=is_bonus(node),
        )

    def _indicators(self) -> Iterator[ReleaseIndicator]:
        for code, column in sorted(self.computation.loaded.columns.items()):
            indicator = column.indicator
            yield ReleaseIndicator(
                release=self.release,
                code=code,
                definition_version=indicator.version,
                label_fr=indicator.label_fr,
                label_en=indicator.label_en,
                definition_fr=indicator.definition_fr,
                definition_en=indicator.definition_en,
                measure=indicator.measure,
                decimals=indicator.decimals,
                reference_year=column.reference_year,
                carry_over_years=column.carry_over_years,
            )

    def _units(self) -> Iterator[ReleaseUnit]:
        loaded = self.computation.loaded
        rows = _in_public_order(self.computation)
        for position, row in enumerate(rows):
            yield copied_unit(self.release, loaded.units[row.unit], position, **self._place(row))
        for position, item in enumerate(loaded.left_out, start=len(rows)):
            reasons = {"unranked_fr": left_out_sentence(item, "fr"), "unranked_en": left_out_sentence(item, "en")}
            yield copied_unit(self.release, item.unit, position, **reasons)

    def _place(self, row: Row) -> dict[str, object]:
        coverage = decimal_text(known_percent(row.coverage))
        if row.rank is not None and row.score is not None:
            return {
                "rank": row.rank,
                "tied": row.tied,
                "score": decimal_text(row.score),
                "coverage_percent": coverage,
            }
        if row.reason is None:
            raise AssertionError(f"{row.unit} has neither rank nor reason")
        return {
            "coverage_percent": coverage,
            "unranked_fr": unranked_sentence(row.reason, self.computation.method, self._labels("fr"), "fr"),
            "unranked_en": unranked_sentence(row.reason, self.computation.method, self._labels("en"), "en"),
        }

    def _labels(self, language: str) -> dict[str, str]:
        with override(language):
            return {code: column.indicator.label for code, column in self.computation.loaded.columns.items()}

    def _points(self, units: dict[str, ReleaseUnit], nodes: dict[str, ReleaseNode]) -> Iterator[ReleasePoints]:
        leaves = {leaf.key: leaf for leaf in self.computation.method.leaves}
        for row in self.computation.result.rows:
            for key, points in row.points.items():
                yield ReleasePoints(
                    unit=units[row.unit],
                    node=nodes[key],
                    points="" if points.points is None else decimal_text(points.points),
                    status=points.status,
                    absence=points.absence.value if points.absence else "",
                    **(self._measured(row.unit, leaves[key], points) if key in leaves else {}),
                )

    def _measured(self, slug: str, leaf: Leaf, points: Points) -> dict[str, str]:
        """What a criterion was given for one school: no more than the licences of all its figures let leave."""
        measured = points.value if points.measured is None else points.measured
        if points.absence is not None or not isinstance(measured, Decimal):
            return {}
        used = [self.computation.loaded.revisions[slug, code] for code in leaf.indicators]
        leaves = min((revision.source.leaves for revision in used), key=_LEAST_FIRST.index)
        return {
            "value": "" if leaves == Source.Leaves.POINTS else exact_text(Fraction(measured)),
            "kind": min(map(self.computation.loaded.kind, leaf.indicators, used), key=_WEAKEST_FIRST.index),
            "leaves": leaves,
        }

    def _values(self, units: dict[str, ReleaseUnit], indicators: dict[str, ReleaseIndicator]) -> Iterator[ReleaseValue]:
        for (slug, code), revision in sorted(self.computation.loaded.revisions.items()):
            yield ReleaseValue(
                unit=units[slug],
                indicator=indicators[code],
                own_year=revision.reference_year,
                kind=self.computation.loaded.kind(code, revision),
                **_sourced(self.computation.loaded, revision),
            )

    def _series(
        self, units: dict[str, ReleaseUnit], indicators: dict[str, ReleaseIndicator]
    ) -> Iterator[ReleaseSeries]:
        for (slug, code), revisions in sorted(self.computation.loaded.series.items()):
            for revision in revisions:
                yield ReleaseSeries(
                    unit=units[slug],
                    indicator=indicators[code],
                    year=revision.reference_year,
                    kind=revision.kind,
                    **_sourced(self.computation.loaded, revision),
                )

    def _set_aside(
        self, units: dict[str, ReleaseUnit], indicators: dict[str, ReleaseIndicator]
    ) -> Iterator[ReleaseSetAside]:
        for item in self.computation.loaded.set_aside:
            yield ReleaseSetAside(
                unit=units[item.revision.unit.slug],
                indicator=indicators[item.revision.indicator.code],
                year=item.revision.reference_year,
                reason_fr=item.reason_fr,
                reason_en=item.reason_en,
            )


def _sourced(loaded: Loaded, revision: ValueRevision) -> dict[str, object]:
    """A figure with its cells, its source and its verification, as far as its licence lets it leave."""
    if revision.decided_at is None:
        raise AssertionError(f"value {revision.pk} is in force and nobody decided it")
    source = revision.source
    withheld = source.leaves == Source.Leaves.POINTS
    cells = loaded.cells_of(revision)
    return {
        "figure": "" if withheld else figure_text(revision),
        "withheld": withheld,
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_licence": source.licence,
        "source_leaves": source.leaves,
        "source_url": source.url,
        "source_file": source.file_name,
        "source_sha256": source.sha256,
        # A cell's text would give the withheld figure away.
        "cells": [cell | {"text": ""} for cell in cells] if withheld else cells,
        "entered_at": revision.created_at,
        "verified_at": revision.decided_at,
        "verified_meaning": revision.verified_meaning,
    }


def _walk(nodes: tuple[Node, ...], parent_key: str, level: int) -> Iterator[tuple[Node, str, int]]:
    for node in nodes:
        yield node, parent_key, level
        if isinstance(node, Branch):
            yield from _walk(node.children, node.key, level + 1)


def _in_public_order(computation: Computation) -> list[Row]:
    """By rank; among equals and among the unranked by name, so that no order suggests a difference."""
    units = computation.loaded.units
    last = len(computation.result.rows) + 1
    return sorted(computation.result.rows, key=lambda r: (r.rank or last, units[r.unit].search_key, r.unit))
