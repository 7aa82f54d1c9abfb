"""Which of our schools a number or a name stands for, for files that may name schools rather than number them."""

from collections.abc import Iterable
from datetime import date

from schools.importing import FoundUnit
from schools.models import Unit
from schools.naming import search_key
from schools.resolving import Resolver, day_of


class NamedUnits:
    """Answers for an edition of this year, from what was known when it was built. Four queries.

    Numbers and names count as they were on 1 September of the year before, else of the year itself: a ranking of 2018
    is printed in the winter of the school year 2017-2018. A number comes before a name.
    """

    def __init__(self, year: int) -> None:
        self._years = (year - 1, year)
        self._resolver = Resolver()
        self._units: dict[int, FoundUnit] = {}
        self._by_name: dict[str, dict[int, None]] = {}
        for unit in Unit.objects.prefetch_related("aliases"):
            aliases = [a.key for a in unit.aliases.all() if self._holds(a.valid_from, a.valid_to)]
            keys = frozenset([unit.search_key, *aliases])
            self._units[unit.pk] = FoundUnit(unit.pk, unit.name, keys)
            for key in keys:
                self._by_name.setdefault(key, {})[unit.pk] = None

    def find(self, scheme: str, key: str, name: str) -> tuple[FoundUnit, ...]:
        """The schools that this number leads to, or else this name; one of them may be empty."""
        for year in self._years if key else ():
            found = self._resolver.resolve(scheme, [key], year)
            if found.unit or found.rivals:
                return self._found(unit.pk for unit in ([found.unit] if found.unit else found.rivals))
        return self._found(self._by_name.get(search_key(name), ())) if name else ()

    def _found(self, ids: Iterable[int]) -> tuple[FoundUnit, ...]:
        return tuple(self._units[pk] for pk in ids)

    def _holds(self, since: date | None, until: date | None) -> bool:
        days = [day_of(year) for year in self._years]
        return any((since is None or since <= day) and (until is None or day <= until) for day in days)
