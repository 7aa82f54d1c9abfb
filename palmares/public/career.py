"""The ranks of one school over the editions: where each point is drawn, and the same as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from itertools import pairwise

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public.editions import Editions
from palmares.public.rank_chart import levels_of
from rankings.facts.scales import changes
from rankings.models import Release, ReleaseUnit
from schools.typography import rank_words

# In the units of a drawing 372 wide and 224 high: the line lies between these, ranks left of it, years below.
LEFT, RIGHT, TOP, BOTTOM = Decimal(60), Decimal(336), Decimal(48), Decimal(170)


@dataclass(frozen=True)
class Stop:
    """One edition on the way. `unit`: None where it has no such school; `changed`: other rules than the year before."""

    release: Release
    unit: ReleaseUnit | None
    changed: bool
    now: bool

    @property
    def year(self) -> int:
        return self.release.year

    @property
    def rank(self) -> int | None:
        return self.unit.rank if self.unit else None

    @property
    def words(self) -> str:
        """Its rank, or what stands in place of one."""
        if self.unit and self.unit.rank:
            return rank_words(self.unit.rank, self.unit.tied, get_language())
        if self.unit:
            return _("non classée")
        return _("inconnue") if self.release.archival else _("absente")


@dataclass(frozen=True)
class Dot:
    """A ranked edition, where it is drawn. `below`: whether its rank is written under it, off the line."""

    stop: Stop
    x: str
    y: str
    below: bool


@dataclass(frozen=True)
class Drawing:
    """The lines, each with whether it crosses a change of rules; (rank, ordinate) of each hairline; changes."""

    dots: tuple[Dot, ...]
    lines: tuple[tuple[str, bool], ...]
    levels: tuple[tuple[int, str], ...]
    changes: tuple[str, ...]


@dataclass
class Career:
    """One school in a ranking, up to the edition of this year."""

    editions: Editions
    places: Mapping[int, ReleaseUnit]
    year: int

    @cached_property
    def stops(self) -> list[Stop]:
        """Every edition up to the page's, the earliest first."""
        return [
            Stop(
                release, self.places.get(release.year), release.year in self.editions.changes, release.year == self.year
            )
            for release in self.editions.releases
            if release.year <= self.year
        ]

    @property
    def ranked(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.rank]

    @cached_property
    def drawing(self) -> Drawing | None:
        """The line of its ranks, the first place on top; None when fewer than two editions rank it."""
        ranked = self.ranked
        if len(ranked) < 2:
            return None
        levels = levels_of([stop.rank or 0 for stop in ranked])
        return Drawing(
            tuple(self._dots(ranked, levels)),
            tuple(self._lines(ranked, levels)),
            tuple((level, _text(_y(level, levels))) for level in levels),
            tuple(_text((_x(year, ranked) + _x(year - 1, ranked)) / 2) for year in self._changed(ranked)),
        )

    @property
    def title(self) -> str:
        """What the drawing shows, in words."""
        told = "; ".join(f"{stop.year}, {stop.words}" for stop in self.ranked)
        return _("Rangs par édition : %(ranks)s") % {"ranks": told}

    @property
    def caption(self) -> str:
        """What a reader must know to compare the ranks: what the rules became, and which ranks are those of a print."""
        said = changes([stop.release for stop in self.ranked], "en" if get_language() == "en" else "fr")
        return " ".join(said)

    def _changed(self, ranked: Sequence[Stop]) -> list[int]:
        return [stop.year for stop in self.stops if stop.changed and ranked[0].year < stop.year <= ranked[-1].year]

    def _dots(self, ranked: Sequence[Stop], levels: Sequence[int]) -> Iterator[Dot]:
        for place, stop in enumerate(ranked):
            after = ranked[place + 1] if place + 1 < len(ranked) else None
            before = ranked[place - 1] if place else None
            rank = stop.rank or 0
            # Where the line leaves upwards the rank is written below it; at its end, on the side it does not come from.
            below = (after.rank or 0) <= rank if after else before is not None and (before.rank or 0) < rank
            yield Dot(stop, _text(_x(stop.year, ranked)), _text(_y(rank, levels)), below)

    def _lines(self, ranked: Sequence[Stop], levels: Sequence[int]) -> Iterator[tuple[str, bool]]:
        for before, after in pairwise(ranked):
            if self._between(before, after):
                continue
            ends = ((_x(stop.year, ranked), _y(stop.rank or 0, levels)) for stop in (before, after))
            yield "M" + "L".join(f"{_text(x)} {_text(y)}" for x, y in ends), after.changed

    def _between(self, before: Stop, after: Stop) -> bool:
        """Whether an edition, or a year without any, lies between the two: then nothing joins them."""
        return after.year - before.year > 1


def _x(year: int, ranked: Sequence[Stop]) -> Decimal:
    first, last = ranked[0].year, ranked[-1].year
    return LEFT + (RIGHT - LEFT) * (year - first) / (last - first)


def _y(rank: int, levels: Sequence[int]) -> Decimal:
    return TOP + (BOTTOM - TOP) * (rank - levels[0]) / (levels[-1] - levels[0])


def _text(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_EVEN):f}"
