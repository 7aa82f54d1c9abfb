"""The pages of an archival edition: ranks as printed, without points by family, values or a method that can be run."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from editorial.models import Article
from palmares.public.board import points_out_of
from palmares.public.context import page_context
from palmares.public.editions import Editions
from palmares.public.freshness import Page
from palmares.public.share import tags
from rankings.models import Release, ReleaseUnit


def printed_unit(
    request: HttpRequest, release: Release, slug: str, editions: Editions, articles: Sequence[Article]
) -> HttpResponse:
    """A school in an archival edition: its place, where it was read, and its places in the other editions."""
    unit = release.units.get(slug=slug)
    context = page_context(
        request,
        release,
        nav="ranking",
        share=tags.of_unit(release, unit),
        unit=unit,
        out_of=points_out_of(release),
        printed=release.printed,
        others=_others(editions, unit, release),
        articles=articles,
    )
    return render(request, "public/printed_unit.html", context)


def _others(editions: Editions, unit: ReleaseUnit, release: Release) -> list[tuple[Release, ReleaseUnit]]:
    """The school in the other editions that have it, the latest first."""
    places = editions.places([unit.slug]).get(unit.slug, {})
    return [
        (other, places[other.year])
        for other in reversed(editions.releases)
        if other.year in places and other.year != release.year
    ]


def printed_method(request: HttpRequest, release: Release) -> Page:
    """What the print said of its method, in words, and the document it was printed in."""

    def answer() -> HttpResponse:
        known = release.units.count()
        context = page_context(
            request,
            release,
            nav="method",
            printed=release.printed,
            known_count=known,
            unknown_count=max(release.ranked_count - known, 0),
            out_of=points_out_of(release),
            tied=release.units.filter(tied=True).exists(),
        )
        return render(request, "public/printed_method.html", context)

    return Page([release.seal_digest], answer)


def to_ranking(release: Release, **query: str) -> HttpResponse:
    """Leads to the ranking of an archival edition, for pages that only points or every place could make."""
    address = reverse("public:ranking", args=[release.ranking_slug, release.year])
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)
