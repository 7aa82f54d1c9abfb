"""The list of articles: what its filters keep, and the addresses that ask for more or less."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.models import Article
from palmares.public.article_filters import ANSWERS, ArticleFilter
from palmares.public.filters import Option
from palmares.public.narrowing import address, without
from rankings.models import ReleaseUnit
from schools.naming import search_key

# Of the schools an article names, how many a line has room for.
MOST_NAMED = 3


@dataclass(frozen=True)
class Line:
    """An article of the list; `schools`: (name, address of the articles on it) of the first it names, `more` others."""

    article: Article
    schools: Sequence[tuple[str, str]]
    more: int


@dataclass
class Listing:
    """Every published article, and what of them an address asks for. One query, for the names of the schools."""

    articles: Sequence[Article]
    query: QueryDict

    @cached_property
    def form(self) -> ArticleFilter:
        """The filters as they were asked."""
        return ArticleFilter(self.query)

    @cached_property
    def asked(self) -> Mapping[str, object]:
        """The filters in force."""
        return self.form.asked

    @cached_property
    def kept(self) -> list[Article]:
        """The articles to show."""
        return self.form.kept(self.articles)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """School → its name, as the latest release that is quoted has it."""
        releases = {article.release_id: article.release.year for article in self.articles}
        slugs = {slug for article in self.articles for slug in ANSWERS["unit"](article)}
        if not slugs:
            return {}
        rows = ReleaseUnit.objects.filter(release__in=releases, slug__in=slugs).order_by("release", "pk")
        found = sorted(rows.values_list("release", "slug", "name"), key=lambda row: releases[row[0]])
        return {slug: name for _release, slug, name in found}

    @cached_property
    def genres(self) -> list[dict[str, object]]:
        """The genres as counts that filter, all of them first."""
        found = self._counted("genre")
        labels = {Article.Genre.ARTICLE: _("articles"), Article.Genre.ANNOUNCEMENT: _("communiqués")}
        counts: list[tuple[Article.Genre | None, str, int]] = [(None, _("tous"), sum(found.values()))]
        counts += [(genre, labels[genre], found[genre.value]) for genre in Article.Genre]
        return [
            {"n": n, "label": label, "url": self._with("genre", genre), "current": self.asked.get("genre") == genre}
            for genre, label, n in counts
        ]

    @cached_property
    def rankings(self) -> list[Option]:
        """The rankings that are quoted, by title."""
        titles = {article.release.ranking_slug: article.release.title for article in self.articles}
        return self._options("ranking", lambda slug: titles.get(slug, ""))

    @cached_property
    def years(self) -> list[Option]:
        """The years that are quoted, the latest first."""
        return self._options("year", str)[::-1]

    @cached_property
    def units(self) -> list[Option]:
        """The schools that are named, by name."""
        return self._options("unit", lambda slug: self.names.get(slug, ""))

    def _counted(self, name: str) -> Counter[object]:
        """Answer → how many articles give it, of those that the other filters keep."""
        return Counter(
            answer for article in self.form.kept(self.articles, but=name) for answer in ANSWERS[name](article)
        )

    def _options(self, name: str, label: Callable[[str], str]) -> list[Option]:
        found = [Option(str(answer), label(str(answer)), count) for answer, count in self._counted(name).items()]
        return sorted((option for option in found if option.label), key=lambda option: search_key(option.label))

    def _with(self, name: str, value: object) -> str:
        """The address of the same list, this filter otherwise."""
        return address(without(self.query, "page", name, add=(name, str(value)) if value else None))

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters in force: what each keeps, and the address without it. An unknown one is said as it was asked."""
        return [
            {"label": self._words(name, str(value)), "url": self._with(name, None)}
            for name, value in self.asked.items()
        ]

    def _words(self, name: str, value: str) -> str:
        if name == "genre":
            return capfirst(str(Article.Genre(value).label))
        options = {"ranking": self.rankings, "year": self.years, "unit": self.units}[name]
        return next((option.label for option in options if option.value == value), value)

    def lines(self, articles: Iterable[Article]) -> list[Line]:
        """These articles, each with the schools it names."""
        return [self._line(article) for article in articles]

    def _line(self, article: Article) -> Line:
        named = [str(slug) for slug in ANSWERS["unit"](article) if slug in self.names]
        shown = [(self.names[slug], self._with("unit", slug)) for slug in named[:MOST_NAMED]]
        return Line(article, shown, len(named) - len(shown))
