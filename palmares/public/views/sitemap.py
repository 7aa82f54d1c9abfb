"""The site map: an index, a map of the site's own pages and articles, a map for each edition."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.freshness import Page, public_page
from palmares.public.plan import Entry, Plan
from palmares.public.views.gone import gone


@public_page
def index(request: HttpRequest) -> Page:
    """Every map with the instant of its last change, so that a robot reads again only those that did."""
    plan = Plan(now(request))

    def answer() -> HttpResponse:
        maps = [(request.build_absolute_uri(reverse("site:sitemap-site")), plan.of_site)]
        for release in plan.releases:
            address = reverse("site:sitemap-edition", args=[release.ranking_slug, release.year])
            maps.append((request.build_absolute_uri(address), plan.of_edition(release)))
        return render(request, "public/sitemaps.xml", {"maps": maps}, content_type="application/xml")

    return Page(plan.seen, answer)


@public_page
def site(request: HttpRequest) -> Page:
    """The pages that are of no edition, and the articles."""
    plan = Plan(now(request))
    return Page(plan.seen, lambda: _map(request, plan.site()))


@public_page
def edition(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The pages of the edition in force."""
    plan = Plan(now(request))
    release = shelf.edition_or_gone(ranking, year, plan.at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    return Page(plan.seen, lambda: _map(request, plan.edition(release)))


def _map(request: HttpRequest, entries: Iterable[Entry]) -> HttpResponse:
    pages = [(_in_every_language(request, entry), entry.at) for entry in entries]
    return render(request, "public/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _in_every_language(request: HttpRequest, entry: Entry) -> list[tuple[str, str]]:
    found = []
    for code, _label in settings.LANGUAGES:
        with override(code):
            found.append((code, request.build_absolute_uri(reverse(entry.name, args=entry.args))))
    return found
