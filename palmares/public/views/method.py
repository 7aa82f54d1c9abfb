"""The methodology of a ranking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palmares.public import shelf
from palmares.public.changes import Changes
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.explanation import Explanation
from palmares.public.freshness import Page, public_page
from palmares.public.views.archives import printed_method
from palmares.public.views.gone import gone


@public_page
def method(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The rules, numbered, as the release in force applied them."""
    release = shelf.edition_or_gone(ranking, year, now(request))
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    if release.archival:
        return printed_method(request, release)

    earlier = shelf.earlier(release, now(request))

    def answer() -> HttpResponse:
        context = page_context(
            request,
            release,
            nav="method",
            explanation=Explanation(release),
            earlier=earlier,
            changes=Changes(release, earlier) if earlier else None,
        )
        return render(request, "public/method.html", context)

    return Page([release.seal_digest, earlier.seal_digest if earlier else ""], answer)
