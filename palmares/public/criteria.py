"""The criteria and families of an edition: what each counts for, what is known of it, who stands where at it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public import wording
from palmares.public.board import Board, Got, Mark, median, method_of
from palmares.public.quotients import unit_of, value_words
from palmares.public.sheet import better_of
from rankings.engine import competition_ranks
from rankings.engine.exact import round_value
from rankings.method_changes import shares_of
from rankings.models import ReleaseIndicator, ReleaseNode, ReleaseUnit
from schools.typography import number


@dataclass(frozen=True)
class Kind:
    """How many schools have a value of one kind, or are without one for one reason. `percent`: to one decimal."""

    words: str
    count: int
    percent: Decimal


@dataclass(frozen=True)
class Standing:
    """A school at a criterion; `place` is None for one that has nothing there to be placed by."""

    mark: Mark
    unit: ReleaseUnit
    place: int | None
    tied: bool

    @property
    def says(self) -> str:
        """What is said in place of a value, or beside it."""
        got = self.mark.got
        if got.leaves == "points":
            return wording.withheld_words()
        return wording.kind_words(got.absence or got.kind)


@dataclass(frozen=True)
class Spread:
    """Where the schools stand between the worst and the best figure, and how each is written.

    `yes`: how many say yes, where there is nothing between no and yes: neither ends nor a median say anything then.
    """

    figures: tuple[Decimal, ...]
    median: Decimal
    lower_is_better: bool
    worst: str
    middle: str
    best: str
    yes: str = ""


@dataclass(frozen=True)
class Criterion:
    """A node of the method, as a page tells it.

    `share`: what it counts for in the score when every value is known, from 0 to 1; None for a bonus.
    """

    board: Board
    node: ReleaseNode
    share: Fraction | None

    @property
    def is_leaf(self) -> bool:
        return bool(self.node.indicator)

    @property
    def title(self) -> str:
        return self.node.title

    @property
    def formula(self) -> str:
        """What it divides by what, in words; empty when it does not."""
        return self.board.formula(self.node)

    @property
    def lower_is_better(self) -> bool:
        return better_of(self.node) == "lower"

    @property
    def percent(self) -> Decimal | None:
        """The same share in hundredths, to one decimal."""
        return None if self.share is None else round_value(self.share * 100, 1, "half_up")

    @property
    def codes(self) -> list[str]:
        """The indicators it reads, each once: its own first, then what divides it; of a family, all that it holds."""
        nodes = [self.node] if self.is_leaf else leaves_below(self.board, self.node)
        return list(dict.fromkeys(code for node in nodes for code in (node.indicator, *node.divisors)))

    @property
    def indicators(self) -> list[ReleaseIndicator]:
        """The same, as they were defined when the release was sealed."""
        return [self.board.indicators[code] for code in self.codes if code in self.board.indicators]

    @property
    def years(self) -> str:
        """The years its figures are of; the first and the last when they differ."""
        return years_words(self.indicators)

    @cached_property
    def spread(self) -> Spread | None:
        """Its published values; the points of the ranked schools for a family. None when there is none."""
        if not self.is_leaf:
            return spread_of(self._ranked_points, _points_words)
        figures = self.board.values.get(self.node.pk, ())
        boolean = unit_of(self.node, self.board.indicators) == "boolean"
        return spread_of(figures, self._words, lower=self.lower_is_better, boolean=boolean)

    def _words(self, figure: Decimal) -> str:
        return value_words(self.node, self.board.indicators, figure)

    @property
    def _ranked_points(self) -> tuple[Decimal, ...]:
        got = (self.board.got(unit, self.node).points for unit in self.board.units if unit.rank is not None)
        return tuple(Decimal(points) for points in got if points)

    @cached_property
    def kinds(self) -> list[Kind]:
        """Of all the schools of the perimeter, how many have a value, and why the others have none; known first."""
        if not self.is_leaf:
            return counted(_("comptée") if got.points else _("non comptée") for got in self._rows)
        return counted(_kind_words(got) for got in self._rows)

    @cached_property
    def _rows(self) -> list[Got]:
        return [self.board.points[unit.pk, self.node.pk] for unit in self.board.units if self._has(unit)]

    @property
    def total(self) -> int:
        """How many schools the method was asked about."""
        return len(self._rows)

    @property
    def known(self) -> int:
        """How many of them have a value, or points in a family."""
        return sum(not got.absence if self.is_leaf else bool(got.points) for got in self._rows)

    def _has(self, unit: ReleaseUnit) -> bool:
        return (unit.pk, self.node.pk) in self.board.points

    @cached_property
    def by_value(self) -> bool:
        """Whether places are taken on values: at a criterion every value of which is published."""
        got = [self.board.got(unit, self.node) for unit in self.board.units if unit.rank is not None]
        return self.is_leaf and any(one.value for one in got) and all(one.value for one in got if one.kind)

    @cached_property
    def standings(self) -> list[Standing]:
        """The ranked schools, the best first, those that cannot be placed last; equal ones as in the ranking."""
        ranked = {unit.slug: unit for unit in self.board.units if unit.rank is not None}
        figures = {slug: figure for slug, unit in ranked.items() if (figure := self._figure(unit)) is not None}
        places = competition_ranks(figures)
        told = [
            Standing(self.board.mark(unit, self.node), unit, *places.get(slug, (None, False)))
            for slug, unit in ranked.items()
        ]
        return sorted(told, key=_best_first)

    def _figure(self, unit: ReleaseUnit) -> Decimal | None:
        """What a school is placed by here: more is better."""
        got = self.board.got(unit, self.node)
        if not self.by_value:
            return Decimal(got.points) if got.points else None
        if not got.value:
            return None
        return -Decimal(got.value) if self.lower_is_better else Decimal(got.value)

    @property
    def unranked(self) -> list[Standing]:
        """The schools without rank of which something is told here, in the order of the page."""
        units = [unit for unit in self.board.units if unit.rank is None and self._has(unit)]
        return [Standing(self.board.mark(unit, self.node), unit, None, False) for unit in units]

    @property
    def below(self) -> list[ReleaseNode]:
        """The nodes right below a family."""
        return self.board.children.get(self.node.key, [])


def _best_first(standing: Standing) -> tuple[bool, int, Decimal, int]:
    points = Decimal(standing.mark.points or -1)
    return (standing.place is None, standing.place or 0, -points, standing.unit.position)


def _points_words(figure: Decimal) -> str:
    return number(figure, None, get_language())


def _kind_words(got: Got) -> str:
    return wording.kind_words(got.absence or got.kind) or _("connue")


def counted(words: Iterator[str]) -> list[Kind]:
    """Words, each with how many times it comes and its share, the commonest first."""
    found = Counter(words)
    total = found.total()
    return [
        Kind(said, count, round_value(Fraction(100 * count, total), 1, "half_up"))
        for said, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]


def spread_of(
    figures: Sequence[Decimal], words: Callable[[Decimal], str], *, lower: bool = False, boolean: bool = False
) -> Spread | None:
    """The spread of some figures; None of nothing."""
    middle = median(figures)
    if middle is None:
        return None
    ends = (max(figures), min(figures)) if lower else (min(figures), max(figures))
    yes = yes_words(figures) if boolean else ""
    return Spread(tuple(figures), middle, lower, words(ends[0]), words(middle), words(ends[1]), yes)


def yes_words(figures: Sequence[Decimal]) -> str:
    """How many of these say yes: « 2 oui sur 5 »."""
    return _("%(yes)s oui sur %(all)s") % {"yes": sum(figure == 1 for figure in figures), "all": len(figures)}


def leaves_below(board: Board, node: ReleaseNode) -> list[ReleaseNode]:
    """The criteria of a family, at any depth, in the order of the method."""
    found: list[ReleaseNode] = []
    for child in board.children.get(node.key, []):
        found += [child] if child.indicator else leaves_below(board, child)
    return found


def years_words(indicators: Sequence[ReleaseIndicator]) -> str:
    """The years some indicators are read in: « 2022 », « 2021–2022 »; empty for none."""
    years = sorted({indicator.reference_year for indicator in indicators})
    return "–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else ""


@dataclass(frozen=True)
class Group:
    """A family and what it holds; the bonuses together, without node."""

    family: Criterion | None
    rows: tuple[Criterion, ...]


@dataclass
class Criteria:
    """Every family and criterion of an edition, and the indicators that no criterion reads. No query of its own."""

    board: Board

    @cached_property
    def by_key(self) -> Mapping[str, Criterion]:
        """Each family and criterion, by its key."""
        if not self.board.nodes:
            return {}
        shares = shares_of(method_of(self.board.release.method_text))
        return {node.key: Criterion(self.board, node, shares.get(node.key)) for node in self.board.nodes}

    @property
    def groups(self) -> list[Group]:
        """The families with all that is below them, in the order of the method; the bonuses last."""
        groups = [Group(self.by_key[family.key], tuple(self._below(family))) for family in self.board.families]
        bonuses = tuple(self.by_key[node.key] for node in self.board.bonuses)
        return [*groups, *([Group(None, bonuses)] if bonuses else [])]

    def _below(self, node: ReleaseNode) -> Iterator[Criterion]:
        for child in self.board.children.get(node.key, []):
            yield self.by_key[child.key]
            yield from self._below(child)

    @property
    def alone(self) -> Mapping[str, ReleaseNode]:
        """Indicator → the first criterion that reads it alone."""
        found: dict[str, ReleaseNode] = {}
        for node in self.board.nodes:
            if node.indicator and not node.divisors:
                found.setdefault(node.indicator, node)
        return found

    @property
    def for_information(self) -> list[ReleaseIndicator]:
        """The indicators that no criterion reads, by code."""
        read = {code for node in self.board.nodes for code in (node.indicator, *node.divisors)}
        return [indicator for code, indicator in sorted(self.board.indicators.items()) if code not in read]

    def readers(self, code: str) -> list[ReleaseNode]:
        """The criteria that read an indicator, in the order of the method."""
        return [node for node in self.board.nodes if code in (node.indicator, *node.divisors)]
