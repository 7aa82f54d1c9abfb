"""The digest of everything a release shows, so that anyone with the base can check that no byte moved."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, QuerySet

from rankings.engine.canonical import Json, digest, json_text
from rankings.models import Release, ReleasePoints, ReleaseValue

_SHOWN_FIELDS = (
    "ranking_slug", "year", "number", "title_fr", "title_en", "purpose_fr", "purpose_en", "audience_fr", "audience_en",
    "reason_fr", "reason_en", "method_text", "method_digest", "document", "digest", "ranked_count", "unranked_count",
)  # fmt: skip


def seal_digest(release: Release) -> str:
    """The SHA-256 of a release and of all its rows, verification dates included, as canonical JSON.

    Unlike `Release.digest` it holds instants, so it is not found again by computing: it is checked by reading. Six
    queries.
    """
    shown: dict[str, Json] = {
        "release": {name: str(getattr(release, name)) for name in _SHOWN_FIELDS},
        "nodes": _rows(release.nodes.all(), "key"),
        "indicators": _rows(release.indicators.all(), "code"),
        "units": _rows(release.units.all(), "slug"),
        "points": _rows(ReleasePoints.objects.filter(unit__release=release), "unit__slug", "node__key"),
        "values": _rows(ReleaseValue.objects.filter(unit__release=release), "unit__slug", "indicator__code"),
    }
    return digest(json_text(shown))


def _rows[M: Model](rows: QuerySet[M], *keys: str) -> list[Json]:
    """The rows without their row numbers, in the order of their natural keys."""
    fields = rows.model._meta.concrete_fields
    names = dict.fromkeys([*keys, *(f.name for f in fields if not f.is_relation and not f.primary_key)])
    return [{name: _text(value) for name, value in row.items()} for row in rows.order_by(*keys).values(*names)]


def _text(value: Any) -> Json:
    if isinstance(value, (list, dict, bool)) or value is None:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
