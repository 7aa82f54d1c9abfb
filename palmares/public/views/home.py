"""The front page, and the addresses that lead to a ranking."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.corrections.register import anchor_of
from palmares.public.freshness import Page, public_page
from palmares.public.front import Front
from palmares.public.share import tags

NEWS = 4


@public_page
def home(request: HttpRequest) -> Page:
    """What is published today: the newest ranking, what moved, how to read it, the latest articles."""
    at = now(request)
    releases = list(shelf.editions(at))
    articles = list(shelf.articles(at)[:NEWS])
    seen = [*(release.seal_digest for release in releases), *((a.slug, a.version) for a in articles)]

    def answer() -> HttpResponse:
        newest = releases[0] if releases else None
        context = page_context(
            request,
            newest,
            nav="home",
            share=tags.of_site(newest),
            articles=articles,
            others=releases[1:],
            correction=anchor_of(newest) if newest else "",
            front=Front(newest, shelf.before(newest, releases)) if newest else None,
        )
        return render(request, "public/home.html", context)

    return Page(seen, answer)


@public_page
def latest(request: HttpRequest, ranking: str) -> HttpResponse:
    """Leads to the latest published year of a ranking."""
    year = shelf.latest_year(ranking, now(request))
    return HttpResponseRedirect(reverse("public:ranking", args=[ranking, year]))
