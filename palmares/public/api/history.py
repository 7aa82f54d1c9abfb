"""The endpoints of schools over the years: their places in every published edition."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from palmares.public import shelf
from palmares.public.api import serializers as shapes
from palmares.public.api.base import PublicView
from palmares.public.api.documented import ERRORS
from palmares.public.api.pages import PAGES, one_page, paged, text_parameter
from palmares.public.clock import now
from palmares.public.filters import LONGEST_QUERY
from rankings.models import ReleaseUnit
from schools.naming import search_key


class SchoolsView(PublicView):
    """Every school of any published edition, with its place in each, by name."""

    row = shapes.SchoolSerializer
    parameters = frozenset({"q", "ranking", "limit", "offset"})

    @extend_schema(
        operation_id="schools",
        parameters=[
            text_parameter("q", "Words of its name.", LONGEST_QUERY),
            OpenApiParameter(
                "ranking", str, description="The slug of a published ranking; nothing is found of another."
            ),
            *PAGES,
        ],
        responses={200: shapes.SchoolPageSerializer, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params.get("q", "")
        if len(asked) > LONGEST_QUERY or "\0" in asked:
            raise ValidationError({"q": [f"At most {LONGEST_QUERY} characters, none of them NUL."]})
        found = schools(now(request._request), ranking=request.query_params.get("ranking"))
        wanted = search_key(asked).split()
        kept = [one for one in found if all(word in search_key(one["name"]) for word in wanted)]
        return paged(request, shapes.SchoolPageSerializer(one_page(request, kept)).data)


class SchoolView(PublicView):
    """One school in every published edition, the latest first."""

    @extend_schema(operation_id="school", responses={200: shapes.SchoolSerializer, **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        found = next(iter(schools(now(request._request), slug=slug)), None)
        if found is None:
            raise Http404
        return Response(shapes.SchoolSerializer(found).data)


def schools(at: datetime, *, ranking: str | None = None, slug: str | None = None) -> list[dict[str, Any]]:
    """The schools readable at this instant, by name, named as the latest edition that holds them does. Two queries."""
    releases = shelf.editions(at)
    if ranking is not None:
        releases = releases.filter(ranking_slug=ranking.replace("\0", ""))
    rows = ReleaseUnit.objects.filter(release__in=releases.order_by()).select_related("release")
    rows = rows.defer("release__document", "release__method_text")
    if slug is not None:
        rows = rows.filter(slug=slug)
    return _by_school(rows.order_by("-release__year", "release__ranking_slug"))


def _by_school(rows: Iterable[ReleaseUnit]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        names = {"slug": row.slug, "name": row.name, "region": row.region, "city": row.city, "sector": row.sector}
        found.setdefault(row.slug, {**names, "places": []})["places"].append(_place(row))
    return sorted(found.values(), key=lambda one: (search_key(one["name"]), one["slug"]))


def _place(row: ReleaseUnit) -> dict[str, Any]:
    release = row.release
    return {
        "ranking": release.ranking_slug,
        "year": release.year,
        "release": release.number,
        "rank": row.rank,
        "tied": row.tied,
        "ranked_count": release.ranked_count,
        "score": row.score or None,
    }
