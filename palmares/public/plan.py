"""Every public page, with the instant at which what it says last changed: what the site map lists.

An instant is one of a publication, a correction or a withdrawal: no page is said to have changed when nothing it tells
did. Pages that lead to another, that say what others say (older versions) or that robots leave out are not here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from editorial.models import Article
from palmares.public import shelf
from palmares.public.regions import region_slug
from rankings.models import Release

# The pages that every edition has once, and those that one taken from a print has not.
PRINTED_PAGES = ("public:ranking", "public:method", "public:edition-data")
COMPUTED_PAGES = ("public:regions", "public:criteria", "public:compare")
# Pages about the site itself, which lead to the newest edition.
SITE_PAGES = (
    "public:api", "public:contact", "public:about", "public:independence", "public:legal", "public:privacy",
    "public:accessibility",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A page, by the name of its address; `at`: when it last changed, None before anything is published."""

    name: str
    args: tuple[object, ...]
    at: datetime | None


@dataclass
class Plan:
    """The pages that may be read at an instant. Four queries for the site's own, six more for an edition's."""

    at: datetime

    @cached_property
    def releases(self) -> list[Release]:
        """The release in force of each edition, the latest published first."""
        return list(shelf.editions(self.at))

    @cached_property
    def articles(self) -> list[Article]:
        return list(shelf.articles(self.at))

    @cached_property
    def _versions(self) -> list[Release]:
        return list(shelf.every_version(self.at))

    @cached_property
    def _withdrawals(self) -> list[tuple[Release, datetime]]:
        return [(taken_back.release, taken_back.at) for taken_back in shelf.every_withdrawal(self.at)]

    @cached_property
    def _articles_back(self) -> list[datetime]:
        return [taken_back.at for taken_back in shelf.article_withdrawals(self.at)]

    @property
    def seen(self) -> Iterator[object]:
        """What the site map depends on."""
        yield from (version.seal_digest for version in self._versions)
        yield from ((release.pk, at) for release, at in self._withdrawals)
        yield from ((article.slug, article.version) for article in self.articles)
        yield from self._articles_back

    @cached_property
    def _events(self) -> Mapping[str, Mapping[int, datetime]]:
        """Ranking → year → when something of that edition was last published, corrected or taken back."""
        found: dict[str, dict[int, datetime]] = defaultdict(dict)
        published = ((version, version.publish_at) for version in self._versions)
        for release, at in (*published, *self._withdrawals):
            before = found[release.ranking_slug].get(release.year)
            if at is not None and (before is None or at > before):
                found[release.ranking_slug][release.year] = at
        return found

    def of_ranking(self, ranking: str, years: Collection[int] | None = None) -> datetime | None:
        """When these editions of a ranking last changed; all of them by default."""
        return _latest(at for year, at in self._events[ranking].items() if years is None or year in years)

    def of_edition(self, release: Release) -> datetime | None:
        """When any page of this edition last changed."""
        about = (_told(article) for article in self.articles if article.release.ranking_slug == release.ranking_slug)
        return _latest([self.of_ranking(release.ranking_slug), *about])

    @property
    def of_site(self) -> datetime | None:
        """When anything last changed."""
        return _latest([*self._of_releases, *(_told(article) for article in self.articles), *self._articles_back])

    @property
    def _of_releases(self) -> list[datetime]:
        return [at for years in self._events.values() for at in years.values()]

    def site(self) -> Iterator[Entry]:
        """The pages that are of no edition, and the articles."""
        releases = _latest(self._of_releases)
        yield Entry("public:home", (), self.of_site)
        yield Entry("public:articles", (), _latest([*(_told(a) for a in self.articles), *self._articles_back]))
        yield Entry("public:data", (), releases)
        yield Entry("public:corrections", (), self._corrected or releases)
        yield from (Entry(name, (), releases) for name in SITE_PAGES)
        for article in self.articles:
            quoted = {said["year"] for fact in article.facts for said in fact.get("editions", ())}
            events = self.of_ranking(article.release.ranking_slug, quoted | {article.release.year})
            yield Entry("public:article", (article.slug,), _latest([_told(article), events]))

    @property
    def _corrected(self) -> datetime | None:
        """When the register of corrections got its last entry."""
        corrections = (version.publish_at for version in self._versions if version.number > 1)
        articles = (article.corrected_at for article in self.articles)
        return _latest([*corrections, *articles, *(at for _release, at in self._withdrawals), *self._articles_back])

    def edition(self, release: Release) -> Iterator[Entry]:
        """The pages of one edition in force."""
        edition = (release.ranking_slug, release.year)
        own, all_years = self.of_ranking(release.ranking_slug, {release.year}), self.of_ranking(release.ranking_slug)
        since = self._since_the_one_before(release)
        instants = {"public:ranking": since, "public:method": since, "public:compare": all_years}
        for name in PRINTED_PAGES if release.archival else PRINTED_PAGES + COMPUTED_PAGES:
            yield Entry(name, edition, instants.get(name, own))
        if not release.archival:
            yield from self._parts(release, own, all_years)
        yield from self._units(release)

    def _parts(self, release: Release, own: datetime | None, all_years: datetime | None) -> Iterator[Entry]:
        """The regions, criteria and indicators that have a page of their own. Three queries."""
        edition = (release.ranking_slug, release.year)
        regions = release.units.exclude(region="").order_by().values_list("region", flat=True).distinct()
        yield from (Entry("public:region", (*edition, slug), own) for slug in sorted(map(region_slug, regions)))
        nodes = list(release.nodes.order_by("position"))
        yield from (Entry("public:criterion", (*edition, node.key), all_years) for node in nodes)
        # An indicator that a criterion reads alone is told by that criterion.
        alone = {node.indicator for node in nodes if not node.divisors}
        codes = release.indicators.order_by("code").values_list("code", flat=True)
        yield from (Entry("public:indicator", (*edition, code), own) for code in codes if code not in alone)

    def _units(self, release: Release) -> Iterator[Entry]:
        """Its schools: a page tells of the editions up to its own, that of a print of all. One query."""
        ranking, named = release.ranking_slug, self._named(release.ranking_slug)
        years = None if release.archival else {year for year in self._events[ranking] if year <= release.year}
        places = self.of_ranking(ranking, years)
        for slug in release.units.order_by("position").values_list("slug", flat=True):
            yield Entry("public:unit", (ranking, release.year, slug), _latest([places, *named.get(slug, ())]))

    def _named(self, ranking: str) -> Mapping[str, list[datetime | None]]:
        """School → when the articles whose figures name it came out."""
        found: dict[str, list[datetime | None]] = defaultdict(list)
        for article in self.articles:
            if article.release.ranking_slug == ranking:
                for slug in {fact["unit"] for fact in article.facts}:
                    found[slug].append(_told(article))
        return found

    def _since_the_one_before(self, release: Release) -> datetime | None:
        """What a page that tells of the edition before as well last changed."""
        years = {year for year in self._events[release.ranking_slug] if year <= release.year}
        before = shelf.before(release, self.releases)
        return self.of_ranking(release.ranking_slug, {year for year in years if before is None or year >= before.year})


def _told(article: Article) -> datetime | None:
    """When an article came out, or was last corrected."""
    return article.corrected_at or article.publish_at


def _latest(instants: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in instants if at is not None), default=None)
