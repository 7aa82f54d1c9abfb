"""Articles and announcements."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from editorial.models import Article, ArticleWithdrawal
from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.freshness import Page, public_page
from palmares.public.quoted import Quotations
from palmares.public.views.gone import gone

PER_PAGE = 20


@public_page
def articles(request: HttpRequest) -> Page:
    """Everything published, the latest first."""
    found = list(shelf.articles(now(request)))

    def answer() -> HttpResponse:
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page", "1")[:6])
        return render(request, "public/articles.html", page_context(request, None, nav="articles", page=page))

    return Page([_seen(article) for article in found], answer)


@public_page
def article(request: HttpRequest, slug: str) -> Page | HttpResponse:
    """One article, with its figures listed below: the rule of each, and the rows it comes from.

    Why, when it was taken back.
    """
    at = now(request)
    found = shelf.articles(at).filter(slug=slug).first()
    if found is None:
        return _gone(request, slug, at)
    quotations = Quotations(found, at)
    in_force = {release.year: release for release in quotations.editions.releases}
    current = in_force.get(found.release.year)

    def answer() -> HttpResponse:
        context = page_context(
            request,
            None,
            nav="articles",
            article=found,
            quotations=quotations,
            corrected=current if current and current.number != found.release.number else None,
        )
        return render(request, "public/article.html", context)

    return Page([_seen(found), *quotations.seen], answer)


def _gone(request: HttpRequest, slug: str, at: datetime) -> HttpResponse:
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
