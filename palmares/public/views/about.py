"""The pages about the site itself: who makes it, what it holds itself to, what the law wants said."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.freshness import Page, public_page
from schools.typography import duration_words


def _plain(request: HttpRequest, name: str, **own: Any) -> Page:
    newest = shelf.newest(now(request))
    seen = [newest.seal_digest if newest else ""]
    return Page(seen, lambda: render(request, f"public/{name}.html", page_context(request, None, nav=name, **own)))


@public_page
def about(request: HttpRequest) -> Page:
    """What this site is, who makes it, how a figure arrives on it."""
    return _plain(request, "about")


@public_page
def independence(request: HttpRequest) -> Page:
    """Who pays, who sees before, who decides: what the newsroom promises and what the software makes impossible."""
    return _plain(request, "independence")


@public_page
def legal(request: HttpRequest) -> Page:
    """The legal notes: publisher, director of publication, host, right of reply."""
    return _plain(request, "legal")


@public_page
def privacy(request: HttpRequest) -> Page:
    """What the site keeps of those who read it, which is nothing, and of those who work on it."""
    return _plain(request, "privacy", cookies=list(_cookies()))


@public_page
def accessibility(request: HttpRequest) -> Page:
    """The declaration of accessibility: what has been done for readers of every ability, and what has not."""
    return _plain(request, "accessibility")


def _cookies() -> Iterator[tuple[str, str, str]]:
    """(name, what for, how long) of each cookie of the newsroom's desks, as the settings have it."""
    lang = get_language()
    for name, why, seconds in (
        (settings.SESSION_COOKIE_NAME, _("savoir qui est connecté"), settings.SESSION_COOKIE_AGE),
        (settings.CSRF_COOKIE_NAME, _("refuser un formulaire venu d’un autre site"), settings.CSRF_COOKIE_AGE),
        (settings.LANGUAGE_COOKIE_NAME, _("la langue des bureaux"), settings.LANGUAGE_COOKIE_AGE),
    ):
        yield name, why, duration_words(timedelta(seconds=seconds), lang)
