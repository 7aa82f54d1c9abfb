"""The facts of one release, by their tokens."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial

from django.utils.translation import gettext as _

from rankings.facts import families, moves, places, whole
from rankings.facts.fact import Fact, Subject, UnknownFact, unknown
from rankings.facts.holdings import Holdings
from rankings.models import Release

type Maker = Callable[[Holdings, Subject, str], Fact]

_YEAR = r"\d{4}"
_KEY = r"[a-z0-9_-]+"


@dataclass(frozen=True)
class Kind:
    """One kind of token: who makes its fact, and what may follow the school, or the kind of an edition's fact.

    `argument` matches what follows; `optional` when nothing may.
    """

    make: Maker
    argument: str = ""
    optional: bool = True

    def takes(self, argument: str) -> bool:
        """Whether this may follow."""
        return self.optional if not argument else bool(self.argument) and bool(re.fullmatch(self.argument, argument))


OF_UNIT: Mapping[str, Kind] = {
    "rang": Kind(places.rank, _YEAR),
    "score": Kind(places.score),
    "parmi": Kind(places.top_share),
    **{
        kind: Kind(partial(lambda kind, held, subject, _: places.in_group(held, subject, kind), kind))
        for kind in places.GROUPS
    },
    "top": Kind(moves.top),
    "record": Kind(moves.record),
    "progression": Kind(moves.progression, _YEAR),
    "gain": Kind(moves.gain, _YEAR),
    "familles": Kind(families.families),
    "surtout": Kind(families.best_family),
    "famille": Kind(families.family, _KEY, optional=False),
    "points": Kind(families.points, _KEY, optional=False),
}
OF_EDITION: Mapping[str, Kind] = {
    "classees": Kind(whole.ranked, _YEAR),
    "non-classees": Kind(whole.unranked),
    "millesime": Kind(whole.year),
    "premiere": Kind(whole.first),
    "hausse": Kind(whole.rise),
    "hausse-places": Kind(whole.rise_places),
}


@dataclass
class Facts:
    """The facts of one release, each made when it is asked for. At most nine queries the first time, none after.

    Earlier editions are those the public could read at the release's own instant; with `at`, those also that it can
    still read then.
    """

    release: Release
    at: datetime | None = None
    _made: dict[str, Fact] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def held(self) -> Holdings:
        """The rows they are drawn from."""
        return Holdings(self.release, self.at)

    def find(self, token: str) -> Fact:
        """The fact of this token, whether it can be said or not."""
        asked = token.strip()
        if asked not in self._made:
            self._made[asked] = self._make(asked)
        return self._made[asked]

    def get(self, token: str) -> Fact:
        """The fact of this token. Raises `UnknownFact` when it cannot be said."""
        fact = self.find(token)
        if not fact.known:
            raise UnknownFact(fact.token, {language: fact.reason(language) for language in fact.words})
        return fact

    def of_unit(self, slug: str) -> list[Fact]:
        """What can be said of one school, the strongest first."""
        return [fact for fact in self.all_of_unit(slug) if fact.known]

    def all_of_unit(self, slug: str) -> list[Fact]:
        """The same, with what cannot be said of it, and why; empty for a school that is not in the release."""
        return [self.find(token) for token in self._tokens(slug)] if slug in self.held.units else []

    def of_edition(self) -> list[Fact]:
        """What can be said of the edition as a whole."""
        found = (self.find(kind) for kind in OF_EDITION)
        return [fact for fact in found if fact.known]

    @cached_property
    def moves(self) -> list[moves.Move]:
        """Every school ranked here and in the edition of the year before, the greatest gain first."""
        return moves.moves(self.held)

    def _tokens(self, slug: str) -> Iterator[str]:
        """Every token of a school that has a meaning in this release."""
        for kind, known in OF_UNIT.items():
            if known.optional:
                yield f"{kind}:{slug}"
        for family in self.held.families:
            yield f"famille:{slug}:{family.key}"
            yield f"points:{slug}:{family.key}"
        for year in self.held.earlier:
            yield f"rang:{slug}:{year}"
        for year in self.held.earlier:
            if year < self.release.year - 1:
                yield f"gain:{slug}:{year}"
                yield f"progression:{slug}:{year}"

    def _make(self, token: str) -> Fact:
        kind, *rest = token.split(":")
        known = OF_EDITION.get(kind)
        if known and len(rest) < 2 and known.takes("".join(rest)):
            return known.make(self.held, Subject(token), "".join(rest))
        known = OF_UNIT.get(kind)
        slug, argument = (*rest, "", "")[:2]
        if known is None or not slug or len(rest) > 2 or not known.takes(argument):
            return Subject(token).unless(unknown(lambda _language: _("Ce repère n’existe pas.")))
        return known.make(self.held, Subject(token, slug, self._name(slug)), argument)

    def _name(self, slug: str) -> str:
        unit = self.held.units.get(slug)
        return unit.name if unit else slug


def facts_for_unit(release: Release, slug: str, at: datetime | None = None) -> list[Fact]:
    """What can be said of one school in one release."""
    return Facts(release, at).of_unit(slug)
