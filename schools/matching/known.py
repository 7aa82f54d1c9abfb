"""The schools we know, found by their numbers and names of a year."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from schools.matching.periods import ALWAYS, Period, holds
from schools.matching.places import Place
from schools.naming import search_key


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a school, and when it was."""

    text: str
    span: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number of a school in a register, and when it was."""

    scheme: str
    value: str
    span: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A school of ours, with all it is known by. `id` is whatever the caller finds it again by."""

    id: int
    name: str
    aliases: tuple[Alias, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    place: Place = field(default_factory=Place)

    @property
    def label(self) -> str:
        """Its name, with its CTI number when it has one: several bear one name."""
        numbers = [number.value for number in self.identifiers if number.scheme == "cti"]
        return f"{self.name} (cti:{numbers[0]})" if numbers else self.name


class Known:
    """All the schools, indexed once. Each answer is in the order of the ids, whatever the order given."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self.units = tuple(sorted(units, key=lambda unit: unit.id))
        self._numbers: dict[tuple[str, str], list[tuple[KnownUnit, Period]]] = {}
        self._names: dict[str, list[KnownUnit]] = {}
        self._aliases: dict[str, list[tuple[KnownUnit, Period]]] = {}
        for unit in self.units:
            for number in unit.identifiers:
                self._numbers.setdefault((number.scheme, number.value), []).append((unit, number.span))
            self._names.setdefault(search_key(unit.name), []).append(unit)
            for alias in unit.aliases:
                self._aliases.setdefault(search_key(alias.text), []).append((unit, alias.span))

    def holders(self, scheme: str, value: str, year: int | None = None) -> tuple[KnownUnit, ...]:
        """The schools that bear this number in this year; ever, without a year."""
        found = self._numbers.get((scheme, value), [])
        return _once(unit for unit, span in found if year is None or holds(span, year))

    def named(self, key: str) -> tuple[KnownUnit, ...]:
        """The schools whose name has this key."""
        return tuple(self._names.get(key, ()))

    def also_named(self, key: str, first_year: int, last_year: int) -> tuple[KnownUnit, ...]:
        """The schools of which this is another name in one of these years at least."""
        years = range(first_year, last_year + 1)
        return _once(unit for unit, span in self._aliases.get(key, []) if any(holds(span, year) for year in years))


def _once(units: Iterable[KnownUnit]) -> tuple[KnownUnit, ...]:
    return tuple({unit.id: unit for unit in units}.values())
