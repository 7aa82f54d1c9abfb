"""A school's page."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from editorial.models import Article
from palmares.public import shelf
from palmares.public.board import Board, bonus_out_of, score_out_of
from palmares.public.career import Career
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.distinctions import Standing, articles_on
from palmares.public.editions import Editions
from palmares.public.evolution import Past
from palmares.public.freshness import Page, public_page
from palmares.public.method_words import bonus_words
from palmares.public.share import tags
from palmares.public.sheet import Sheet, with_values
from palmares.public.views.archives import printed_unit
from palmares.public.views.gone import gone
from rankings.models import Release


@public_page
def unit(request: HttpRequest, ranking: str, year: int, slug: str) -> Page | HttpResponse:
    """A school in the ranking in force: its place over the editions, its points, each value down to its cells."""
    at = now(request)
    release = shelf.edition_or_gone(ranking, year, at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    if not release.units.filter(slug=slug).exists():
        raise Http404
    editions, articles = Editions.of(ranking, at), articles_on(ranking, slug, at)
    seen = [release.seal_digest, *editions.seen, *((article.slug, article.version) for article in articles)]
    page = printed_unit if release.archival else _sheet
    return Page(seen, lambda: page(request, release, slug, editions, articles))


def _sheet(
    request: HttpRequest, release: Release, slug: str, editions: Editions, articles: Sequence[Article]
) -> HttpResponse:
    found = with_values(release.units.all()).get(slug=slug)
    sheet, standing = Sheet(Board(release), found), Standing(release, found, now(request))
    context = page_context(
        request,
        release,
        nav="ranking",
        share=tags.of_unit(release, found),
        unit=found,
        out_of=score_out_of(release),
        bonus=bonus_words(bonus_out_of(release)),
        sheet=sheet,
        standing=standing,
        families=[(mark, standing.families.get(mark.node.key)) for mark in sheet.marks if sheet.values],
        career=Career(editions, editions.places([slug])[slug], release.year),
        articles=articles,
        evolutions=Past(sheet).evolutions,
        seen_count=len(sheet.values),
        indicator_count=len(sheet.indicators),
    )
    return render(request, "public/unit.html", context)
