"""The digest of everything a release shows, so that anyone with the base can check that no byte moved."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, QuerySet

from rankings.engine.canonical import Json, digest, json_text
from rankings.models import Release, ReleasePoints, ReleasePrint, ReleaseSeries, ReleaseSetAside, ReleaseValue

_SHOWN_FIELDS = (
    "ranking_slug", "year", "number", "title_fr", "title_en", "purpose_fr", "purpose_en", "audience_fr", "audience_en",
    "reason_fr", "reason_en", "method_text", "method_digest", "document", "digest", "ranked_count", "unranked_count",
)  # fmt: skip
# Columns that releases sealed before them do not have: told only where they say something, so that old seals hold.
_ADDED_LATER = {
    "nodes": ("denominators", "multiply", "ratio_digits", "unit", "bonus"),
    "units": ("entry", "duration_years", "website", "printed", "cells"),
    "indicators": ("carry_over_years",),
    "points": ("value", "kind", "leaves"),
    "values": ("own_year",),
}
_SAYS_NOTHING: tuple[Json, ...] = ("", "0", None, [], False)


def seal_digest(release: Release) -> str:
    """The SHA-256 of the text of a release and of all its rows.

    Unlike `Release.digest` it holds instants, so it is not found again by computing: it is checked by reading. Eight
    queries.
    """
    return digest(seal_text(release))


def seal_text(release: Release) -> str:
    """A release and all its rows, verification dates included, as canonical JSON: what its seal is taken of."""
    rows = {
        "nodes": _rows(release.nodes.all(), "key"),
        "indicators": _rows(release.indicators.all(), "code"),
        "units": _rows(release.units.all(), "slug"),
        "points": _rows(ReleasePoints.objects.filter(unit__release=release), "unit__slug", "node__key"),
        "values": _rows(ReleaseValue.objects.filter(unit__release=release), "unit__slug", "indicator__code"),
    }
    shown: dict[str, Json] = {
        name: [_without_silence(row, _ADDED_LATER.get(name, ())) for row in found] for name, found in rows.items()
    }
    of_release = (*_SHOWN_FIELDS, *(("archival", "out_of") if release.archival else ()))
    shown["release"] = {name: str(getattr(release, name)) for name in of_release}
    by_year = ("unit__slug", "indicator__code", "year")
    if release.archival:
        shown["print"] = _rows(ReleasePrint.objects.filter(release=release), "source_sha256")
    for name, table in (("series", ReleaseSeries), ("set_aside", ReleaseSetAside)):
        # Whole tables came later too.
        if found := _rows(table._default_manager.filter(unit__release=release), *by_year):
            shown[name] = found
    return json_text(shown)


def _rows[M: Model](rows: QuerySet[M], *keys: str) -> list[dict[str, Json]]:
    """The rows without their row numbers, in the order of their natural keys."""
    fields = rows.model._meta.concrete_fields
    names = dict.fromkeys([*keys, *(f.name for f in fields if not f.is_relation and not f.primary_key)])
    return [{name: _text(value) for name, value in row.items()} for row in rows.order_by(*keys).values(*names)]


def _without_silence(row: dict[str, Json], added: tuple[str, ...]) -> dict[str, Json]:
    return {name: value for name, value in row.items() if name not in added or value not in _SAYS_NOTHING}


def _text(value: Any) -> Json:
    if isinstance(value, str):
        return value
    if isinstance(value, (list, dict, bool)) or value is None:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
