"""What ties a subject to a school, and what forbids to be sure of it. One subject at a time, knowing all the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schools.importing.keys import expected_letter, normal_key
from schools.matching.known import Known, KnownUnit
from schools.matching.likeness import Likeness
from schools.matching.reasons import Reason, because, listed
from schools.matching.subjects import Name, Subject


@dataclass(frozen=True, slots=True)
class Link:
    """The school a subject leads to, by "identifier", "name" or "alias", and why; no unit when nothing is exact.

    obstacles: what forbids to be sure. A link to several schools has no unit, and says so among its obstacles.
    """

    unit: KnownUnit | None = None
    by: str = ""
    reasons: tuple[Reason, ...] = ()
    obstacles: tuple[Reason, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether nothing forbids it."""
        return self.unit is not None and not self.obstacles


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of the subject and the schools that bear it; `own`: those whose main name it is."""

    name: Name
    units: tuple[KnownUnit, ...]
    own: tuple[KnownUnit, ...]


class Linker:
    """Links the subjects of one or several sources. What each answers does not depend on the order of the others."""

    def __init__(self, subjects: Sequence[Subject], known: Known, likeness: Likeness) -> None:
        self.known, self.likeness = known, likeness
        self._by_key: dict[tuple[str, str, str], list[Subject]] = {}
        self._by_name: dict[tuple[str, str], list[Subject]] = {}
        for subject in sorted(subjects, key=lambda each: each.identity):
            for key in subject.keys:
                self._by_key.setdefault((subject.dataset, subject.scheme, key), []).append(subject)
            for name in subject.names:
                self._by_name.setdefault((subject.dataset, name.key), []).append(subject)

    def link(self, subject: Subject) -> Link:
        """By its numbers if one of them is known, else by its names."""
        named = self._named(subject)
        held = self._held(subject)
        if len(held) > 1:
            apart = because("keys_apart", units=listed([unit for unit, _numbers in held.values()]))
            return Link(obstacles=(apart,))
        if held:
            unit, numbers = next(iter(held.values()))
            return self._by_number(subject, unit, numbers, named)
        return self._by_names(subject, named)

    # By number

    def _held(self, subject: Subject) -> dict[int, tuple[KnownUnit, list[tuple[str, str]]]]:
        """The schools that hold a number of the subject in one of its years, with these numbers."""
        found: dict[int, tuple[KnownUnit, list[tuple[str, str]]]] = {}
        for scheme, value in _numbers(subject):
            units = {u.id: u for year in subject.years for u in self.known.holders(scheme, value, year)}
            for unit in units.values():
                found.setdefault(unit.id, (unit, []))[1].append((scheme, value))
        return found

    def _by_number(
        self, subject: Subject, unit: KnownUnit, numbers: Sequence[tuple[str, str]], named: Sequence[_Named]
    ) -> Link:
        reasons = [because("identifier", number=_shown(scheme, value)) for scheme, value in numbers]
        bearers = {each.id: each for name in named for each in name.units}
        by_name = unit.id in bearers
        obstacles = [*self._shared_keys(subject)]
        if subject.wider and not by_name:
            obstacles.append(because("wider"))
        if not by_name and not any(value in subject.keys for scheme, value in numbers if scheme == subject.scheme):
            obstacles.append(because("number_alone", number=_shown(*numbers[0])))
        if bearers and not by_name:
            obstacles.append(because("identifier_against_name", held=unit.label, named=listed(list(bearers.values()))))
        if not self._all_years(subject, unit, numbers):
            key = _shown(*numbers[0])
            obstacles.append(because("other_dates", key=key, unit=unit.label))
        wrong = [value for scheme, value in numbers if _wrong_letter(scheme, value)]
        if len(wrong) == len(numbers) and not by_name:
            obstacles.append(because("wrong_letter", key=wrong[0], letter=expected_letter(wrong[0])))
        if subject.names and not bearers and self.likeness.unlike(subject, unit):
            obstacles.append(because("name_unlike", unit=unit.label))
        return Link(unit, "identifier", tuple(reasons), tuple(obstacles))

    def _all_years(self, subject: Subject, unit: KnownUnit, numbers: Sequence[tuple[str, str]]) -> bool:
        return all(
            any(unit in self.known.holders(scheme, value, year) for scheme, value in numbers) for year in subject.years
        )

    # By name

    def _named(self, subject: Subject) -> list[_Named]:
        found = []
        for name in subject.names:
            own = self.known.named(name.key)
            others = self.known.also_named(name.key, name.first_year, name.last_year)
            units = {unit.id: unit for unit in (*own, *others)}
            if units:
                found.append(_Named(name, tuple(units.values()), own))
        return found

    def _by_names(self, subject: Subject, named: Sequence[_Named]) -> Link:
        if not named:
            return Link()
        single = {each.units[0].id: each.units[0] for each in named if len(each.units) == 1}
        if len(single) > 1:
            return Link(obstacles=(because("names_apart", units=listed(list(single.values()))),))
        unit = next(iter(single.values()), None)
        homonyms = [
            because("homonyms", name=each.name.text, count=len(each.units), units=listed(each.units))
            for each in named
            if len(each.units) > 1 and (unit is None or unit not in each.units)
        ]
        if unit is None:
            return Link(obstacles=tuple(homonyms))
        linking = [each for each in named if unit in each.units]
        by = "name" if any(unit in each.own for each in linking) else "alias"
        reasons = tuple(because("name" if unit in each.own else "alias", name=each.name.text) for each in linking)
        obstacles = [*homonyms, *self._shared_keys(subject), *self._name_obstacles(subject, unit, linking)]
        return Link(unit, by, reasons, tuple(obstacles))

    def _name_obstacles(self, subject: Subject, unit: KnownUnit, linking: Sequence[_Named]) -> Iterable[Reason]:
        if subject.wider:
            yield because("wider")
        same = subject.place.same_academie(unit.place)
        if same is False:
            yield because("other_academie", read=subject.place.academie, known=unit.place.academie)
        if all(each.name.is_sigle for each in linking) and not same and not subject.place.shared_town(unit.place):
            yield because("sigle_alone", name=linking[0].name.text)
        twice = [self._namesake(subject, each.name) for each in linking]
        if all(twice) and twice[0]:
            yield because("name_twice", name=linking[0].name.text, other=_known_by(twice[0]))
        for scheme, value in _numbers(subject):
            for other in self.known.holders(scheme, value):
                if other.id != unit.id:
                    yield because("other_dates", key=_shown(scheme, value), unit=other.label)

    # Among the subjects

    def _namesake(self, subject: Subject, name: Name) -> Subject | None:
        """Another subject of the same source under this name."""
        bearers = self._by_name.get((subject.dataset, name.key), [])
        return next((each for each in bearers if each.identity != subject.identity), None)

    def _shared_keys(self, subject: Subject) -> Iterable[Reason]:
        """A key that another cell of the source has, under other names: one of them is perhaps somebody else's."""
        mine = {name.key for name in subject.names}
        for key in subject.keys:
            for other in self._by_key.get((subject.dataset, subject.scheme, key), []):
                if other.identity != subject.identity and not mine & {name.key for name in other.names}:
                    yield because("key_twice", key=key, other=other.name)


def _numbers(subject: Subject) -> Iterable[tuple[str, str]]:
    yield from ((subject.scheme, key) for key in subject.keys)
    yield from subject.numbers


def _shown(scheme: str, value: str) -> str:
    return f"{scheme.upper() if scheme in {'uai', 'ror', 'siren', 'cti'} else scheme.title()} {value}"


def _wrong_letter(scheme: str, value: str) -> bool:
    """Whether this is a UAI whose letter is not the one its digits call for. What has not the form is no such thing."""
    return scheme == "uai" and normal_key(scheme, value) is not None and expected_letter(value) != value[-1]


def _known_by(subject: Subject) -> str:
    return f"{subject.name} ({', '.join(subject.keys)})" if subject.keys else subject.name
