"""Search, and what robots read."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.filters import LONGEST_QUERY
from palmares.public.freshness import Page, public_page
from rankings.models import Release, ReleaseUnit
from schools.naming import search_key

MOST_FOUND = 50


@public_page
def search(request: HttpRequest) -> Page:
    """The schools of the rankings in force whose name holds every word."""
    releases = list(shelf.editions(now(request)))
    words = request.GET.get("q", "")[:LONGEST_QUERY].replace("\0", "").strip()

    def answer() -> HttpResponse:
        found = _found(words, releases)
        context = page_context(request, None, words=words, schools=found[:MOST_FOUND], more=len(found) > MOST_FOUND)
        return render(request, "public/search.html", context)

    return Page([release.seal_digest for release in releases], answer)


def _found(words: str, releases: Sequence[Release]) -> list[list[ReleaseUnit]]:
    """The schools whose name holds every word, by name, each as the editions have it, the latest first. One query."""
    asked = search_key(words).split()
    if not asked:
        return []
    by_pk = {release.pk: release for release in releases}
    rows = ReleaseUnit.objects.filter(*(Q(search_key__contains=word) for word in asked), release__in=by_pk)
    schools: dict[tuple[str, str], list[ReleaseUnit]] = defaultdict(list)
    for unit in rows.order_by("search_key", "slug", "-release__year")[: (MOST_FOUND + 1) * len(releases)]:
        unit.release = by_pk[unit.release_id]
        schools[unit.release.ranking_slug, unit.slug].append(unit)
    return [sorted(units, key=lambda unit: -unit.release.year) for units in schools.values()]


@public_page
def robots(request: HttpRequest) -> Page:
    """Everything public may be read; nothing hidden is named."""
    sitemap = request.build_absolute_uri(reverse("site:sitemap"))
    text = f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n"
    return Page([], lambda: HttpResponse(text, content_type="text/plain; charset=utf-8"))
