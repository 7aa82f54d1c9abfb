"""The schools of an edition by region: how many, where they stand, who is first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from palmares.public.board import Board, median
from rankings.models import ReleaseNode, ReleaseUnit
from schools.naming import search_key

# Fewer schools than these have no median that says anything of a region.
FEWEST_FOR_MEDIANS = 3
ORDERS = {"name": _("Région"), "schools": _("Écoles"), "first": _("Première"), "median": _("Rang médian")}


def region_slug(name: str) -> str:
    """The address of a region.

    >>> region_slug("Provence-Alpes-Côte d’Azur")
    'provence-alpes-cote-d-azur'
    """
    return slugify(search_key(name))


@dataclass(frozen=True)
class Placed:
    """A ranked school, with its place among those of its region."""

    unit: ReleaseUnit
    place: int
    tied: bool


@dataclass(frozen=True)
class Region:
    """The schools of one region, in the order of the ranking, the unranked last."""

    name: str
    units: tuple[ReleaseUnit, ...]

    @property
    def slug(self) -> str:
        return region_slug(self.name)

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """The ranks of its ranked schools, the best first."""
        return tuple(sorted(unit.rank for unit in self.units if unit.rank is not None))

    @cached_property
    def ranked(self) -> list[Placed]:
        """Its ranked schools: the place of each is one, plus how many of the region stand before it."""
        return [
            Placed(unit, 1 + sum(rank < unit.rank for rank in self.ranks), self.ranks.count(unit.rank) > 1)
            for unit in self.units
            if unit.rank is not None
        ]

    @property
    def first(self) -> list[Placed]:
        """The school no other of the region stands before; several when they share the place, none without a rank."""
        return [placed for placed in self.ranked if placed.place == 1]

    @property
    def unranked(self) -> list[ReleaseUnit]:
        return [unit for unit in self.units if unit.rank is None]

    @property
    def median(self) -> Decimal | None:
        """The median of its ranks, exact; None without any."""
        return median([Decimal(rank) for rank in self.ranks])

    @property
    def drawn_median(self) -> Decimal | None:
        """The same, where there are schools enough for it to be another thing than one of them."""
        return self.median if len(self.ranks) >= FEWEST_FOR_MEDIANS else None

    def within(self, share: int, of: int) -> int:
        """How many of its schools are in the first `share` hundredths of `of` ranked schools, exactly."""
        return sum(rank * 100 <= share * of for rank in self.ranks)


@dataclass
class Regions:
    """The regions of one edition."""

    units: Sequence[ReleaseUnit]

    @cached_property
    def by_slug(self) -> Mapping[str, Region]:
        """The regions by name; names that differ by an accent or a case are one region."""
        found: dict[str, list[ReleaseUnit]] = defaultdict(list)
        for unit in self.units:
            if unit.region:
                found[region_slug(unit.region)].append(unit)
        regions = [Region(units[0].region, tuple(units)) for units in found.values()]
        return {region.slug: region for region in sorted(regions, key=lambda region: search_key(region.name))}

    @property
    def without(self) -> list[ReleaseUnit]:
        """The schools whose region is not known."""
        return [unit for unit in self.units if not unit.region]

    def ordered(self, key: str) -> list[Region]:
        """The regions by name, by how many schools (most first), by their first school or their median rank.

        Equal ones are by name; those without a rank last. An unknown key is that of the name.
        """
        regions = list(self.by_slug.values())
        if key == "schools":
            return sorted(regions, key=lambda region: -len(region.units))
        if key == "first":
            return sorted(regions, key=lambda region: (not region.ranks, region.ranks[:1]))
        if key == "median":
            return sorted(regions, key=lambda region: (region.median is None, region.median or Decimal(0)))
        return regions


def family_medians(board: Board, region: Region) -> list[tuple[ReleaseNode, Decimal | None]]:
    """Each family, with the median points of the region's ranked schools; none for too few schools."""
    if len(region.ranks) < FEWEST_FOR_MEDIANS:
        return []
    return [(family, _median_points(board, family, region.ranked)) for family in board.families]


def _median_points(board: Board, node: ReleaseNode, placed: Iterable[Placed]) -> Decimal | None:
    points = (board.got(one.unit, node).points for one in placed)
    return median([Decimal(got) for got in points if got])
