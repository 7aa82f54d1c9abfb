"""Articles and announcements."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from editorial.models import Article, ArticleWithdrawal
from palmares.public import shelf
from palmares.public.article_filters import NOT_LISTED
from palmares.public.article_list import Listing
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.corrections.articles import printed_texts
from palmares.public.freshness import Page, public_page
from palmares.public.narrowing import without
from palmares.public.quoted import Quotations
from palmares.public.share import tags
from palmares.public.views.gone import gone

PER_PAGE = 20


@public_page
def articles(request: HttpRequest) -> Page:
    """Everything published that the filters keep, the latest first."""
    found = list(shelf.articles(now(request)).defer(*NOT_LISTED))

    def answer() -> HttpResponse:
        listing = Listing(found, request.GET)
        page = Paginator(listing.kept, PER_PAGE).get_page(request.GET.get("page", "1")[:6])
        context = page_context(
            request,
            None,
            nav="articles",
            canonical=f"{request.path}?page={page.number}" if page.number > 1 else "",
            listing=listing,
            page=page,
            lines=listing.lines(page),
            query=without(request.GET, "page"),
        )
        return render(request, "public/articles.html", context)

    return Page([_seen(article) for article in found], answer)


@public_page
def article(request: HttpRequest, slug: str) -> Page | HttpResponse:
    """One article, with its figures listed below: the rule of each, and the rows it comes from.

    Why, when it was taken back.
    """
    at = now(request)
    found = shelf.articles(at).filter(slug=slug).first()
    if found is None:
        return article_gone(request, slug, at)
    corrections = shelf.corrections([found], at)
    return _text(request, found, at, corrections=printed_texts(found, corrections))


@public_page
def earlier(request: HttpRequest, slug: str, number: int) -> Page | HttpResponse:
    """An article as it was printed before a correction; the last text is the article's own page."""
    at = now(request)
    found = shelf.articles(at).filter(slug=slug).first()
    if found is None:
        return article_gone(request, slug, at)
    corrections = shelf.corrections([found], at)
    if not 1 <= number <= len(corrections) + 1:
        raise Http404
    if number == len(corrections) + 1:
        return HttpResponseRedirect(reverse("public:article", args=[slug]))
    text = shelf.earlier_text(found, number, at)
    if text is None:
        return text_gone(request, found)
    replaced = printed_texts(found, corrections)[-number]
    return _text(request, text, at, replaced=replaced, canonical=reverse("public:article", args=[slug]))


def _text(request: HttpRequest, article: Article, at: datetime, **own: Any) -> Page:
    """The page of a text; it says when what it quotes was corrected since."""
    quotations = Quotations(article, at)
    in_force = {release.year: release for release in quotations.editions.releases}
    current = in_force.get(article.release.year)
    overtaken = current if current and current.number != article.release.number else None

    def answer() -> HttpResponse:
        context = page_context(
            request,
            None,
            nav="articles",
            share=tags.of_article(article),
            article=article,
            quotations=quotations,
            corrected=overtaken,
            **own,
        )
        return render(request, "public/article.html", context)

    return Page([_seen(article), *quotations.seen], answer)


def text_gone(request: HttpRequest, found: Article) -> HttpResponse:
    """410 for an earlier text of an article, when what that text quotes was taken back."""
    return render(request, "public/article_text_gone.html", page_context(request, None, article=found), status=410)


def article_gone(request: HttpRequest, slug: str, at: datetime) -> HttpResponse:
    """410 with the public reason. Raises Http404 for an article that nobody could ever read."""
    lost = shelf.lost_article(slug, at)
    if lost is None:
        raise Http404
    if isinstance(lost, ArticleWithdrawal):
        context = page_context(request, None, withdrawal=lost, article=lost.article)
        return render(request, "public/article_gone.html", context, status=410)
    return gone(request, shelf.Gone(lost))


def _seen(article: Article) -> tuple[object, ...]:
    return (article.slug, article.version, article.release.seal_digest)
