"""The regions of an edition, and each of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from palmares.public import shelf
from palmares.public.board import Board, bonus_out_of, points_out_of
from palmares.public.clock import now
from palmares.public.context import edition_crumbs, page_context
from palmares.public.freshness import Page, public_page
from palmares.public.method_words import bonus_words
from palmares.public.regions import ORDERS, Regions, family_medians
from palmares.public.views.archives import to_ranking
from palmares.public.views.gone import gone
from palmares.public.views.ranking import MOST_COLUMNS
from rankings.models import Release


@public_page
def regions(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """Every region with its schools' ranks, in the order asked for."""
    release = shelf.edition_or_gone(ranking, year, now(request))
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    if release.archival:
        return to_ranking(release)
    return Page([release.seal_digest], lambda: _all(request, release))


def _all(request: HttpRequest, release: Release) -> HttpResponse:
    found = Regions(list(release.units.order_by("position")))
    order = request.GET.get("order", "name")
    context = page_context(
        request,
        release,
        nav="regions",
        crumbs=edition_crumbs(release),
        regions=found.ordered(order),
        without=found.without,
        order=order if order in ORDERS else "name",
    )
    return render(request, "public/regions.html", context)


@public_page
def region(request: HttpRequest, ranking: str, year: int, region: str) -> Page | HttpResponse:
    """One region: its schools in the order of the ranking, the unranked named."""
    release = shelf.edition_or_gone(ranking, year, now(request))
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    board = Board(release)
    if region not in Regions(board.units).by_slug:
        raise Http404
    if release.archival:
        return to_ranking(release, region=Regions(board.units).by_slug[region].name)
    return Page([release.seal_digest], lambda: _one(request, board, region))


def _one(request: HttpRequest, board: Board, slug: str) -> HttpResponse:
    release, found = board.release, Regions(board.units)
    region = found.by_slug[slug]
    families = board.families if len(board.families) <= MOST_COLUMNS else []
    lines = board.lines(placed.unit for placed in region.ranked)
    context = page_context(
        request,
        release,
        nav="regions",
        crumbs=edition_crumbs(release, (_("Régions"), reverse("public:regions", args=_edition(release)))),
        region=region,
        others=[other for other in found.by_slug.values() if other.slug != slug],
        top=region.within(25, release.ranked_count),
        out_of=points_out_of(release),
        bonus=bonus_words(bonus_out_of(release)),
        families=families,
        medians=[(node, mine, board.medians[node.pk]) for node, mine in family_medians(board, region)],
        lines=list(zip(region.ranked, lines, strict=True)),
    )
    return render(request, "public/region.html", context)


def _edition(release: Release) -> list[object]:
    return [release.ranking_slug, release.year]
