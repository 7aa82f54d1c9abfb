"""What every public page says around its own content."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.middleware import language_of
from palmares.public.clock import now
from palmares.public.corrections.register import anchor_of
from palmares.public.imprint import Imprint
from palmares.public.share import tags
from palmares.public.share.tags import Share
from palmares.public.shelf import newest
from rankings.models import Release, ReleaseValue
from schools.typography import date_words, number


def alternates(request: HttpRequest, address: str) -> list[tuple[str, str]]:
    """(language, absolute address) of the page at this address, in every language of the site."""
    # The site may lie under a prefix, as a preview does: languages come after it.
    root = get_script_prefix().rstrip("/")
    path = address.removeprefix(root)
    here = language_of(request.path_info)
    plain = path if here == settings.LANGUAGE_CODE else path.removeprefix(f"/{here}") or "/"
    found = []
    for code, _name in settings.LANGUAGES:
        prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
        found.append((code, request.build_absolute_uri(root + prefix + plain)))
    return found


def page_context(
    request: HttpRequest,
    release: Release | None,
    *,
    nav: str = "",
    canonical: str = "",
    share: Share | None = None,
    **own: Any,
) -> dict[str, Any]:
    """The context of a public page. `release`: the one it is about; without any, the entries lead to the newest.

    `share`: the picture of a link to it, that of its edition or else of the site when it has none of its own.
    One query to count what was verified, or to find the newest release.
    """
    led_to = release or newest(now(request))
    share = share or (tags.of_release(release) if release else tags.of_site(led_to))
    return {
        "nav_current": nav,
        "nav_edition": {"ranking": led_to.ranking_slug, "year": led_to.year} if led_to else None,
        "edition_line": edition_line(release) if release else None,
        "alternates": alternates(request, canonical or request.path),
        # What the reader sees, filters kept; the others are what search engines may keep.
        "languages": alternates(request, request.get_full_path()),
        "share": share,
        "share_picture": share.picture(request),
        "canonical": request.build_absolute_uri(canonical or request.path),
        "page_version": _page_version(request, release) if release else "",
        "release": release,
        "imprint": Imprint.here(),
        **own,
    }


def edition_crumbs(release: Release, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """(title, address) of what is above a page of an edition: its ranking, then `more`."""
    ranking = reverse("public:ranking", args=[release.ranking_slug, release.year])
    return [(f"{release.title} {release.year}", ranking), *more]


def edition_line(release: Release) -> list[Mapping[str, str]]:
    """What is being read, in a few words. One query."""
    lang = get_language()
    return [
        {
            "strong": _("Édition %(year)s") % {"year": release.year},
            "text": _("publiée le %(day)s")
            % {"day": date_words(release.publish_at, lang) if release.publish_at else ""},
        },
        {"text": _counts(release)},
        _trust(release),
        _version(release),
    ]


def _version(release: Release) -> Mapping[str, str]:
    """The number of the version; from the second on, it leads to what was corrected."""
    if release.number == 1:
        url = reverse("public:edition-data", args=[release.ranking_slug, release.year]) + "#versions"
        return {"text": _("Version %(number)s") % {"number": release.number}, "url": url}
    text = _("Version %(number)s, corrigée") % {"number": release.number}
    return {"text": text, "url": f"{reverse('public:corrections')}#{anchor_of(release)}"}


def _trust(release: Release) -> Mapping[str, str]:
    if release.archival:
        return {"kind": "warn", "text": _("Édition d’archive")}
    seen = ReleaseValue.objects.filter(unit__release=release).count()
    counted = {"count": number(seen, 0, get_language())}
    return {"kind": "vu", "text": ngettext("%(count)s valeur vue", "%(count)s valeurs vues", seen) % counted}


def _counts(release: Release) -> str:
    lang = get_language()
    ranked = ngettext("%(count)s école classée", "%(count)s écoles classées", release.ranked_count) % {
        "count": number(release.ranked_count, 0, lang)
    }
    if not release.unranked_count:
        return ranked
    unranked = ngettext("%(count)s non classée", "%(count)s non classées", release.unranked_count) % {
        "count": number(release.unranked_count, 0, lang)
    }
    return f"{ranked}, {unranked}"


def _page_version(request: HttpRequest, release: Release) -> str:
    return _("%(address)s, version %(number)s, empreinte %(digest)s") % {
        "address": request.build_absolute_uri(request.path),
        "number": release.number,
        "digest": release.digest[:12],
    }
