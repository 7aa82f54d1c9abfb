"""A school's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from palmares.public import shelf
from palmares.public.board import Board, score_out_of
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.evolution import Past
from palmares.public.freshness import Page, public_page
from palmares.public.sheet import Sheet
from palmares.public.views.gone import gone
from rankings.facts import facts_for_unit
from rankings.models import Release, ReleaseUnit


@public_page
def unit(request: HttpRequest, ranking: str, year: int, slug: str) -> Page | HttpResponse:
    """A school in the ranking in force: its place, its points, each value down to its cells."""
    release = shelf.edition_or_gone(ranking, year, now(request))
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    found = release.units.filter(slug=slug).first()
    if found is None:
        raise Http404
    return Page([release.seal_digest], lambda: _sheet(request, release, found))


def _sheet(request: HttpRequest, release: Release, found: ReleaseUnit) -> HttpResponse:
    sheet = Sheet(Board(release), found)
    lang = "en" if get_language() == "en" else "fr"
    facts = [fact for fact in facts_for_unit(release, found.slug) if fact.distinction]
    context = page_context(
        request,
        release,
        nav="ranking",
        unit=found,
        out_of=score_out_of(release),
        sheet=sheet,
        evolutions=Past(sheet).evolutions,
        seen_count=len(sheet.values),
        indicator_count=len(sheet.indicators),
        distinctions=[{"figure": fact.figure(lang), "sentence": fact.phrase(lang)} for fact in facts],
    )
    return render(request, "public/unit.html", context)
