"""What one version of an edition changed in the version before: ranks and values, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.public.corrections.copies import Copy, PrintedValue
from rankings.models import ReleaseUnit
from schools.typography import number


@dataclass(frozen=True)
class RankChange:
    """A school whose place changed; None where a version does not name it. `unit` is the later of the two."""

    unit: ReleaseUnit
    before: ReleaseUnit | None
    after: ReleaseUnit | None


@dataclass(frozen=True)
class ValueChange:
    """A figure of a school that changed, in words; empty where a version has none."""

    unit: ReleaseUnit
    label: str
    before: str
    after: str


@dataclass
class Difference:
    """Two versions, the earlier first. No query."""

    before: Copy
    after: Copy

    @cached_property
    def ranks(self) -> list[RankChange]:
        """The schools whose rank, tie or reason for having none changed, in the order of the later version."""
        return [RankChange(*pair) for pair in self._pairs() if _place(pair[1]) != _place(pair[2])]

    @cached_property
    def scores(self) -> int:
        """How many schools have another score and the same rank."""
        pairs = [(old, new) for _unit, old, new in self._pairs() if old and new and _place(old) == _place(new)]
        return sum(old.score != new.score for old, new in pairs)

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """(before, after) of each school that is called otherwise."""
        return [(old.name, new.name) for _unit, old, new in self._pairs() if old and new and old.name != new.name]

    def _pairs(self) -> Iterator[tuple[ReleaseUnit, ReleaseUnit | None, ReleaseUnit | None]]:
        for slug, unit in self.after.units.items():
            yield unit, self.before.units.get(slug), unit
        for slug, unit in self.before.units.items():
            if slug not in self.after.units:
                yield unit, unit, None

    @cached_property
    def values(self) -> list[ValueChange]:
        """The figures that changed, in the order of the schools, then of the codes; those kept back are not told."""
        order = {slug: place for place, slug in enumerate([*self.after.units, *self.before.units])}
        keys = sorted({*self.before.values, *self.after.values}, key=lambda key: (order[key[0]], key[1]))
        return [self._value(*key) for key in keys if self._said(self.before, key) != self._said(self.after, key)]

    @staticmethod
    def _said(copy: Copy, key: tuple[str, str]) -> tuple[object, ...] | None:
        return copy.values[key].says() if key in copy.values else None

    def _value(self, slug: str, code: str) -> ValueChange:
        unit = self.after.units.get(slug) or self.before.units[slug]
        indicator = self.after.indicators.get(code) or self.before.indicators[code]
        return ValueChange(
            unit, indicator.label, self._words(self.before, slug, code), self._words(self.after, slug, code)
        )

    @staticmethod
    def _words(copy: Copy, slug: str, code: str) -> str:
        value: PrintedValue | None = copy.values.get((slug, code))
        return value.words(copy.indicators[code]) if value else ""

    @cached_property
    def sources(self) -> int:
        """How many figures stay the same and come from another document."""
        both = self.before.values.keys() & self.after.values.keys()
        pairs = [(self.before.values[key], self.after.values[key]) for key in both]
        return sum(old.says() == new.says() and old.source != new.source for old, new in pairs)

    @property
    def kept_back(self) -> bool:
        """Whether some figure cannot be told, so that its correction could not either."""
        return any(value.withheld for value in self.after.values.values())

    @property
    def summary(self) -> str:
        """How much changed, as a sentence."""
        counted = (
            (len(self.values), _values_words(len(self.values))),
            (self.sources, _sources_words(self.sources)),
            (self.scores, _scores_words(self.scores)),
        )
        ranks = _ranks_words(len(self.ranks)) if self.ranks else _("aucun rang n’a changé")
        said = ", ".join([words for count, words in counted if count] + [ranks])
        return f"{said[:1].upper()}{said[1:]}."


def _place(unit: ReleaseUnit | None) -> tuple[object, ...] | None:
    return (unit.rank, unit.tied, unit.unranked_fr) if unit else None


def _values_words(count: int) -> str:
    return ngettext("%(n)s valeur corrigée", "%(n)s valeurs corrigées", count) % {"n": _shown(count)}


def _sources_words(count: int) -> str:
    words = ngettext("%(n)s valeur d’une autre source", "%(n)s valeurs d’une autre source", count)
    return words % {"n": _shown(count)}


def _scores_words(count: int) -> str:
    words = ngettext("%(n)s score changé sans le rang", "%(n)s scores changés sans le rang", count)
    return words % {"n": _shown(count)}


def _ranks_words(count: int) -> str:
    return ngettext("%(n)s rang changé", "%(n)s rangs changés", count) % {"n": _shown(count)}


def _shown(count: int) -> str:
    return number(count, 0, get_language())
