"""What a release says of the place of a school beyond its rank: its level, its band, its places within groups.

All of it follows from the method's text and from the sealed rows, as the engine makes it: nothing more is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from palmares.public.placing_words import band_words, group_words, grouping_words
from rankings.engine import GroupPlace, Placing
from rankings.engine.standings import within_groups
from rankings.models import ReleaseUnit


@dataclass(frozen=True)
class InGroup:
    """A place among the ranked schools of a group. `grouping` and `group` in the reader's words."""

    grouping: str
    group: str
    place: GroupPlace


@dataclass(frozen=True)
class Standing:
    """Each part is empty where the method does not declare it, and for a school without rank."""

    level: str = ""
    band: str = ""
    groups: tuple[InGroup, ...] = ()


NOTHING = Standing()


@dataclass(frozen=True)
class Standings:
    """Of all the schools of one release."""

    placing: Placing
    units: Sequence[ReleaseUnit]

    def of(self, unit: ReleaseUnit) -> Standing:
        """What is said of one of them."""
        if unit.rank is None:
            return NOTHING
        levels, band = self.placing.levels, self.placing.band(unit.rank)
        return Standing(
            level=levels.label(Decimal(unit.score), unit.rank, self._ranked) if levels else "",
            band=band_words(band) if band else "",
            groups=tuple(
                InGroup(grouping_words(name), group_words(name, places[unit.slug].label), places[unit.slug])
                for name, places in self._places.items()
                if unit.slug in places
            ),
        )

    @cached_property
    def _ranked(self) -> int:
        return sum(unit.rank is not None for unit in self.units)

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, GroupPlace]]:
        """The whole ranking already broke the ties: within a group, ranks alone are compared."""
        compared = {unit.slug: -unit.rank for unit in self.units if unit.rank is not None}
        return {name: within_groups(compared, self._labels(name)) for name in self.placing.groups}

    def _labels(self, name: str) -> Mapping[str, str]:
        return {unit.slug: str(label) for unit in self.units if (label := getattr(unit, name, ""))}
