"""The pictures of shared links, each at an address that holds the version it is of."""

import hashlib
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.freshness import Page, code_version, public_page
from palmares.public.share import cards
from palmares.public.share.said import Card
from palmares.public.share.tags import text_number
from palmares.public.views.articles import article_gone, text_gone
from palmares.public.views.gone import gone
from rankings.models import Release

# How long drawn bytes are kept, in seconds. Whether they may be read is asked each time, before they are looked for.
KEPT = 7 * 24 * 3600


@public_page
def site(request: HttpRequest) -> Page:
    """The picture of the site before anything is published."""
    return _picture(request, [], cards.site_card)


@public_page
def home(request: HttpRequest, ranking: str, year: int, number: int) -> Page | HttpResponse:
    """The picture of the front page, while this release is the newest."""
    return _of_release(request, ranking, year, number, lambda release: cards.home_card(release, now(request)))


@public_page
def ranking(request: HttpRequest, ranking: str, year: int, number: int) -> Page | HttpResponse:
    """The first places of a version."""
    return _of_release(request, ranking, year, number, cards.ranking_card)


@public_page
def unit(request: HttpRequest, ranking: str, year: int, number: int, slug: str) -> Page | HttpResponse:
    """A school in a version."""

    def card(release: Release) -> Card:
        return cards.unit_card(release, release.units.get(slug=slug), now(request))

    return _of_release(request, ranking, year, number, card, slug)


@public_page
def article(request: HttpRequest, slug: str, number: int) -> Page | HttpResponse:
    """An article, or what it was before a correction, by the number of the text."""
    at = now(request)
    found = shelf.articles(at).filter(slug=slug).first()
    if found is None:
        return article_gone(request, slug, at)
    if number > text_number(found):
        raise Http404
    text = found if number == text_number(found) else shelf.earlier_text(found, number, at)
    if text is None:
        return text_gone(request, found)
    return _picture(request, [found.version, text.release.seal_digest], lambda: cards.article_card(text))


def _of_release(
    request: HttpRequest, ranking: str, year: int, number: int, card: Callable[[Release], Card], slug: str = ""
) -> Page | HttpResponse:
    """The picture of a version that may be read, or of a school in it; why, when it was taken back."""
    at = now(request)
    release = shelf.version_or_gone(ranking, year, number, at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    if slug and not release.units.filter(slug=slug).exists():
        raise Http404
    # Facts look at the editions before: one taken back makes another picture.
    versions = shelf.every_version(at).filter(ranking_slug=ranking, year__lte=year)
    return _picture(request, versions.values_list("seal_digest", flat=True), lambda: card(release))


def _picture(request: HttpRequest, seen: Iterable[object], card: Callable[[], Card]) -> Page:
    """Drawn once for what it depends on, whoever asks: a crawler that asks for all of them again draws none."""
    if hasattr(request, "palmares_preview"):
        # A picture would travel without saying that it is not published.
        raise Http404
    seen = list(seen)

    def answer() -> HttpResponse:
        parts = (code_version(), settings.SITE_NAME, get_language(), request.path, *seen)
        key = hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()
        kept = caches["pictures"].get(key)
        if kept is None:
            # Pillow is for the processes that draw: a command, or a site whose pictures are drawn, goes without it.
            from palmares.public.share.drawing import png

            kept = png(card())
            caches["pictures"].set(key, kept, KEPT)
        return HttpResponse(kept, content_type="image/png")

    return Page(seen, answer)
