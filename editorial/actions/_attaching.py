"""What the base holds of numbers and names while matches are applied, and each change of it."""

from dataclasses import dataclass, field

from schools.matching import Name, Subject
from schools.matching.periods import ALWAYS, Period, covers, first_day, joined, last_day, overlap, shared, without
from schools.models import MatchDecision, Unit, UnitAlias, UnitIdentifier
from schools.models.matches import COUNTED
from schools.naming import search_key

_LONGEST_NAME = 200


@dataclass(slots=True)
class Changes:
    """What was written for one subject, in words that the trail keeps; `left_alone`: what another school holds."""

    identifiers: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.identifiers or self.aliases or self.cut)

    @property
    def details(self) -> dict[str, list[str]]:
        """The same, for the trail."""
        return {"identifiers": self.identifiers, "aliases": self.aliases, "cut": self.cut}


class Ledger:
    """The numbers and names of all schools. Four queries to read, one or two a change.

    known_by: each number, as it was before any change → the school that bore it last. left_out: the numbers of which
    somebody said, in some source, that they are not a school's own.
    """

    def __init__(self) -> None:
        self.units: dict[int, Unit] = Unit.objects.in_bulk()
        self._numbers: dict[tuple[str, str], list[UnitIdentifier]] = {}
        for number in UnitIdentifier.objects.order_by("pk"):
            self._numbers.setdefault((number.scheme, number.value), []).append(number)
        self.known_by = {key: rows[-1].unit_id for key, rows in self._numbers.items()}
        self._aliases = set(UnitAlias.objects.values_list("unit_id", "key"))
        left_out = MatchDecision.objects.exclude(verdict__in=COUNTED)
        self.left_out = set(left_out.values_list("scheme", "value"))

    def give(self, unit: Unit, scheme: str, value: str, span: Period, changes: Changes) -> None:
        """A person said that this number is the school's on these days: it is, and no other school's."""
        for row in self._rows(scheme, value):
            if row.unit_id != unit.pk:
                self._cut(row, span, changes)
        own = [row for row in self._rows(scheme, value) if row.unit_id == unit.pk]
        if any(covers(_span(row), span) for row in own):
            return
        for row in own:
            both = joined(_span(row), span)
            if both:
                span = both
                self._numbers[(scheme, value)].remove(row)
                row.delete()
        self._create(unit, scheme, value, span, changes)

    def add(self, unit: Unit, scheme: str, value: str, changes: Changes) -> None:
        """A number found beside a sure name: the school's, unless it is already known, another's, or left out."""
        rows = self._rows(scheme, value)
        if any(row.unit_id == unit.pk for row in rows):
            return
        if rows or (scheme, value) in self.left_out:
            changes.left_alone.append(_shown(scheme, value, ALWAYS))
            return
        self._create(unit, scheme, value, ALWAYS, changes)

    def call(self, unit: Unit, subject: Subject, span: Period, changes: Changes) -> None:
        """The subject's names are other names of the school, for as long as the source says and the span allows."""
        for name in subject.names:
            dates = shared(name_span(subject, name), span)
            if name.key == unit.search_key or (unit.pk, name.key) in self._aliases or dates is None:
                continue
            if len(name.text) > _LONGEST_NAME:
                changes.left_alone.append(name.text)
                continue
            self._aliases.add((unit.pk, name.key))
            UnitAlias.objects.create(
                unit=unit, name=name.text, key=search_key(name.text), valid_from=dates[0], valid_to=dates[1]
            )
            changes.aliases.append(name.text)

    def _rows(self, scheme: str, value: str) -> list[UnitIdentifier]:
        return list(self._numbers.get((scheme, value), ()))

    def _create(self, unit: Unit, scheme: str, value: str, span: Period, changes: Changes) -> None:
        row = UnitIdentifier.objects.create(unit=unit, scheme=scheme, value=value, valid_from=span[0], valid_to=span[1])
        self._numbers.setdefault((scheme, value), []).append(row)
        changes.identifiers.append(_shown(scheme, value, span))

    def _cut(self, row: UnitIdentifier, span: Period, changes: Changes) -> None:
        held = _span(row)
        if not overlap(held, span):
            return
        changes.cut.append(f"{self.units[row.unit_id].name} : {_shown(row.scheme, row.value, held)}")
        self._numbers[(row.scheme, row.value)].remove(row)
        left = without(held, span)
        if not left:
            row.delete()
            return
        self._redate(row, left[0])
        self._numbers[(row.scheme, row.value)].append(row)
        for rest in left[1:]:
            self._create(self.units[row.unit_id], row.scheme, row.value, rest, Changes())

    def _redate(self, row: UnitIdentifier, span: Period) -> None:
        row.valid_from, row.valid_to = span
        row.save(update_fields=["valid_from", "valid_to"])


def name_span(subject: Subject, name: Name) -> Period:
    """When a name was one, as far as a source can say: the first and last years it was read for end a name only if the
    source was read before or after them under others.
    """
    first, last = subject.years[0], subject.years[-1]
    return (
        first_day(name.first_year) if name.first_year > first else None,
        last_day(name.last_year) if name.last_year < last else None,
    )


def _span(row: UnitIdentifier) -> Period:
    return (row.valid_from, row.valid_to)


def _shown(scheme: str, value: str, span: Period) -> str:
    dates = [f"{span[0]:%Y-%m-%d}" if span[0] else "", f"{span[1]:%Y-%m-%d}" if span[1] else ""]
    return f"{scheme} {value}" + (f" ({dates[0]}…{dates[1]})" if any(dates) else "")
