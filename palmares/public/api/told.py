"""The endpoints of what is told of an edition in words, in both languages."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from palmares.public import shelf
from palmares.public.api import told_shapes as shapes
from palmares.public.api.documented import EDITION_ERRORS
from palmares.public.api.pages import PAGES, one_page, paged, whole
from palmares.public.api.told_rows import told_changes, told_fact
from palmares.public.api.views import EditionView
from palmares.public.changes import Changes
from palmares.public.clock import now
from rankings.facts import Facts, Standing
from rankings.models import Release

FIRST_YEAR, LAST_YEAR = 1000, 9999
STANDINGS = [one.value for one in Standing]


def choice(request: Request, name: str, among: list[str]) -> str:
    """What a parameter chooses; empty when it is not given. Raises ValidationError on anything else."""
    asked = request.query_params.get(name)
    if asked is None or asked in among:
        return asked or ""
    raise ValidationError({name: [_("Un de ceux-ci : %s.") % ", ".join(among)]})


class ChangesView(EditionView):
    """What changed since an earlier edition: its method, part by part, its indicators, its schools.

    Since the edition before, unless `since` says another; nothing for the first one. When the ranks of one of the two
    are those of a print its method is not known, and the changes are those of the schools.
    """

    row = shapes.ChangeSerializer
    parameters = frozenset({"since", "part", "limit", "offset"})

    @extend_schema(
        operation_id="changes",
        parameters=[
            OpenApiParameter(
                "since",
                {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
                description="The year of an earlier published edition of the ranking; the one before by default.",
            ),
            OpenApiParameter("part", {"type": "string", "enum": list(shapes.PARTS)}, description="One part alone."),
            *PAGES,
        ],
        responses={200: shapes.ChangePageSerializer, **EDITION_ERRORS},
    )
    def get(self, request: Request, ranking: str, year: int) -> Response:
        release, part = self.release(), choice(request, "part", list(shapes.PARTS))
        earlier = _since(request, release, now(request._request))
        changes = Changes(release, earlier) if earlier else None
        rows = told_changes(changes) if changes else []
        page = one_page(request, [row for row in rows if part in {"", row["part"]}])
        known = changes is not None and changes.method is not None
        between = {
            "since": earlier.year if earlier else None,
            "since_release": earlier.number if earlier else None,
            "release": release.number,
            "same_method": changes.same_method if changes and known else None,
        }
        return paged(request, shapes.ChangePageSerializer(between | page).data)


def _since(request: Request, release: Release, at: datetime) -> Release | None:
    """The edition asked for, or the one before; None when there is none before. One query."""
    asked = request.query_params.get("since")
    others = shelf.editions(at).filter(ranking_slug=release.ranking_slug, year__lt=release.year)
    found = {other.year: other for other in others}
    if asked is None:
        return shelf.before(release, found.values())
    year = whole(asked, "since", FIRST_YEAR, LAST_YEAR)
    if year not in found:
        known = ", ".join(str(one) for one in sorted(found)) or _("aucune")
        raise ValidationError(
            {"since": [_("Aucune édition antérieure publiée de cette année. Publiées : %s.") % known]}
        )
    return found[year]


class FactsView(EditionView):
    """What can be said of a school in an edition, by which rule and of how many; and what cannot, with the reason."""

    row = shapes.UnitFactSerializer
    parameters = frozenset({"standing", "limit", "offset"})

    @extend_schema(
        operation_id="facts",
        parameters=[
            OpenApiParameter("standing", {"type": "string", "enum": STANDINGS}, description="Of one standing alone."),
            *PAGES,
        ],
        responses={200: shapes.UnitFactPageSerializer, **EDITION_ERRORS},
    )
    def get(self, request: Request, ranking: str, year: int, slug: str) -> Response:
        release, standing = self.release(), choice(request, "standing", STANDINGS)
        facts = Facts(release, now(request._request)).all_of_unit(slug)
        if not facts:
            raise Http404
        kept: list[Any] = [fact for fact in facts if standing in {"", fact.standing}]
        return paged(request, shapes.UnitFactPageSerializer(one_page(request, kept, told_fact)).data)
