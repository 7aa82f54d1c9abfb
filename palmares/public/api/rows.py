"""Rows of a release as the API tells them: exact texts, null for what is not there."""

from collections.abc import Iterable, Mapping
from typing import Any

from palmares.public.board import Board
from palmares.public.spreadsheets import leaves
from rankings.models import ReleaseSeries, ReleaseUnit, ReleaseValue


def told_unit(board: Board, unit: ReleaseUnit) -> dict[str, Any]:
    """A school with what it got at each node."""
    plain = (
        "slug", "name", "identifiers", "city", "academie", "region", "sector", "entry",
        "duration_years", "rank", "tied",
    )  # fmt: skip
    absent = ("score", "coverage_percent", "unranked_fr", "unranked_en")
    return {
        **{name: getattr(unit, name) for name in plain},
        **{name: getattr(unit, name) or None for name in absent},
        "points": {
            node.key: {
                "points": got.points or None,
                "status": got.status,
                "absence": got.absence or None,
                "value": got.told or None,
                "kind": got.kind or None,
            }
            for node in board.nodes
            for got in [board.got(unit, node)]
        },
        "cells": list(_cells(unit.cells, told=True)),
    }


def told_value(value: ReleaseValue) -> dict[str, Any]:
    """A value of the edition, with the year the edition reads its indicator in."""
    return {**told_figure(value), "reference_year": value.indicator.reference_year}


def told_figure(value: ReleaseValue | ReleaseSeries) -> dict[str, Any]:
    """A figure with its provenance, kept back where the licence of its source says so."""
    told = leaves(value)
    return {
        "indicator": value.indicator.code,
        "year": value.year,
        "kind": value.kind,
        "figure": (value.figure or None) if told else None,
        "withheld": not told,
        "source": {
            "title": value.source_title,
            "publisher": value.source_publisher,
            "licence": value.source_licence,
            "leaves": value.source_leaves,
            "url": value.source_url,
            "file": value.source_file,
            "sha256": value.source_sha256,
        },
        "cells": list(_cells(value.cells, told=told)),
        "verified_at": value.verified_at,
        "verified_meaning": value.verified_meaning,
    }


def _cells(cells: Iterable[Mapping[str, str]], *, told: bool) -> Iterable[dict[str, str]]:
    for cell in cells:
        shown = {name: str(cell.get(name, "")) for name in ("sheet", "cell", "column", "role")}
        yield {**shown, "text": str(cell.get("text", "")) if told else ""}
