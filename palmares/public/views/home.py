"""The front page, and the addresses that lead to a ranking."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from palmares.public import shelf
from palmares.public.board import score_out_of
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.freshness import Page, public_page
from rankings.models import Release

FIRST_PLACES = 10
NEWS = 4


@public_page
def home(request: HttpRequest) -> Page:
    """What is published today: the newest ranking, how to read it, the latest articles."""
    at = now(request)
    releases = list(shelf.editions(at))
    articles = list(shelf.articles(at)[:NEWS])
    seen = [*(release.seal_digest for release in releases), *((a.slug, a.version) for a in articles)]

    def answer() -> HttpResponse:
        newest = releases[0] if releases else None
        context = page_context(
            request, newest, nav="home", articles=articles, others=releases[1:], **(_first(newest) if newest else {})
        )
        return render(request, "public/home.html", context)

    return Page(seen, answer)


def _first(release: Release) -> dict[str, Any]:
    """The first places, and one line to explain: a shared place when there is one."""
    first = list(release.units.filter(rank__lte=FIRST_PLACES).order_by("position")[: 2 * FIRST_PLACES])
    example = next((unit for unit in first if unit.tied), first[0] if first else None)
    sharing = [unit for unit in first if example and unit.rank == example.rank]
    after = (example.rank or 0) + len(sharing) if example else 0
    return {
        "first": first,
        "example": example,
        "sharing": len(sharing),
        "next_rank": after if after <= release.ranked_count else None,
        "out_of": score_out_of(release),
    }


@public_page
def latest(request: HttpRequest, ranking: str) -> HttpResponse:
    """Leads to the latest published year of a ranking."""
    year = shelf.latest_year(ranking, now(request))
    return HttpResponseRedirect(reverse("public:ranking", args=[ranking, year]))
