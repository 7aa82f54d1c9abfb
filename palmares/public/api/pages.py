"""Long lists, some rows at a time: `limit` and `offset`, and the address of the next rows in the header Link."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

DEFAULT_LIMIT = 50
MOST = 500
FURTHEST = 100_000
PAGES = [
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


def text_parameter(name: str, says: str, longest: int) -> OpenApiParameter:
    """A text of a query: so many characters at most, none of them NUL."""
    return OpenApiParameter(
        name, {"type": "string", "maxLength": longest, "pattern": r"^[^\u0000]*$"}, description=says
    )


def bounds(request: Request) -> tuple[int, int]:
    """(limit, offset) of the query. Raises ValidationError outside of their bounds."""
    asked = request.query_params
    limit = whole(asked.get("limit", str(DEFAULT_LIMIT)), "limit", 1, MOST)
    return limit, whole(asked.get("offset", "0"), "offset", 0, FURTHEST)


def one_page(
    request: Request, found: list[Any] | QuerySet[Any], told: Callable[[Any], Any] = lambda row: row
) -> dict[str, Any]:
    """The rows asked for, each as `told` tells it, and how many there are in all."""
    limit, offset = bounds(request)
    count = len(found) if isinstance(found, list) else found.count()
    rows = [told(row) for row in found[offset : offset + limit]]
    return {"count": count, "limit": limit, "offset": offset, "results": rows}


def paged(request: Request, page: Mapping[str, Any]) -> Response:
    """The answer of a page, with the addresses of those around it (RFC 8288), which a table has no room for."""
    limit, offset, count = page["limit"], page["offset"], page["count"]
    around = []
    if offset + limit < count:
        around.append(("next", offset + limit))
    if offset:
        around.append(("prev", max(offset - limit, 0)))
    links = [f'<{_address(request, at)}>; rel="{name}"' for name, at in around]
    return Response(page, headers={"Link": ", ".join(links)} if links else None)


def _address(request: Request, offset: int) -> str:
    query = request.query_params.copy()
    query["offset"] = str(offset)
    return request.build_absolute_uri(f"?{query.urlencode()}")


def whole(text: str, name: str, least: int, most: int) -> int:
    """The whole number of a parameter. Raises ValidationError outside of its bounds."""
    if text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most:
        return int(text)
    raise ValidationError({name: [_("Un nombre entier de %(least)s à %(most)s.") % {"least": least, "most": most}]})
