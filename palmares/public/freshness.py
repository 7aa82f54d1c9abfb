"""How long an answer may be kept, and how a reader's copy is known to be still right.

Every public answer says `max-age=0, must-revalidate`: a cache asks again each time and is told 304 when nothing moved.
So no cache outlives a lifting, and no header gives one away: an age that shrinks before an instant would announce it.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from palmares.public.imprint import Imprint

CACHED = "public, max-age=0, must-revalidate"
NOT_CACHED = "no-store"
# What the bytes of a page are made by, beside the figures.
_CODE = ("palmares", "schools", "rankings", "editorial", "templates", "locale")
_KINDS = {".py", ".html", ".css", ".js", ".mo", ".svg", ".txt", ".xml"}


@dataclass(frozen=True)
class Page:
    """An answer that need not be made when the reader has it already.

    `seen`: what its bytes depend on beside code, imprint, language and address: digests of releases, versions of
    articles.
    """

    seen: Iterable[object]
    render: Callable[[], HttpResponse]


def _code_digest() -> str:
    found = hashlib.sha256()
    for folder in _CODE:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in _KINDS and path.is_file():
                found.update(str(path.relative_to(settings.BASE_DIR)).encode())
                found.update(path.read_bytes())
    return found.hexdigest()


_kept_code_digest = cache(_code_digest)


def code_version() -> str:
    """The digest of the code, templates and translations that make the pages; taken once a process in production."""
    return _code_digest() if settings.DEBUG else _kept_code_digest()


def etag_of(request: HttpRequest, seen: Iterable[object]) -> str:
    """The strong ETag of a page: same code, imprint, language, address, query and sources give the same bytes."""
    query = "&".join(sorted(request.META.get("QUERY_STRING", "").split("&")))
    asked = (get_language(), request.get_host(), request.scheme, request.path, query)
    parts = (code_version(), Imprint.here(), *asked, *seen)
    text = "\n".join(str(part) for part in parts)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def public_page[**P](
    view: Callable[Concatenate[HttpRequest, P], Page | HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A public page: GET and HEAD only, never a cookie, with its ETag; 304 without rendering when the reader has it.

    A view that answers something else than a Page (a redirect, a page that is gone) is never kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            refused: HttpResponse = HttpResponseNotAllowed(["GET", "HEAD"])
            return _marked(refused, NOT_CACHED)
        made = view(request, *args, **kwargs)
        if isinstance(made, HttpResponse):
            return _marked(made, NOT_CACHED)
        etag = etag_of(request, made.seen)
        unchanged = get_conditional_response(request, etag=etag)
        response = made.render() if unchanged is None else unchanged
        response.headers["ETag"] = etag
        return _marked(response, CACHED)

    return answer


def _marked(response: HttpResponse, caching: str) -> HttpResponse:
    response.headers["Cache-Control"] = caching
    return response
