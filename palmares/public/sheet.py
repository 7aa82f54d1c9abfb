"""A school's page: each of its values, where it stands among all, and where it comes from. Exact throughout."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from palmares.public import wording
from palmares.public.board import Board, Mark, median, method_of
from palmares.public.composition import composition_words
from palmares.public.preparation_words import derived_words
from palmares.public.provenance import Source
from palmares.public.quotients import Formula, decimals_shown, formula_of, unit_words
from rankings.engine import Branch, Leaf
from rankings.models import Release, ReleaseIndicator, ReleaseNode, ReleaseSetAside, ReleaseUnit, ReleaseValue
from schools.typography import in_paris


@dataclass(frozen=True)
class Entry:
    """One indicator of one school. `value` is None when nothing was in force for it.

    `mark`: what the criterion it serves brought; None for an indicator given for information. `others`: the published
    figures of all the schools; `median`: theirs. `inside`: whether the page shows it inside quotients alone.
    `aside`: the values that wait and that the edition goes out without.
    """

    indicator: ReleaseIndicator
    value: ReleaseValue | None
    mark: Mark | None
    others: tuple[Decimal, ...]
    median: Decimal | None
    lower_is_better: bool
    inside: bool = False
    aside: tuple[ReleaseSetAside, ...] = ()

    @property
    def figure(self) -> str:
        return self.value.figure if self.value else ""

    @property
    def median_words(self) -> str:
        """The median with its unit."""
        if self.median is None:
            return ""
        return unit_words(self.median, self.indicator.measure, decimals_shown(self.indicator, self.median))

    @property
    def yes_words(self) -> str:
        """How many say yes, in words, « 2 oui sur 5 »; empty where nothing is known."""
        return _("%(yes)s oui sur %(all)s") % {"yes": self.yes, "all": len(self.others)} if self.others else ""

    @property
    def yes(self) -> int | None:
        """How many schools say yes, of an indicator that is yes or no; a median says nothing of those."""
        return sum(other == 1 for other in self.others) if self.indicator.measure == "boolean" else None

    @property
    def says(self) -> str:
        """What is said in place of the figure, or beside it."""
        if self.aside and (self.value is None or self.value.kind == "missing"):
            return wording.waiting_words()
        return wording.kind_words("missing") if self.value is None else wording.used_words(self.value)

    @property
    def year(self) -> int:
        """The year the figure really is of."""
        return self.value.year if self.value else self.indicator.reference_year

    @property
    def withheld(self) -> bool:
        return bool(self.value and self.value.withheld and wording.has_figure(self.value.kind))

    @property
    def source(self) -> Source | None:
        return Source(self.value) if self.value else None


@dataclass(frozen=True)
class Divided:
    """One criterion of one school that divides: its quotient, and the entry of each of its figures, once each.

    `others`: the published quotients of all the schools, whose median is that of the mark.
    """

    mark: Mark
    formula: Formula
    words: str
    parts: tuple[Entry, ...]
    others: tuple[Decimal, ...]
    median: Decimal | None
    lower_is_better: bool

    @property
    def says(self) -> str:
        """What is said in place of the quotient, or beside it."""
        got = self.mark.got
        earlier = [part.year for part in self.parts if part.value and part.value.carried_over]
        if earlier and not got.absence:
            return wording.carried_words(earlier, estimated=got.kind == "estimated")
        if self.aside and got.absence == "missing":
            return wording.waiting_words()
        return wording.kind_words(got.absence or got.kind)

    @property
    def aside(self) -> tuple[ReleaseSetAside, ...]:
        """The values that wait among those of its figures; one for each year and reason."""
        return tuple({(item.year, item.reason): item for part in self.parts for item in part.aside}.values())

    @property
    def known(self) -> bool:
        """Whether any of its figures has a document."""
        return any(part.value for part in self.parts)

    @property
    def withheld(self) -> bool:
        """Whether a licence keeps it back; a release older than these quotients has none to show, and says nothing."""
        return self.mark.got.leaves == "points"

    @property
    def seen_on(self) -> date | None:
        """The day all its figures were verified; None when they were not the same day, or one is not there."""
        days = {in_paris(part.value.verified_at).date() if part.value else None for part in self.parts}
        return days.pop() if len(days) == 1 else None

    @property
    def years(self) -> str:
        """The year its figures really are of; the first and the last when they differ."""
        years = sorted({part.year for part in self.parts})
        return "–".join(str(year) for year in dict.fromkeys((years[0], years[-1])))


@dataclass(frozen=True)
class Heading:
    """A criterion made of several: what it brought, and in words what it makes of those that follow."""

    mark: Mark
    words: str
    is_heading: ClassVar[bool] = True


@dataclass(frozen=True)
class Group:
    """A family, what it makes of its criteria, and its entries, a heading before those of a criterion made of several.

    Without node, the bonuses, or the indicators given for information.
    """

    node: ReleaseNode | None
    entries: tuple[Heading | Entry | Divided, ...]
    bonus: bool = False


def with_values(units: QuerySet[ReleaseUnit]) -> QuerySet[ReleaseUnit]:
    """The same schools, each with what its sheet reads. Two queries more, whatever their number."""
    values = ReleaseValue.objects.select_related("indicator")
    aside = ReleaseSetAside.objects.select_related("indicator").order_by("year")
    return units.prefetch_related(Prefetch("values", values), Prefetch("set_aside", aside))


@dataclass
class Sheet:
    """One school of one release, read by `with_values`. No query beside those of its board."""

    board: Board
    unit: ReleaseUnit

    @property
    def release(self) -> Release:
        return self.board.release

    @property
    def indicators(self) -> Mapping[str, ReleaseIndicator]:
        return self.board.indicators

    @cached_property
    def values(self) -> Mapping[str, ReleaseValue]:
        """Indicator code → the school's value."""
        return {value.indicator.code: value for value in self.unit.values.all()}

    @cached_property
    def aside(self) -> Mapping[str, tuple[ReleaseSetAside, ...]]:
        """Indicator code → the values of the school that wait and that the edition goes out without, by year."""
        found: dict[str, list[ReleaseSetAside]] = defaultdict(list)
        for item in self.unit.set_aside.all():
            found[item.indicator.code].append(item)
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def marks(self) -> list[Mark]:
        """What the school got in each family."""
        return [self.board.mark(self.unit, family) for family in self.board.families]

    @cached_property
    def bonuses(self) -> list[Mark]:
        """What the school got beside them, bonus by bonus."""
        return [self.board.mark(self.unit, node) for node in self.board.bonuses]

    @cached_property
    def groups(self) -> list[Group]:
        """Every criterion of the release, by family, in the order of the method; then bonuses, then the rest."""
        groups = [Group(mark.node, tuple(self._entries(mark))) for mark in self.marks]
        if self.bonuses:
            groups.append(
                Group(None, tuple(entry for mark in self.bonuses for entry in self._entries(mark)), bonus=True)
            )
        read = {code for node in self.board.nodes for code in (node.indicator, *node.divisors)}
        read |= {code for leaf in self._leaves.values() for code in leaf.indicators}
        rest = [indicator for code, indicator in sorted(self.indicators.items()) if code not in read]
        if rest:
            groups.append(Group(None, tuple(self._entry(indicator, None, lower=False) for indicator in rest)))
        return groups

    def _entries(self, mark: Mark) -> Iterator[Heading | Entry | Divided]:
        for leaf in mark.inside if mark.below else (mark,):
            if leaf.below:
                yield Heading(leaf, self._made(leaf.node.key))
                continue
            if not {leaf.node.indicator, *leaf.node.divisors} <= set(self.indicators):
                yield from self._derived(leaf)
                continue
            lower = better_of(leaf.node) == "lower"
            formula = formula_of(leaf.node, self.indicators, self.values, leaf.got.value)
            if formula is not None:
                yield self._divided(leaf, formula, lower=lower)
            elif leaf.node.indicator in self.indicators:
                yield self._entry(self.indicators[leaf.node.indicator], leaf, lower=lower)

    def _derived(self, mark: Mark) -> Iterator[Heading | Entry]:
        """A criterion that reads a derived indicator: its points, and the figures that this one is made of."""
        leaf = self._leaves[mark.node.key]
        made = [derived_words(each, self.indicators) for each in leaf.preparation.derived]
        yield Heading(mark, " ".join([f"{mark.value}.", *made] if mark.value else made))
        for code in leaf.indicators:
            if code in self.indicators:
                yield self._entry(self.indicators[code], None, lower=False)

    @cached_property
    def _leaves(self) -> Mapping[str, Leaf]:
        text = self.release.method_text
        return {leaf.key: leaf for leaf in method_of(text).leaves} if text else {}

    def _made(self, key: str) -> str:
        nodes = method_of(self.release.method_text).root.walk()
        return next((composition_words(node) for node in nodes if isinstance(node, Branch) and node.key == key), "")

    def _entry(self, indicator: ReleaseIndicator, mark: Mark | None, *, lower: bool, inside: bool = False) -> Entry:
        others = self.board.figures.get(indicator.code, ())
        value = self.values.get(indicator.code)
        aside = self.aside.get(indicator.code, ())
        return Entry(indicator, value, mark, others, median(others), lower, inside, aside)

    def _divided(self, leaf: Mark, formula: Formula, *, lower: bool) -> Divided:
        alone = {node.indicator for node in self.board.nodes if not node.divisors}
        parts = tuple(
            self._entry(term.indicator, None, lower=False, inside=term.indicator.code not in alone)
            for term in formula.distinct
        )
        others = self.board.values.get(leaf.node.pk, ())
        return Divided(leaf, formula, self.board.formula(leaf.node), parts, others, median(others), lower)

    @property
    def sourced(self) -> Iterator[Entry]:
        """Each value once, in the order of the page."""
        seen = set()
        for group in self.groups:
            for entry in group.entries:
                if isinstance(entry, Heading):
                    continue
                for part in entry.parts if isinstance(entry, Divided) else (entry,):
                    if part.value and part.indicator.code not in seen:
                        seen.add(part.indicator.code)
                        yield part


def better_of(node: ReleaseNode) -> str:
    """Whether the `higher` or the `lower` value is better at a criterion; empty for a family."""
    return str(json.loads(node.cut_points)["better"]) if node.cut_points else ""
