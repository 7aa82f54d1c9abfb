"""The endpoints. All of them read through `palmares.public.shelf`, as the pages do."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from palmares.public import shelf
from palmares.public.api import serializers as shapes
from palmares.public.api.base import Gone, PublicView
from palmares.public.board import Board
from palmares.public.clock import now
from palmares.public.filters import LONGEST_QUERY, UnitFilter
from palmares.public.spreadsheets import leaves, may_leave_whole
from rankings.models import Release, ReleaseSeries, ReleaseUnit, ReleaseValue

DEFAULT_LIMIT = 50
MOST = 500
FURTHEST = 100_000
_ERRORS: Mapping[int, Any] = {
    404: OpenApiResponse(shapes.ErrorSerializer, description="Nothing public at this address."),
    429: OpenApiResponse(shapes.ErrorSerializer, description="Too many requests; Retry-After says when to come back."),
}
_EDITION_ERRORS = {
    **_ERRORS,
    410: OpenApiResponse(shapes.ErrorSerializer, description="Published once, and taken back."),
}
_BAD = {400: OpenApiResponse(OpenApiTypes.OBJECT, description="Parameter → what is wrong with it.")}
_PAGES = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
        description=f"How many at most, from 1 to {MOST}.",
    ),
    OpenApiParameter(
        "offset",
        {"type": "integer", "minimum": 0, "maximum": FURTHEST, "default": 0},
        description="How many to leave out first.",
    ),
]


class EditionView(PublicView):
    """A view of one edition: 404 when it was never public, 410 with the reason when it was taken back."""

    heavy: ClassVar[bool] = False

    def release(self) -> Release:
        found = shelf.edition_or_gone(
            self.kwargs["ranking"], self.kwargs["year"], now(self.request._request), heavy=self.heavy
        )
        if isinstance(found, shelf.Gone):
            raise Gone({"detail": found.withdrawal.reason_fr, "at": found.withdrawal.at.isoformat()})
        return found


class RankingsView(PublicView):
    """The rankings of which something is published."""

    @extend_schema(operation_id="rankings", responses={200: shapes.RankingSerializer(many=True), **_ERRORS})
    def get(self, request: Request) -> Response:
        found: dict[str, dict[str, Any]] = {}
        for release in shelf.editions(now(request._request)).order_by("ranking_slug", "-year"):
            titles = {"slug": release.ranking_slug, "title_fr": release.title_fr, "title_en": release.title_en}
            found.setdefault(release.ranking_slug, {**titles, "years": []})["years"].append(release.year)
        return Response(shapes.RankingSerializer(list(found.values()), many=True).data)


class EditionsView(PublicView):
    """The version in force of every edition, the latest published first."""

    @extend_schema(operation_id="editions", responses={200: shapes.ReleaseSerializer(many=True), **_ERRORS})
    def get(self, request: Request) -> Response:
        return Response(shapes.ReleaseSerializer(shelf.editions(now(request._request)), many=True).data)


class OneEditionView(EditionView):
    """The version in force of one edition."""

    @extend_schema(operation_id="edition", responses={200: shapes.ReleaseSerializer, **_EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        return Response(shapes.ReleaseSerializer(self.release()).data)


class VersionsView(PublicView):
    """Every published version of an edition, and those that were taken back."""

    @extend_schema(operation_id="versions", responses={200: shapes.VersionsSerializer, **_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        at = now(request._request)
        found = {
            "releases": list(shelf.versions(ranking, year, at)),
            "withdrawals": list(shelf.withdrawals(ranking, year, at)),
        }
        if not any(found.values()):
            raise Http404
        return Response(shapes.VersionsSerializer(found).data)


class NodesView(EditionView):
    """The families and criteria of the method, with their weights."""

    @extend_schema(operation_id="nodes", responses={200: shapes.NodeSerializer(many=True), **_EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        return Response(shapes.NodeSerializer(self.release().nodes.order_by("position"), many=True).data)


class IndicatorsView(EditionView):
    """The indicators, as they were defined."""

    @extend_schema(operation_id="indicators", responses={200: shapes.IndicatorSerializer(many=True), **_EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        return Response(shapes.IndicatorSerializer(self.release().indicators.all(), many=True).data)


class DocumentView(EditionView):
    """The release document, byte for byte: its SHA-256 is the digest of the release.

    404 when the licence of a source keeps a value back: the document holds every value.
    """

    heavy = True

    @extend_schema(operation_id="document", responses={200: OpenApiTypes.OBJECT, **_EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> HttpResponse:
        release = self.release()
        if not may_leave_whole(release):
            raise Http404
        # Not through the renderer: the bytes must stay those the digest was taken of.
        return HttpResponse(release.document, content_type="application/json")


class UnitsView(EditionView):
    """The schools of an edition, filtered as on the page of the ranking; ranks stay those of the whole ranking."""

    parameters = frozenset({"q", "region", "sector", "academie", "order", "limit", "offset"})

    @extend_schema(
        operation_id="units",
        parameters=[
            OpenApiParameter("q", {"type": "string", "maxLength": LONGEST_QUERY}, description="Words of the name."),
            OpenApiParameter("region", str, description="A region of the edition, as written in it."),
            OpenApiParameter("academie", str, description="An académie of the edition, as written in it."),
            OpenApiParameter("sector", str, many=True, description="A status of the edition; may be repeated."),
            OpenApiParameter("order", str, description="rank, name, or the key of a node of the first two levels."),
            *_PAGES,
        ],
        responses={200: shapes.UnitPageSerializer, **_BAD, **_EDITION_ERRORS},
    )
    def get(self, request: Request, ranking: str, year: int) -> Response:
        board = Board(self.release())
        filters = UnitFilter(board, request.query_params)
        if not filters.is_valid():
            raise ValidationError(filters.errors)
        kept = filters.kept(board)
        limit, offset = bounds(request)
        rows = [_unit(board, unit) for unit in kept[offset : offset + limit]]
        page = {"count": len(kept), "limit": limit, "offset": offset, "results": rows}
        return Response(shapes.UnitPageSerializer(page).data)


class UnitView(EditionView):
    """One school with every value, its source and its verification."""

    @extend_schema(operation_id="unit", responses={200: shapes.UnitDetailSerializer, **_EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int, slug: str) -> Response:
        board = Board(self.release())
        unit = next((unit for unit in board.units if unit.slug == slug), None)
        if unit is None:
            raise Http404
        values = unit.values.select_related("indicator").order_by("indicator__code")
        series = unit.series.select_related("indicator").order_by("indicator__code", "year")
        found = {
            **_unit(board, unit),
            "values": [{**_sourced(value), "reference_year": value.indicator.reference_year} for value in values],
            "series": [_sourced(row) for row in series],
            "set_aside": unit.set_aside.select_related("indicator").order_by("indicator__code", "year"),
        }
        return Response(shapes.UnitDetailSerializer(found).data)


class ArticlesView(PublicView):
    """The published articles and announcements, the latest first."""

    parameters = frozenset({"limit", "offset"})

    @extend_schema(
        operation_id="articles", parameters=_PAGES, responses={200: shapes.ArticlePageSerializer, **_BAD, **_ERRORS}
    )
    def get(self, request: Request) -> Response:
        limit, offset = bounds(request)
        found = shelf.articles(now(request._request))
        rows = list(found[offset : offset + limit])
        page = {"count": found.count(), "limit": limit, "offset": offset, "results": rows}
        return Response(shapes.ArticlePageSerializer(page).data)


class ArticleView(PublicView):
    """One article, with its text and its figures."""

    @extend_schema(operation_id="article", responses={200: shapes.ArticleDetailSerializer, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        found = shelf.articles(now(request._request)).filter(slug=slug).first()
        if found is None:
            raise Http404
        return Response(shapes.ArticleDetailSerializer(found).data)


class SchemaView(PublicView, SpectacularJSONAPIView):
    """The OpenAPI description of this API; it depends on no data."""

    schema = None
    renderer_classes = SpectacularJSONAPIView.renderer_classes
    parameters = frozenset({"format", "lang"})


def bounds(request: Request) -> tuple[int, int]:
    """(limit, offset) of the query. Raises ValidationError outside of their bounds."""
    asked = request.query_params
    limit = _whole(asked.get("limit", str(DEFAULT_LIMIT)), "limit", 1, MOST)
    return limit, _whole(asked.get("offset", "0"), "offset", 0, FURTHEST)


def _whole(text: str, name: str, least: int, most: int) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most:
        return int(text)
    raise ValidationError({name: [_("Un nombre entier de %(least)s à %(most)s.") % {"least": least, "most": most}]})


def _unit(board: Board, unit: ReleaseUnit) -> dict[str, Any]:
    plain = ("slug", "name", "identifiers", "city", "academie", "region", "sector", "rank", "tied")
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
    }


def _sourced(value: ReleaseValue | ReleaseSeries) -> dict[str, Any]:
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
