"""What moved from one edition to the next: places gained and lost, schools that came, left, or lost their rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rankings.models import Release, ReleaseUnit
from schools.typography import number

# A list of moves stops here, or a little after when the next ones are as great.
MOST_MOVES, MOST_WITH_EQUALS = 5, 8
_FIELDS = ("release", "slug", "name", "city", "region", "sector", "entry", "duration_years", "rank", "tied", "score",
           "position", "unranked_fr", "unranked_en")  # fmt: skip


@dataclass(frozen=True)
class Move:
    """A school that is ranked in both editions. `unit` is as in the later one."""

    unit: ReleaseUnit
    before: ReleaseUnit

    @property
    def places(self) -> int:
        """How many places it gained; negative when it lost some."""
        return (self.before.rank or 0) - (self.unit.rank or 0)


@dataclass
class Moves:
    """The schools of an edition beside those of an earlier one, told by their address. Two queries.

    An edition whose printed ranks are not all known leaves open which schools it did not rank: `came` is None when
    that is the earlier one, `left` when it is the later one.
    """

    release: Release
    earlier: Release

    @cached_property
    def units(self) -> dict[str, ReleaseUnit]:
        """The schools of the edition, in the order of its ranking."""
        return {unit.slug: unit for unit in units_of(self.release)}

    @cached_property
    def before(self) -> dict[str, ReleaseUnit]:
        """The schools of the earlier edition."""
        return {unit.slug: unit for unit in units_of(self.earlier)}

    @cached_property
    def all(self) -> dict[str, Move]:
        """The moves by school, of those ranked in both."""
        return {
            slug: Move(unit, self.before[slug])
            for slug, unit in self.units.items()
            if unit.rank and slug in self.before and self.before[slug].rank
        }

    @property
    def gains(self) -> list[Move]:
        """The greatest gains, equal ones in the order of the ranking."""
        gained = [move for move in self.all.values() if move.places > 0]
        return foremost(sorted(gained, key=lambda move: -move.places))

    @property
    def losses(self) -> list[Move]:
        """The greatest losses, equal ones in the order of the ranking."""
        lost = [move for move in self.all.values() if move.places < 0]
        return foremost(sorted(lost, key=lambda move: move.places))

    @property
    def summary(self) -> str:
        """How many schools gained places, lost some, kept theirs, of those ranked in both, as a sentence."""
        up = sum(move.places > 0 for move in self.all.values())
        down = sum(move.places < 0 for move in self.all.values())
        parts = (
            ngettext("%(n)s école gagne des places", "%(n)s écoles gagnent des places", up) % {"n": _count(up)},
            ngettext("%(n)s en perd", "%(n)s en perdent", down) % {"n": _count(down)},
            ngettext("%(n)s garde la sienne", "%(n)s gardent la leur", len(self.all) - up - down)
            % {"n": _count(len(self.all) - up - down)},
        )
        return f"{', '.join(parts)}."

    @property
    def came(self) -> list[ReleaseUnit] | None:
        """The schools that were not in the earlier edition at all; None when nobody can tell."""
        if not holds_all(self.earlier, self.before.values()):
            return None
        return [unit for slug, unit in self.units.items() if slug not in self.before]

    @property
    def left(self) -> list[ReleaseUnit] | None:
        """The schools of the earlier edition that are not in this one at all; None when nobody can tell."""
        if not holds_all(self.release, self.units.values()):
            return None
        return [unit for slug, unit in self.before.items() if slug not in self.units]

    def said_of(self, unit: ReleaseUnit) -> str:
        """What is said of a ranked school in place of a move, in words; empty when it has one."""
        if unit.slug in self.all:
            return ""
        year = {"year": self.earlier.year}
        if unit.slug in self.before:
            return _("non classée en %(year)s") % year
        return _("nouvelle") if holds_all(self.earlier, self.before.values()) else _("rang de %(year)s inconnu") % year

    @property
    def ranked_now(self) -> list[ReleaseUnit]:
        """The schools that the earlier edition named without a rank, and that have one."""
        return [unit for slug, unit in self.units.items() if unit.rank and _unranked(self.before.get(slug))]

    @property
    def ranked_no_more(self) -> list[ReleaseUnit]:
        """The schools that had a rank, and are named without one, as they are now, with the reason."""
        return [
            unit
            for slug, unit in self.units.items()
            if unit.rank is None and slug in self.before and self.before[slug].rank
        ]


def units_of(release: Release) -> list[ReleaseUnit]:
    """The schools of a release without what only their own pages say, in the order of the ranking. One query."""
    return list(release.units.only(*_FIELDS).order_by("position"))


def holds_all(release: Release, units: Iterable[ReleaseUnit]) -> bool:
    """Whether every school that the release ranks is among these rows: printed ranks are not always all known."""
    return sum(unit.rank is not None for unit in units) == release.ranked_count


def foremost(moves: Sequence[Move]) -> list[Move]:
    """The first of sorted moves, never some of several equal ones: all of them if few, otherwise none of them."""
    if len(moves) <= MOST_MOVES:
        return list(moves)
    last = moves[MOST_MOVES - 1].places
    with_equals = [move for move in moves if abs(move.places) >= abs(last)]
    if len(with_equals) <= MOST_WITH_EQUALS:
        return with_equals
    return [move for move in moves if abs(move.places) > abs(last)]


def _count(schools: int) -> str:
    return number(schools, 0, get_language())


def _unranked(unit: ReleaseUnit | None) -> bool:
    return unit is not None and unit.rank is None
