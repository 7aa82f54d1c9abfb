"""Articles and announcements."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from editorial.models import Article
from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.freshness import Page, public_page

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
def article(request: HttpRequest, slug: str) -> Page:
    """One article, with its figures listed below and the release they come from."""
    at = now(request)
    found = shelf.articles(at).filter(slug=slug).first()
    if found is None:
        raise Http404
    current = shelf.edition(found.release.ranking_slug, found.release.year, at)

    def answer() -> HttpResponse:
        context = page_context(
            request,
            None,
            nav="articles",
            article=found,
            facts=_facts(found),
            corrected=current if current and current.number != found.release.number else None,
        )
        return render(request, "public/article.html", context)

    return Page([_seen(found), current.seal_digest if current else ""], answer)


def _seen(article: Article) -> tuple[object, ...]:
    return (article.slug, article.version, article.release.seal_digest)


def _facts(article: Article) -> list[dict[str, Any]]:
    """The figures of the article as sentences, each with the page that gives its source."""
    lang = "en" if get_language() == "en" else "fr"
    release = article.release
    slugs = {str(fact["unit"]) for fact in article.facts if fact.get("unit")}
    names = dict(release.units.filter(slug__in=slugs).values_list("slug", "name"))
    found = []
    for fact in article.facts:
        slug = str(fact.get("unit") or "")
        edition = [release.ranking_slug, release.year]
        url = reverse("public:unit", args=[*edition, slug]) if slug else reverse("public:ranking", args=edition)
        found.append({"text": fact[f"text_{lang}"], "name": names.get(slug, release.title), "url": url})
    return found
