"""What a page says of itself to whoever shows a link to it: the picture, and the words that go with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.models import Article
from rankings.models import Release, ReleaseUnit
from schools.typography import rank_words

# As Open Graph writes the languages of the site.
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@dataclass(frozen=True)
class Share:
    """The picture of a page, by the name of its address; `alt`: what it shows. `published`: of an article alone."""

    name: str
    args: Sequence[object]
    alt: str
    kind: str = "website"
    published: datetime | None = None

    def picture(self, request: HttpRequest) -> str:
        """The whole address of the picture."""
        return request.build_absolute_uri(reverse(self.name, args=self.args))

    @property
    def locale(self) -> str:
        return LOCALES[get_language() or "fr"]

    @property
    def other_locales(self) -> list[str]:
        return [locale for locale in LOCALES.values() if locale != self.locale]


def of_site(newest: Release | None) -> Share:
    """Of the front page, and of the pages about the site."""
    if newest is None:
        return Share("public:share-site", [], _("Le palmarès des écoles, avec la source de chaque valeur."))
    said = {"title": newest.title, "year": newest.year}
    return Share("public:share-home", version_of(newest), _("%(title)s, édition %(year)s.") % said)


def of_release(release: Release) -> Share:
    """Of the ranking, and of every page of its edition that has no picture of its own."""
    said = {"title": release.title, "year": release.year}
    return Share("public:share-ranking", version_of(release), _("%(title)s %(year)s : les premières places.") % said)


def of_unit(release: Release, unit: ReleaseUnit) -> Share:
    """Of a school's page."""
    rank = rank_words(unit.rank, unit.tied, get_language()) if unit.rank else _("non classée")
    said = {"name": unit.name, "rank": rank, "title": release.title, "year": release.year}
    alt = _("%(name)s, %(rank)s : %(title)s %(year)s.") % said
    return Share("public:share-unit", [*version_of(release), unit.slug], alt)


def of_article(article: Article) -> Share:
    """Of an article."""
    return Share(
        "public:share-article", [article.slug, text_number(article)], article.title, "article", article.publish_at
    )


def text_number(article: Article) -> int:
    """1 for an article as it was printed first, and one more for each correction up to this text."""
    return 1 + (article.correction.number if article.correction else 0)


def version_of(release: Release) -> list[object]:
    """What addresses one version of an edition: its picture never becomes another's."""
    return [release.ranking_slug, release.year, release.number]
