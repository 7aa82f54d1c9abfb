"""Which of our schools a number of a source stands for, in one year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schools.models import MatchDecision, Unit, UnitIdentifier

# Schools are recognised as they were at the beginning of the school year.
MONTH, DAY = 9, 1


def day_of(year: int) -> date:
    """The day on which the numbers of a row of this year are read.

    >>> day_of(2019)
    datetime.date(2019, 9, 1)
    """
    return date(year, MONTH, DAY)


@dataclass(frozen=True)
class Resolution:
    """What the keys of one row stand for. At most one of the three is there; none when nobody knows them.

    `left_out`: what a person said, for which the row is of no unit's figures. `rivals`: the units to which the keys of
    one cell lead, when they are several, by name.
    """

    unit: Unit | None = None
    left_out: MatchDecision | None = None
    rivals: tuple[Unit, ...] = ()


UNKNOWN = Resolution()


class Resolver:
    """Answers for one source, from what was known when it was built; one query, and one more for the decisions.

    A number leads to a unit when the unit bears it on that day. What a person decided of it in this very source is
    nearer to its rows than what is known of it elsewhere, and comes first: a verdict other than `same` or `site` leaves
    the row out, even under a number that our school bears, as that is how a part or a whole is told from it.
    """

    def __init__(self, dataset: str = "") -> None:
        self._identifiers: dict[tuple[str, str], list[UnitIdentifier]] = {}
        for identifier in UnitIdentifier.objects.select_related("unit"):
            self._identifiers.setdefault((identifier.scheme, identifier.value), []).append(identifier)
        self._decisions: dict[tuple[str, str], list[MatchDecision]] = {}
        for decision in MatchDecision.objects.of(dataset).select_related("unit", "decided_by") if dataset else ():
            self._decisions.setdefault((decision.scheme, decision.value), []).append(decision)

    def resolve(self, scheme: str, keys: Sequence[str], year: int) -> Resolution:
        """What these keys of one cell stand for on 1 September of this year. No query."""
        day = day_of(year)
        found: dict[int, Unit] = {}
        for key in keys:
            decisions = [each for each in self._decisions.get((scheme, key), ()) if each.covers(day)]
            left_out = next((each for each in decisions if not each.is_counted), None)
            if left_out is not None:
                return Resolution(left_out=left_out)
            found |= {unit.pk: unit for unit in self._units(scheme, key, day, decisions)}
        units = sorted(found.values(), key=lambda unit: (unit.search_key, unit.pk))
        if len(units) > 1:
            return Resolution(rivals=tuple(units))
        return Resolution(unit=units[0]) if units else UNKNOWN

    def _units(self, scheme: str, key: str, day: date, decisions: Iterable[MatchDecision]) -> list[Unit]:
        """The units of this key: as decided in this source, else those that bear it."""
        decided = [each.unit for each in decisions if each.unit is not None]
        return decided or [
            each.unit
            for each in self._identifiers.get((scheme, key), ())
            if (each.valid_from is None or each.valid_from <= day) and (each.valid_to is None or day <= each.valid_to)
        ]
