"""Search, and what robots read."""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.filters import LONGEST_QUERY
from palmares.public.freshness import Page, public_page
from palmares.public.regions import region_slug
from rankings.models import Release, ReleaseNode, ReleaseUnit
from schools.naming import search_key

MOST_FOUND = 50
# The pages that each edition has once.
EDITION_PAGES = (
    "public:ranking", "public:regions", "public:criteria", "public:compare", "public:method", "public:edition-data",
)  # fmt: skip


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


@public_page
def sitemap(request: HttpRequest) -> Page:
    """Every public page in every language. Four queries."""
    at = now(request)
    releases = list(shelf.editions(at))
    articles = list(shelf.articles(at))
    seen = [*(release.seal_digest for release in releases), *((a.slug, a.version) for a in articles)]

    def answer() -> HttpResponse:
        units = ReleaseUnit.objects.filter(release__in=[release.pk for release in releases]).order_by("pk")
        slugs: dict[int, list[str]] = {release.pk: [] for release in releases}
        regions: dict[int, set[str]] = {release.pk: set() for release in releases}
        for release_id, slug, region in units.values_list("release_id", "slug", "region"):
            slugs[release_id].append(slug)
            if region:
                regions[release_id].add(region_slug(region))
        criteria: dict[int, list[str]] = {release.pk: [] for release in releases}
        nodes = ReleaseNode.objects.filter(release__in=list(criteria)).order_by("release", "position")
        for release_id, key in nodes.values_list("release_id", "key"):
            criteria[release_id].append(key)
        routes: list[tuple[str, list[object]]] = [
            ("public:home", []), ("public:articles", []), ("public:data", []), ("public:api", []),
            ("public:corrections", []), ("public:contact", []), ("public:about", []), ("public:independence", []),
            ("public:legal", []), ("public:privacy", []), ("public:accessibility", []),
        ]  # fmt: skip
        for release in releases:
            edition: list[object] = [release.ranking_slug, release.year]
            routes += [(name, edition) for name in EDITION_PAGES]
            routes += [("public:region", [*edition, slug]) for slug in sorted(regions[release.pk])]
            routes += [("public:criterion", [*edition, key]) for key in criteria[release.pk]]
            routes += [("public:unit", [*edition, slug]) for slug in slugs[release.pk]]
        routes += [("public:article", [article.slug]) for article in articles]
        pages = [_in_every_language(request, name, args) for name, args in routes]
        return render(request, "public/sitemap.xml", {"pages": pages}, content_type="application/xml")

    return Page(seen, answer)


def _in_every_language(request: HttpRequest, name: str, args: list[object]) -> list[tuple[str, str]]:
    found = []
    for code, _label in settings.LANGUAGES:
        with override(code):
            found.append((code, request.build_absolute_uri(reverse(name, args=args))))
    return found
