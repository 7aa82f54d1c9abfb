"""The register of one instant: edition by edition, everything that was corrected or taken back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from editorial.models import Article, ArticleCorrection, ArticleWithdrawal
from palmares.public import shelf
from palmares.public.changes import Change, Changes
from palmares.public.corrections.articles import Replaced, printed_texts
from palmares.public.corrections.copies import Copy, copies_of
from palmares.public.corrections.difference import Difference
from rankings.models import Release, ReleaseWithdrawal

type EditionKey = tuple[str, int]


@dataclass(frozen=True)
class Correction:
    """A version after the first. `previous` is the last readable one before it, None when there is none.

    `quoting`: the published articles whose figures are of an earlier version.
    """

    at: datetime
    release: Release
    previous: Release | None
    difference: Difference | None
    quoting: Sequence[Article]
    kind = "correction"

    @property
    def anchor(self) -> str:
        return anchor_of(self.release)

    @property
    def method(self) -> list[Change]:
        """What changed in the method, its indicators and its weights, when it is not the same; four queries then."""
        if self.previous is None or self.previous.method_digest == self.release.method_digest:
            return []
        return [change for part, change in Changes(self.release, self.previous).all if part != "schools"]


@dataclass(frozen=True)
class TakenBack:
    """A version that was public and no longer is."""

    withdrawal: ReleaseWithdrawal
    kind = "withdrawal"

    @property
    def at(self) -> datetime:
        return self.withdrawal.at

    @property
    def anchor(self) -> str:
        return anchor_of(self.withdrawal.release)


@dataclass(frozen=True)
class ArticleTakenBack:
    """An article that was public and no longer is."""

    withdrawal: ArticleWithdrawal
    kind = "article"

    @property
    def at(self) -> datetime:
        return self.withdrawal.at

    @property
    def anchor(self) -> str:
        return self.withdrawal.article.slug


@dataclass(frozen=True)
class ArticleCorrected(Replaced):
    """An article that can be read, corrected."""

    kind = "article correction"


type Entry = Correction | TakenBack | ArticleTakenBack | ArticleCorrected


@dataclass(frozen=True)
class EditionEntries:
    """The entries of one edition, the latest first; `release` gives its title."""

    release: Release
    entries: Sequence[Entry]

    @property
    def anchor(self) -> str:
        return edition_anchor(self.release.ranking_slug, self.release.year)


def edition_anchor(ranking: str, year: int) -> str:
    """Where the register begins to speak of an edition."""
    return f"{ranking}-{year}"


def anchor_of(release: Release) -> str:
    """Where the register speaks of a version."""
    return f"{edition_anchor(release.ranking_slug, release.year)}-v{release.number}"


@dataclass
class Register:
    """All that can be read at an instant. Eight queries, whatever there is to tell, plus those of changed methods."""

    at: datetime

    @cached_property
    def versions(self) -> list[Release]:
        """Every readable version."""
        return list(shelf.every_version(self.at))

    @cached_property
    def withdrawals(self) -> list[ReleaseWithdrawal]:
        """Every version that was taken back."""
        return list(shelf.every_withdrawal(self.at))

    @cached_property
    def article_withdrawals(self) -> list[ArticleWithdrawal]:
        """Every article that was taken back."""
        return list(shelf.article_withdrawals(self.at))

    @cached_property
    def articles(self) -> list[Article]:
        """Every article that can be read."""
        return list(shelf.articles(self.at))

    @property
    def seen(self) -> Iterator[object]:
        """What the register is made of. Four queries."""
        yield from (release.seal_digest for release in self.versions)
        yield from (("withdrawn", taken_back.release_id, taken_back.at) for taken_back in self.withdrawals)
        yield from (("article withdrawn", taken_back.pk) for taken_back in self.article_withdrawals)
        yield from ((article.slug, article.version) for article in self.articles)

    @cached_property
    def _pairs(self) -> list[tuple[Release, Release | None]]:
        """Each version after the first with the readable one before it."""
        by_edition: dict[EditionKey, list[Release]] = defaultdict(list)
        for release in self.versions:
            by_edition[_key(release)].append(release)
        found: list[tuple[Release, Release | None]] = []
        for releases in by_edition.values():
            before: list[Release | None] = [*releases[1:], None]
            found += [pair for pair in zip(releases, before, strict=True) if pair[0].number > 1]
        return found

    @cached_property
    def _copies(self) -> Mapping[int, Copy]:
        compared = {release.pk: release for pair in self._pairs if pair[1] for release in pair if release}
        return copies_of(compared.values())

    @property
    def editions(self) -> list[EditionEntries]:
        """The editions of which there is something to tell, in the order of the versions."""
        entries: dict[EditionKey, list[Entry]] = defaultdict(list)
        titles: dict[EditionKey, Release] = {}
        for release, entry in self._entries():
            titles.setdefault(_key(release), release)
            entries[_key(release)].append(entry)
        order = sorted(entries, key=lambda key: (key[0], -key[1]))
        return [
            EditionEntries(titles[key], sorted(entries[key], key=lambda e: (e.at, e.anchor), reverse=True))
            for key in order
        ]

    def _entries(self) -> Iterator[tuple[Release, Entry]]:
        for release, previous in self._pairs:
            if release.publish_at is not None:
                yield release, self._correction(release.publish_at, release, previous)
        for withdrawal in self.withdrawals:
            yield withdrawal.release, TakenBack(withdrawal)
        for lost in self.article_withdrawals:
            yield lost.article.release, ArticleTakenBack(lost)
        for corrected in self._articles_corrected():
            yield corrected.article.release, corrected

    def _articles_corrected(self) -> Iterator[ArticleCorrected]:
        of_article: dict[int, list[ArticleCorrection]] = defaultdict(list)
        for correction in shelf.corrections(self.articles, self.at):
            of_article[correction.article_id].append(correction)
        for article in self.articles:
            for text in printed_texts(article, of_article[article.pk]):
                yield ArticleCorrected(text.article, text.correction, text.since, text.at)

    def _correction(self, at: datetime, release: Release, previous: Release | None) -> Correction:
        difference = Difference(self._copies[previous.pk], self._copies[release.pk]) if previous else None
        quoting = [
            article
            for article in self.articles
            if article.release.edition_id == release.edition_id and article.release.number < release.number
        ]
        return Correction(at, release, previous, difference, quoting)


def _key(release: Release) -> EditionKey:
    return release.ranking_slug, release.year
