"""Previews: the public site as it will be once a release, or an article, is out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import get_script_prefix, resolve, reverse, set_script_prefix
from django.utils import timezone
from django.utils.translation import override

from editorial.desks.pages import opened_by
from editorial.models import Article, ArticleCorrection
from editorial.rendering import unsayable
from palmares.middleware import language_of
from palmares.public.foresight import Foresight
from rankings.facts import Facts
from rankings.models import Release

# What would make an answer depend on what a browser keeps: a preview is made anew each time.
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")


@dataclass(frozen=True)
class Preview:
    """What the pages say of themselves: what is shown, the instant they are of, and the desk they come from."""

    of: Release | Article | ArticleCorrection
    at: datetime
    desk: str


@opened_by("rankings.view_release")
def release(request: HttpRequest, pk: int, path: str = "") -> HttpResponse:
    """A public page as it will be once this release is out; other sealed ones have come out by then too."""
    found = get_object_or_404(Release.objects.defer("document", "method_text"), pk=pk)
    at = max(timezone.now(), found.publish_at or timezone.now())
    preview = Preview(found, at, reverse("desk:release", args=[pk]))
    return _shown(request, reverse("preview-release", args=[pk]), path, preview, Foresight.of(at, release=found))


@opened_by("editorial.view_article")
def article(request: HttpRequest, pk: int, path: str = "") -> HttpResponse:
    """A public page as it will be once this article is out, with the release it quotes."""
    found = get_object_or_404(Article.objects.select_related("release"), pk=pk)
    if not found.rendered_fr and unsayable(f"{found.body_fr}\n{found.body_en}", Facts(found.release)):
        # Its desk says which figures, and why.
        raise Http404
    instants = (timezone.now(), found.publish_at, found.release.publish_at)
    at = max(instant for instant in instants if instant)
    preview = Preview(found, at, reverse("desk:article", args=[pk]))
    # The article's own page, unless the reader has gone on from it.
    path = path or reverse("public:article", args=[found.slug]).removeprefix(get_script_prefix())
    quoted = None if found.release.is_published(at=at) else found.release
    foresight = Foresight.of(at, release=quoted, article=found)
    return _shown(request, reverse("preview-article", args=[pk]), path, preview, foresight)


@opened_by("editorial.view_article")
def correction(request: HttpRequest, pk: int, path: str = "") -> HttpResponse:
    """A public page as it will be once this correction of an article is out, with the release it quotes."""
    found = get_object_or_404(ArticleCorrection.objects.select_related("release", "article__release"), pk=pk)
    if not found.rendered_fr and unsayable(f"{found.body_fr}\n{found.body_en}", Facts(found.release)):
        raise Http404
    at = max(timezone.now(), found.release.publish_at or timezone.now())
    preview = Preview(found, at, reverse("desk:correction", args=[pk]))
    path = path or reverse("public:article", args=[found.article.slug]).removeprefix(get_script_prefix())
    quoted = None if found.release.is_published(at=at) else found.release
    return _shown(
        request,
        reverse("preview-correction", args=[pk]),
        path,
        preview,
        Foresight.of(at, release=quoted, correction=found),
    )


def _shown(request: HttpRequest, prefix: str, path: str, preview: Preview, at: Foresight) -> HttpResponse:
    """The answer of the public page at this path, its links kept inside the preview. Pages alone, never a file."""
    inner = _request_for(request, prefix, f"/{path}")
    inner.palmares_instant = at  # type: ignore[attr-defined]
    inner.palmares_preview = preview  # type: ignore[attr-defined]
    with override(language_of(inner.path_info)):
        match = resolve(inner.path_info)
        if match.namespace != "public":
            raise Http404
        response = _under(prefix, lambda: match.func(inner, *match.args, **match.kwargs))
    if not response.headers.get("Content-Type", "text/html").startswith("text/html"):
        # A file would travel without saying that it is not published.
        raise Http404
    response.headers["Content-Language"] = language_of(inner.path_info)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.pop("ETag", None)
    return response


def _request_for(request: HttpRequest, prefix: str, path: str) -> WSGIRequest:
    """A request of the same person's browser for a public page, on a site that begins at the preview's address."""
    environ = {name: value for name, value in request.META.items() if name not in _CONDITIONS}
    return WSGIRequest(environ | {"REQUEST_METHOD": "GET", "SCRIPT_NAME": prefix.rstrip("/"), "PATH_INFO": path})


def _under(prefix: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, made while every address begins with this prefix."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        return answer()
    finally:
        set_script_prefix(before)
