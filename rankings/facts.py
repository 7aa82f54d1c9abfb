"""What can be said of a school, or of an edition, from one release: every figure of an article is one of these.

A fact is computed from the sealed rows alone, so what is printed is what is published. Each has a token, by which a
text asks for it: `[[rang:ecole-du-lac]]`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from rankings.models import Release, ReleaseUnit
from schools.models import Sector
from schools.typography import NBSP, is_french, number, percent, rank_words

LANGUAGES = ("fr", "en")
# « Dans les n % » is said for these shares only, the smallest that holds.
TOP_SHARES = (5, 10, 25)


class UnknownFact(LookupError):
    """The text asks for a fact this release does not hold; `token` says which."""

    def __init__(self, token: str) -> None:
        super().__init__(token)
        self.token = token


@dataclass(frozen=True)
class Fact:
    """One thing that is true in one release.

    The figure is what a text shows in place of the token, and the short form of a distinction (« 1re », « 10 % »);
    figure and phrase are given by language.
    """

    token: str
    unit_slug: str
    figures: Mapping[str, str]
    phrases: Mapping[str, str]
    distinction: bool = False
    unit_name: str = ""

    def figure(self, language: str) -> str:
        """The figure alone, as a text shows it."""
        return self.figures[language]

    def phrase(self, language: str) -> str:
        """The fact as said on the school's own page, where its name goes without saying."""
        return self.phrases[language]

    def sentence(self, language: str) -> str:
        """The fact as one whole sentence, the school named."""
        if not self.unit_name:
            return f"{self.phrase(language)}."
        return f"{self.unit_name}{NBSP if is_french(language) else ''}: {self.phrase(language)}."


@dataclass
class Facts:
    """The facts of one release. Two queries the first time, none after."""

    release: Release

    @cached_property
    def _units(self) -> dict[str, ReleaseUnit]:
        return {unit.slug: unit for unit in self.release.units.all()}

    @cached_property
    def _ranked(self) -> list[ReleaseUnit]:
        return [unit for unit in self._units.values() if unit.rank is not None]

    @cached_property
    def by_token(self) -> dict[str, Fact]:
        """Every fact of the release, by its token."""
        return {fact.token: fact for fact in self._all()}

    def get(self, token: str) -> Fact:
        """The fact of this token. Raises `UnknownFact`."""
        try:
            return self.by_token[token.strip()]
        except KeyError as error:
            raise UnknownFact(token.strip()) from error

    def of_unit(self, slug: str) -> list[Fact]:
        """What can be said of one school, the strongest first; empty for an unranked or unknown one."""
        unit = self._units.get(slug)
        return list(self._of(unit)) if unit and unit.rank is not None else []

    def _all(self) -> Iterator[Fact]:
        count = len(self._ranked)
        yield _fact(
            "classees",
            "",
            lambda lang: number(count, 0, lang),
            lambda figure: ngettext("%s école est classée", "%s écoles sont classées", count) % figure,
        )
        yield _fact(
            "millesime", "", lambda _lang: str(self.release.year), lambda figure: _("C’est l’édition %s") % figure
        )
        for unit in self._ranked:
            yield from self._of(unit)

    def _of(self, unit: ReleaseUnit) -> Iterator[Fact]:
        yield self._rank(unit)
        yield _fact(
            f"score:{unit.slug}",
            unit.slug,
            lambda lang: number(unit.score, None, lang),
            lambda figure: _("%s points") % figure,
            name=unit.name,
        )
        yield from self._within(unit, "region", "region", gettext_noop("%(rank)s de la région %(group)s"))
        yield from self._within(unit, "sector", "statut", gettext_noop("%(rank)s des écoles de statut « %(group)s »"))
        share = self._top_share(unit)
        if share:
            yield _fact(
                f"parmi:{unit.slug}",
                unit.slug,
                lambda lang: percent(share, 0, lang),
                lambda figure: _("Parmi les %s d’écoles les mieux classées") % figure,
                distinction=True,
                name=unit.name,
            )

    def _rank(self, unit: ReleaseUnit) -> Fact:
        return _fact(
            f"rang:{unit.slug}",
            unit.slug,
            lambda lang: rank_words(_place(unit), unit.tied, lang),
            lambda figure: _("%(rank)s sur %(count)s écoles classées") % {"rank": figure, "count": len(self._ranked)},
            name=unit.name,
        )

    def _within(self, unit: ReleaseUnit, field: str, token: str, sentence: str) -> Iterator[Fact]:
        """The place of a school among those that share its region or sector; said only of groups of three or more."""
        group = getattr(unit, field)
        peers = [peer for peer in self._ranked if group and getattr(peer, field) == group]
        if len(peers) < 3:
            return
        place = 1 + sum(_place(peer) < _place(unit) for peer in peers)
        tied = sum(_place(peer) == _place(unit) for peer in peers) > 1
        yield _fact(
            f"{token}:{unit.slug}",
            unit.slug,
            lambda lang: rank_words(place, tied, lang),
            lambda figure: _(sentence) % {"rank": figure, "group": _group_words(field, group)},
            distinction=place <= 3,
            name=unit.name,
        )

    def _top_share(self, unit: ReleaseUnit) -> int | None:
        """The smallest of TOP_SHARES that holds the school and all that are ranked before it or with it, exactly."""
        count = len(self._ranked)
        at_least_as_good = sum(_place(peer) <= _place(unit) for peer in self._ranked)
        return next((share for share in TOP_SHARES if at_least_as_good * 100 <= share * count), None)


def facts_for_unit(release: Release, slug: str) -> list[Fact]:
    """What can be said of one school in one release. Two queries."""
    return Facts(release).of_unit(slug)


def _group_words(field: str, group: str) -> str:
    return str(Sector(group).label) if field == "sector" else group


def _place(unit: ReleaseUnit) -> int:
    if unit.rank is None:
        raise ValueError(f"{unit.slug} has no rank")
    return unit.rank


def _fact(
    token: str,
    slug: str,
    figure: Callable[[str], str],
    phrase: Callable[[str], str],
    *,
    distinction: bool = False,
    name: str = "",
) -> Fact:
    figures, phrases = {}, {}
    for language in LANGUAGES:
        with override(language):
            figures[language] = figure(language)
            phrases[language] = phrase(figures[language])
    return Fact(token, slug, figures, phrases, distinction, name)
