"""Two to four schools of one edition side by side: what each got, and what separates them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from palmares.public.board import Board, Mark
from palmares.public.editions import Editions
from palmares.public.rank_chart import RankChart, Run, rank_chart
from palmares.public.sheet import Divided, Entry, Heading, Sheet
from rankings.models import ReleaseNode, ReleaseUnit
from schools.typography import number, rank_words, typeset

FEWEST, MOST = 2, 4
# How many criteria are named among those that separate the schools most.
MOST_APART = 3


@dataclass(frozen=True)
class Side:
    """One of the schools. `number`: which of the four signs it has."""

    number: int
    sheet: Sheet

    @property
    def unit(self) -> ReleaseUnit:
        return self.sheet.unit


@dataclass(frozen=True)
class Told:
    """What one school says at one row: its entry, and its points when the row is a criterion's."""

    side: Side
    entry: Heading | Entry | Divided

    @property
    def mark(self) -> Mark | None:
        return self.entry.mark

    @property
    def parts(self) -> tuple[Entry, ...]:
        """The figures it is made of that have a document."""
        if isinstance(self.entry, Heading):
            return ()
        parts = self.entry.parts if isinstance(self.entry, Divided) else (self.entry,)
        return tuple(part for part in parts if part.value)


@dataclass(frozen=True)
class Row:
    """One criterion, or one indicator given for information, with what each school says of it."""

    told: tuple[Told, ...]

    @property
    def node(self) -> ReleaseNode | None:
        mark = self.told[0].mark
        return mark.node if mark else None

    @property
    def entry(self) -> Heading | Entry | Divided:
        return self.told[0].entry

    @property
    def made(self) -> str:
        """What it makes of the rows that follow, when it is a criterion made of several."""
        return self.entry.words if isinstance(self.entry, Heading) else ""

    @property
    def title(self) -> str:
        entry = self.entry
        if isinstance(entry, Entry):
            return entry.mark.node.title if entry.mark else entry.indicator.label
        return entry.mark.node.title

    @property
    def median(self) -> str:
        """The median of all the schools' published values, of their points where they have none; empty without any."""
        entry = self.entry
        if isinstance(entry, Heading):
            points = entry.mark.median
            return "" if points is None else number(points, None, get_language())
        if isinstance(entry, Entry) and entry.yes is not None:
            return entry.yes_words
        if isinstance(entry, Entry) and not entry.mark:
            return entry.median_words
        return entry.mark.median_value if entry.mark else ""


@dataclass(frozen=True)
class Group:
    """A family and its rows; without node, the bonuses, or the indicators given for information."""

    node: ReleaseNode | None
    rows: tuple[Row, ...]
    bonus: bool = False


@dataclass(frozen=True)
class Tier:
    """Schools with the same points, named together."""

    points: Decimal
    names: str


@dataclass(frozen=True)
class Gap:
    """How far apart the schools are at one place: most points first, and those that have none there."""

    title: str
    out_of: Decimal | None
    tiers: tuple[Tier, ...]
    without: str

    @property
    def size(self) -> Decimal:
        """From the most points to the fewest."""
        return self.tiers[0].points - self.tiers[-1].points if self.tiers else Decimal(0)

    @property
    def whole(self) -> bool:
        """Whether every school has points there."""
        return not self.without


@dataclass(frozen=True)
class Moment:
    """One edition: each school as it has it, None for one that is not in it.

    `changed`: new rules since the last; `printed`: its places are those of a print, which may not be whole.
    """

    year: int
    units: tuple[ReleaseUnit | None, ...]
    changed: bool
    printed: bool
    now: bool


@dataclass
class Comparison:
    """Schools of one board, in the order of the ranking. One query for the editions, one more for their rules."""

    board: Board
    units: Sequence[ReleaseUnit]
    out_of: Decimal | None
    editions: Editions

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        return tuple(Side(number, Sheet(self.board, unit)) for number, unit in enumerate(self.units, 1))

    @cached_property
    def families(self) -> list[tuple[ReleaseNode, list[tuple[Side, Mark]]]]:
        """Each family, with what each school got there."""
        return [
            (node, [(side, self.board.mark(side.unit, node)) for side in self.sides]) for node in self.board.families
        ]

    @cached_property
    def groups(self) -> list[Group]:
        """Every criterion by family, in the order of the method; then bonuses, then the other indicators."""
        return [Group(groups[0].node, tuple(self._rows(groups)), groups[0].bonus) for groups in self._aligned()]

    def _aligned(self) -> Iterator[tuple]:
        return zip(*(side.sheet.groups for side in self.sides), strict=True)

    def _rows(self, groups: Sequence) -> Iterator[Row]:
        for entries in zip(*(group.entries for group in groups), strict=True):
            yield Row(tuple(Told(side, entry) for side, entry in zip(self.sides, entries, strict=True)))

    @cached_property
    def score(self) -> Gap | None:
        """The scores; None when none is known."""
        gap = self._gap(_("Score"), self.out_of, {side.unit.name: side.unit.score for side in self.sides})
        return gap if gap.tiers else None

    @cached_property
    def places(self) -> int | None:
        """How many places separate the first of them from the last; None when two are not ranked."""
        ranks = [side.unit.rank for side in self.sides if side.unit.rank is not None]
        return max(ranks) - min(ranks) if len(ranks) > 1 else None

    @property
    def family_gaps(self) -> list[Gap]:
        """Each family, in the order of the method."""
        return [self._gap_at(node, [mark for _side, mark in marks]) for node, marks in self.families]

    @cached_property
    def _criteria(self) -> list[tuple[Row, Gap]]:
        """Those of a family: one made of several is one, and a bonus is none."""
        found = []
        for group in self.groups:
            for row in group.rows:
                marks = [told.mark for told in row.told if told.mark]
                if marks and marks[0].node.level <= 1 and not marks[0].node.bonus:
                    found.append((row, self._gap_at(marks[0].node, marks)))
        return found

    @property
    def criteria_count(self) -> int:
        return len(self._criteria)

    @property
    def apart(self) -> list[tuple[Row, Gap]]:
        """The criteria that separate them most, for what each is out of; equal ones in the order of the method."""
        known = [(row, gap) for row, gap in self._criteria if gap.whole and gap.size]
        return sorted(known, key=lambda found: -(found[1].size / (found[1].out_of or 1)))[:MOST_APART]

    @property
    def alike(self) -> list[str]:
        """The criteria at which all have the same points."""
        return [gap.title for _row, gap in self._criteria if gap.whole and not gap.size]

    @property
    def incomparable(self) -> list[Gap]:
        """The criteria that count for some of them only, or for none."""
        return [gap for _row, gap in self._criteria if not gap.whole]

    def _gap_at(self, node: ReleaseNode, marks: Sequence[Mark]) -> Gap:
        points = {side.unit.name: mark.points for side, mark in zip(self.sides, marks, strict=True)}
        return self._gap(node.title, Decimal(node.out_of), points)

    def _gap(self, title: str, out_of: Decimal | None, points: Mapping[str, str]) -> Gap:
        known = sorted({Decimal(got) for got in points.values() if got}, reverse=True)
        tiers = (
            Tier(figure, listed(name for name, got in points.items() if got and Decimal(got) == figure))
            for figure in known
        )
        return Gap(title, out_of, tuple(tiers), listed(name for name, got in points.items() if not got))

    @cached_property
    def moments(self) -> list[Moment]:
        """Every edition that has one of them, the earliest first."""
        found = self.editions.places([unit.slug for unit in self.units])
        moments = []
        for release in self.editions.releases:
            year = release.year
            units = tuple(found.get(unit.slug, {}).get(year) for unit in self.units)
            if any(units):
                now = year == self.board.release.year
                moments.append(Moment(year, units, year in self.editions.changes, release.archival, now))
        return moments

    @property
    def by_side(self) -> list[tuple[Side, list[tuple[Moment, ReleaseUnit | None]]]]:
        """Each school, with what it was in each edition."""
        return [
            (side, [(moment, moment.units[place]) for moment in self.moments]) for place, side in enumerate(self.sides)
        ]

    @cached_property
    def chart(self) -> RankChart | None:
        """The ranks over the editions; None when there is no line to draw."""
        return rank_chart(list(self._runs()), [m.year for m in self.moments], self.editions.changes)

    @property
    def chart_words(self) -> str:
        """What the drawing shows, as a text: each school, its rank in each edition that ranks it."""
        told = []
        for side, moments in self.by_side:
            ranks = [f"{moment.year}, {_rank(unit)}" for moment, unit in moments if unit is not None and unit.rank]
            told.append(
                _("%(name)s : %(ranks)s")
                % {"name": side.unit.name, "ranks": pgettext("between items", " ; ").join(ranks)}
            )
        return typeset(". ".join(told), get_language())

    def _runs(self) -> Iterator[Run]:
        for side, moments in self.by_side:
            ranked = {moment.year: unit for moment, unit in moments if unit is not None and unit.rank}
            words = _rank(ranked[max(ranked)]) if ranked else ""
            ranks = {year: unit.rank for year, unit in ranked.items() if unit.rank}
            yield Run(side.number, side.unit.name, words, ranks)


def _rank(unit: ReleaseUnit) -> str:
    return rank_words(unit.rank, unit.tied, get_language()) if unit.rank else ""


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: « A, B et C »."""
    told = list(names)
    if len(told) < 2:
        return "".join(told)
    return _("%(first)s et %(last)s") % {"first": ", ".join(told[:-1]), "last": told[-1]}
