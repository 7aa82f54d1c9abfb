"""The schools of a file set beside ours: known, left out by a decision, contradictory, or unknown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schools.importing import Grouping, UnitRecord
from schools.importing.records import key_text
from schools.models import MatchDecision, Unit
from schools.naming import search_key
from schools.resolving import Resolution, Resolver

# What begins the group of keys that nobody knows: no number of a unit does.
UNKNOWN = "?"


@dataclass(frozen=True)
class PlannedUnit:
    """A school of the file and what it is to us in these years: one of four things.

    The `unit` it was matched to; a decision by which its rows are `left_out`; the `rivals` to which the numbers of one
    cell lead; or nothing known, with look-alikes to consider before it is created.
    """

    record: UnitRecord
    unit: Unit | None
    look_alikes: tuple[Unit, ...] = ()
    left_out: MatchDecision | None = None
    rivals: tuple[Unit, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The name in our base when it is known, else the file's."""
        return self.unit.name if self.unit else self.record.attributes.get("name", self.record.key)

    @property
    def group(self) -> str:
        """What its rows are grouped as while it is unknown."""
        return UNKNOWN + self.record.key

    @property
    def is_unknown(self) -> bool:
        """Whether nobody has said anything of this school."""
        return self.unit is None and self.left_out is None and not self.rivals


def grouping(resolver: Resolver, scheme_of: Callable[[tuple[str, ...]], str]) -> Grouping:
    """How the rows of a file are put together: by unit; unknown keys each on their own; the others not at all."""

    def group(keys: tuple[str, ...], year: int) -> str | None:
        found = resolver.resolve(scheme_of(keys), keys, year)
        if found.unit is not None:
            return str(found.unit.pk)
        return None if found.left_out or found.rivals else UNKNOWN + key_text(keys)

    return group


def plan_units(records: Iterable[UnitRecord], resolver: Resolver) -> tuple[PlannedUnit, ...]:
    """Each record, once for each thing it is over the years, in the order of the records. One query.

    A name never decides; it only proposes look-alikes of the same name.
    """
    by_name: dict[str, list[Unit]] = {}
    for unit in Unit.objects.all():
        by_name.setdefault(unit.search_key, []).append(unit)
    planned: list[PlannedUnit] = []
    for record in records:
        stands_for: dict[tuple[object, ...], tuple[Resolution, list[int]]] = {}
        for year in record.years:
            found = resolver.resolve(record.scheme, record.keys, year)
            stands_for.setdefault(_identity(found), (found, []))[1].append(year)
        for found, years in stands_for.values():
            known = found.unit or found.left_out or found.rivals
            alike = () if known else tuple(by_name.get(search_key(record.attributes.get("name", "")), ()))
            planned.append(PlannedUnit(record, found.unit, alike, found.left_out, found.rivals, tuple(years)))
    return tuple(planned)


def _identity(found: Resolution) -> tuple[object, ...]:
    return (
        found.unit.pk if found.unit else None,
        found.left_out.pk if found.left_out else None,
        tuple(unit.pk for unit in found.rivals),
    )
