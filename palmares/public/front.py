"""What the front page says of the newest edition: its head, what moved, where to go in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from palmares.public.board import bonus_out_of, score_out_of
from palmares.public.changes import Changes
from palmares.public.method_words import bonus_words
from palmares.public.regions import region_slug
from rankings.models import Release, ReleaseNode, ReleaseUnit
from rankings.moves import Move, Moves, units_of
from schools.naming import search_key

FIRST_PLACES = 10


@dataclass(frozen=True)
class Line:
    """A school of the ranking; `move` is None when it had no known rank in the edition before, and `said` why."""

    unit: ReleaseUnit
    move: Move | None
    said: str


@dataclass
class Front:
    """An edition and the one before it, if any. Nine queries with it, three without, whatever the number of schools."""

    release: Release
    earlier: Release | None

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since the edition before."""
        return Changes(self.release, self.earlier) if self.earlier else None

    @property
    def moves(self) -> Moves | None:
        """What moved since the edition before; None as well when nothing can be told of it."""
        return self.changes.moves if self.changes and self.changes.moves.all else None

    @cached_property
    def units(self) -> Mapping[str, ReleaseUnit]:
        """Every school of the edition, in the order of its ranking."""
        return self.changes.moves.units if self.changes else {unit.slug: unit for unit in units_of(self.release)}

    @property
    def first(self) -> list[Line]:
        """The first places, all the schools of a shared one, unless a crowd shares it."""
        found = [unit for unit in self.units.values() if unit.rank and unit.rank <= FIRST_PLACES]
        return [self._line(unit) for unit in found[: 2 * FIRST_PLACES]]

    def _line(self, unit: ReleaseUnit) -> Line:
        moves = self.moves
        return Line(unit, moves.all.get(unit.slug), moves.said_of(unit)) if moves else Line(unit, None, "")

    @cached_property
    def example(self) -> Line | None:
        """A real line to explain: the first shared place, rather one that moved, or else the first place."""
        ranked = [unit for unit in self.units.values() if unit.rank]
        tied = [unit for unit in ranked if unit.tied]
        moved = [unit for unit in tied if (move := self._line(unit).move) and move.places]
        unit = next(iter([*moved, *tied, *ranked]), None)
        return self._line(unit) if unit else None

    @property
    def sharing(self) -> int:
        """How many schools have the place of the example."""
        return sum(self.example is not None and unit.rank == self.example.unit.rank for unit in self.units.values())

    @property
    def next_rank(self) -> int | None:
        """The place after that of the example; None when it is the last."""
        after = (self.example.unit.rank or 0) + self.sharing if self.example else 0
        return after if after <= self.release.ranked_count else None

    @cached_property
    def out_of(self) -> Decimal | str:
        """The highest score; what the print says of it for an archival edition, empty when it says nothing."""
        return self.release.out_of if self.release.archival else score_out_of(self.release)

    @property
    def bonus(self) -> str:
        """What bonuses add to that at most, in words; empty without any."""
        return bonus_words(bonus_out_of(self.release))

    @property
    def regions(self) -> list[tuple[str, str, int]]:
        """(name, address, how many schools) of each region, by name."""
        counted = Counter(unit.region for unit in self.units.values() if unit.region)
        ordered = sorted(counted.items(), key=lambda found: search_key(found[0]))
        return [(name, region_slug(name), count) for name, count in ordered]

    @cached_property
    def families(self) -> list[ReleaseNode]:
        """The families of the method."""
        return list(self.release.nodes.filter(level=0, bonus=False).order_by("position"))

    @property
    def greatest_move(self) -> int:
        """The most places that any school gained or lost among those listed: the length of a whole bar."""
        shown = [*self.moves.gains, *self.moves.losses] if self.moves else []
        return max((abs(move.places) for move in shown), default=1)
