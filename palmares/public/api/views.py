"""The endpoints of the editions. All of them read through `palmares.public.shelf`, as the pages do."""

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from palmares.public import shelf
from palmares.public.api import serializers as shapes
from palmares.public.api.base import Gone, PublicView
from palmares.public.api.documented import EDITION_ERRORS, ERRORS
from palmares.public.api.pages import PAGES, one_page, paged, text_parameter
from palmares.public.api.rows import told_figure, told_unit, told_value
from palmares.public.board import Board
from palmares.public.clock import now
from palmares.public.filters import CHOICES, LONGEST_QUERY, SEVERAL, UnitFilter
from palmares.public.spreadsheets import may_leave_whole
from palmares.public.thresholds import PREFIX
from palmares.public.value_filters import ValueFilter
from rankings.models import Release, ReleaseWithdrawal
from schools.models import Kind


def gone(withdrawal: ReleaseWithdrawal) -> Gone:
    """The answer 410 of a version taken back."""
    return Gone({"detail": withdrawal.reason_fr, "at": withdrawal.at.isoformat()})


class EditionView(PublicView):
    """A view of one edition: 404 when it was never public, 410 with the reason when it was taken back."""

    heavy: ClassVar[bool] = False

    def release(self) -> Release:
        found = shelf.edition_or_gone(
            self.kwargs["ranking"], self.kwargs["year"], now(self.request._request), heavy=self.heavy
        )
        if isinstance(found, shelf.Gone):
            raise gone(found.withdrawal)
        return found


class RankingsView(PublicView):
    """The rankings of which something is published."""

    row = shapes.RankingSerializer

    @extend_schema(operation_id="rankings", responses={200: shapes.RankingSerializer(many=True), **ERRORS})
    def get(self, request: Request) -> Response:
        found: dict[str, dict[str, Any]] = {}
        for release in shelf.editions(now(request._request)).order_by("ranking_slug", "-year"):
            titles = {"slug": release.ranking_slug, "title_fr": release.title_fr, "title_en": release.title_en}
            found.setdefault(release.ranking_slug, {**titles, "years": []})["years"].append(release.year)
        return Response(shapes.RankingSerializer(list(found.values()), many=True).data)


class EditionsView(PublicView):
    """The version in force of every edition, the latest published first."""

    row = shapes.ReleaseSerializer

    @extend_schema(operation_id="editions", responses={200: shapes.ReleaseSerializer(many=True), **ERRORS})
    def get(self, request: Request) -> Response:
        return Response(
            shapes.ReleaseSerializer(shelf.editions(now(request._request)).select_related("printed"), many=True).data
        )


class OneEditionView(EditionView):
    """The version in force of one edition."""

    @extend_schema(operation_id="edition", responses={200: shapes.ReleaseSerializer, **EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        return Response(shapes.ReleaseSerializer(self.release()).data)


class VersionsView(PublicView):
    """Every published version of an edition, and those that were taken back."""

    @extend_schema(operation_id="versions", responses={200: shapes.VersionsSerializer, **ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        at = now(request._request)
        found = {
            "releases": list(shelf.versions(ranking, year, at).select_related("printed")),
            "withdrawals": list(shelf.withdrawals(ranking, year, at)),
        }
        if not any(found.values()):
            raise Http404
        return Response(shapes.VersionsSerializer(found).data)


class VersionView(PublicView):
    """One published version of an edition, in force or not."""

    @extend_schema(operation_id="version", responses={200: shapes.ReleaseSerializer, **EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int, number: int) -> Response:
        found = shelf.version_or_gone(ranking, year, number, now(request._request))
        if isinstance(found, shelf.Gone):
            raise gone(found.withdrawal)
        return Response(shapes.ReleaseSerializer(found).data)


class NodesView(EditionView):
    """The families and criteria of the method, with their weights."""

    row = shapes.NodeSerializer

    @extend_schema(operation_id="nodes", responses={200: shapes.NodeSerializer(many=True), **EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        return Response(shapes.NodeSerializer(self.release().nodes.order_by("position"), many=True).data)


class IndicatorsView(EditionView):
    """The indicators, as they were defined."""

    row = shapes.IndicatorSerializer

    @extend_schema(operation_id="indicators", responses={200: shapes.IndicatorSerializer(many=True), **EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> Response:
        return Response(shapes.IndicatorSerializer(self.release().indicators.all(), many=True).data)


class DocumentView(EditionView):
    """The release document, byte for byte: its SHA-256 is the digest of the release.

    404 when the licence of a source keeps a value back: the document holds every value.
    """

    heavy = True

    @extend_schema(operation_id="document", responses={200: OpenApiTypes.OBJECT, **EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int) -> HttpResponse:
        release = self.release()
        if not may_leave_whole(release):
            raise Http404
        # Not through the renderer: the bytes must stay those the digest was taken of.
        return HttpResponse(release.document, content_type="application/json")


class UnitsView(EditionView):
    """The schools of an edition, filtered as on the page of the ranking; ranks stay those of the whole ranking.

    Each family can be given a least number of points: `min_` and its key, as `min_academique=20`.
    """

    row = shapes.UnitSerializer
    parameters = frozenset({"q", *CHOICES, "order", "limit", "offset"})
    prefixes = (PREFIX,)
    repeated = frozenset(SEVERAL)

    @extend_schema(
        operation_id="units",
        parameters=[
            text_parameter("q", "Words of the name.", LONGEST_QUERY),
            OpenApiParameter("entry", str, many=True, description="post_bac or post_prepa; may be repeated."),
            OpenApiParameter("duration", str, many=True, description="Years of the course; may be repeated."),
            OpenApiParameter("region", str, description="A region of the edition, as written in it."),
            OpenApiParameter("academie", str, description="An académie of the edition, as written in it."),
            OpenApiParameter("sector", str, many=True, description="A status of the edition; may be repeated."),
            OpenApiParameter("order", str, description="rank, name, or the key of a node that gave points."),
            *PAGES,
        ],
        responses={200: shapes.UnitPageSerializer, **EDITION_ERRORS},
    )
    def get(self, request: Request, ranking: str, year: int) -> Response:
        board = Board(self.release())
        filters = UnitFilter(board, request.query_params)
        if not filters.is_valid():
            raise ValidationError(filters.errors)
        page = one_page(request, filters.kept, lambda unit: told_unit(board, unit))
        return paged(request, shapes.UnitPageSerializer(page).data)


class UnitView(EditionView):
    """One school with every value, its source and its verification."""

    @extend_schema(operation_id="unit", responses={200: shapes.UnitDetailSerializer, **EDITION_ERRORS})
    def get(self, request: Request, ranking: str, year: int, slug: str) -> Response:
        board = Board(self.release())
        unit = next((unit for unit in board.units if unit.slug == slug), None)
        if unit is None:
            raise Http404
        values = unit.values.select_related("indicator").order_by("indicator__code")
        series = unit.series.select_related("indicator").order_by("indicator__code", "year")
        found = {
            **told_unit(board, unit),
            "values": [told_value(value) for value in values],
            "series": [told_figure(row) for row in series],
            "set_aside": unit.set_aside.select_related("indicator").order_by("indicator__code", "year"),
        }
        return Response(shapes.UnitDetailSerializer(found).data)


class ValuesView(EditionView):
    """Every value of an edition with its source, its cells and its verification, school by school."""

    row = shapes.UnitValueSerializer
    parameters = frozenset({"unit", "indicator", "kind", "limit", "offset"})

    @extend_schema(
        operation_id="values",
        parameters=[
            OpenApiParameter("unit", str, description="The slug of a school of the edition."),
            OpenApiParameter("indicator", str, description="The code of an indicator of the edition."),
            OpenApiParameter(
                "kind", {"type": "string", "enum": list(Kind.values)}, description="One kind of value or absence."
            ),
            *PAGES,
        ],
        responses={200: shapes.ValuePageSerializer, **EDITION_ERRORS},
    )
    def get(self, request: Request, ranking: str, year: int) -> Response:
        filters = ValueFilter(self.release(), request.query_params)
        if not filters.is_valid():
            raise ValidationError(filters.errors)
        page = one_page(request, filters.qs, lambda value: {"unit": value.unit.slug, **told_value(value)})
        return paged(request, shapes.ValuePageSerializer(page).data)


class SchemaView(PublicView, SpectacularJSONAPIView):
    """The OpenAPI description of this API; it depends on no data."""

    schema = None
    renderer_classes = SpectacularJSONAPIView.renderer_classes
    parameters = frozenset({"format", "lang"})
