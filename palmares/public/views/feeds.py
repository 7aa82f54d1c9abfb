"""What is new, for programs that ask from time to time: Atom feeds, in the language of their address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.models import Article
from palmares.public import shelf
from palmares.public.article_filters import ArticleFilter
from palmares.public.clock import now
from palmares.public.freshness import Page, public_page
from rankings.models import Release, ReleaseUnit
from schools.typography import date_words, rank_words

MOST = 40
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `address`: the path of its page, which is also what it is known by."""

    title: str
    address: str
    says: str
    at: datetime
    seen: str
    updated: datetime | None = None


class StillFeed(Atom1Feed):
    """A feed whose bytes depend on its entries alone: an empty one does not tell the time."""

    def latest_post_date(self) -> datetime:
        """The instant of the newest entry."""
        return super().latest_post_date() if self.items else NOTHING_YET


@public_page
def articles(request: HttpRequest) -> Page:
    """The articles and announcements, the latest first."""
    entries = list(_of_articles(shelf.articles(now(request))[:MOST]))
    return _page(
        request,
        _("%(site)s : articles et communiqués") % {"site": settings.SITE_NAME},
        reverse("public:articles"),
        entries,
    )


@public_page
def editions(request: HttpRequest) -> Page:
    """Every edition and every correction of one, the latest first."""
    found = shelf.every_version(now(request)).order_by("-publish_at", "-year", "-number")[:MOST]
    return _page(
        request,
        _("%(site)s : éditions et corrections") % {"site": settings.SITE_NAME},
        reverse("public:home"),
        map(_of_release, found),
    )


@public_page
def unit(request: HttpRequest, slug: str) -> Page:
    """What is said of one school: its place in each edition, and the articles that quote it, the latest first."""
    at = now(request)
    rows = ReleaseUnit.objects.filter(release__in=shelf.editions(at).order_by(), slug=slug)
    rows = rows.select_related("release").defer("release__document", "release__method_text")
    places = list(rows.order_by("-release__year", "release__ranking_slug"))
    if not places:
        raise Http404
    about = ArticleFilter({"unit": slug}).kept(shelf.articles(at))
    entries = sorted([*map(_of_place, places), *_of_articles(about)], key=lambda entry: entry.at, reverse=True)
    newest = places[0]
    home = reverse("public:unit", args=[newest.release.ranking_slug, newest.release.year, slug])
    return _page(request, _("%(school)s au palmarès") % {"school": newest.name}, home, entries[:MOST])


def _of_articles(found: Iterable[Article]) -> Iterator[Entry]:
    for article in found:
        at = article.publish_at or NOTHING_YET
        address = reverse("public:article", args=[article.slug])
        seen = f"{article.slug} {article.version}"
        yield Entry(article.title, address, _says(article), at, seen, article.corrected_at)


def _says(article: Article) -> str:
    """Its summary, and what was last corrected in it."""
    if article.correction is None or article.corrected_at is None:
        return article.summary
    day = date_words(article.corrected_at, get_language())
    said = _("Corrigé le %(day)s : %(note)s") % {"day": day, "note": article.correction.note}
    return f"{article.summary} {said}"


def _of_release(release: Release) -> Entry:
    title = f"{release.title} {release.year}"
    if release.number > 1:
        title = _("%(title)s : correction, version %(number)s") % {"title": title, "number": release.number}
    address = reverse("public:version", args=[release.ranking_slug, release.year, release.number])
    return Entry(title, address, release.reason or release.purpose, _instant(release), release.seal_digest)


def _of_place(row: ReleaseUnit) -> Entry:
    release = row.release
    place = rank_words(row.rank, row.tied, get_language()) if row.rank else _("non classée")
    title = f"{release.title} {release.year} : {place}"
    address = reverse("public:unit", args=[release.ranking_slug, release.year, row.slug])
    said = row.unranked or _("Sur %(count)s écoles classées.") % {"count": release.ranked_count}
    return Entry(title, address, said, _instant(release), release.seal_digest)


def _instant(release: Release) -> datetime:
    return release.publish_at or NOTHING_YET


def _page(request: HttpRequest, title: str, home: str, entries: Iterable[Entry]) -> Page:
    kept = list(entries)

    def answer() -> HttpResponse:
        here, site = request.build_absolute_uri(request.path), request.build_absolute_uri(home)
        feed = StillFeed(
            title, site, "", language=get_language(), feed_url=here, feed_guid=here, author_name=settings.SITE_NAME
        )
        for entry in kept:
            page = request.build_absolute_uri(entry.address)
            feed.add_item(
                entry.title,
                page,
                entry.says,
                unique_id=page,
                pubdate=entry.at,
                updateddate=entry.updated or entry.at,
                author_name=settings.SITE_NAME,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

    return Page([entry.seen for entry in kept], answer)
