"""How much of an edition is there: of each of its schools and indicators, in the year it reads, what is known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Exists, F, OuterRef

from rankings.models import Edition, EditionIndicator, EditionUnit
from schools.models import WITH_VALUE, Indicator, Unit, ValueRevision, ValueState


class Known(StrEnum):
    """What is known of one school and indicator; the first that holds.

    WAITING: something there waits for a verifier. KNOWN: a figure is in force. TOLD: in force, that there is none, and
    why. CARRIED: nothing of that year, a figure of an earlier one that the edition takes. EMPTY: nothing.
    """

    WAITING = "waiting"
    KNOWN = "known"
    TOLD = "told"
    CARRIED = "carried"
    EMPTY = "empty"


@dataclass(frozen=True)
class Line:
    """One indicator, or one school, of an edition, with how many of its cases are in each way."""

    of: Indicator | Unit
    counts: Counter[Known]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def settled(self) -> int:
        """The cases that need nobody: a figure, a reason why there is none, or one carried over."""
        return self.total - self.counts[Known.WAITING] - self.counts[Known.EMPTY]

    @property
    def waiting(self) -> int:
        return self.counts[Known.WAITING]

    @property
    def empty(self) -> int:
        return self.counts[Known.EMPTY]

    @property
    def told(self) -> int:
        return self.counts[Known.TOLD]


@dataclass
class Coverage:
    """The cases of one edition. Three queries."""

    edition: Edition
    columns: list[EditionIndicator] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    known: dict[tuple[int, int], Known] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = list(self.edition.columns.select_related("indicator").order_by("indicator__code"))
        included = EditionUnit.objects.filter(edition=self.edition, status=EditionUnit.Status.INCLUDED)
        self.units = list(Unit.objects.filter(pk__in=included.values("unit")))
        read = {column.indicator_id: column.reference_year for column in self.columns}
        found: dict[tuple[int, int], set[Known]] = {}
        for unit, indicator, year, state, kind in self._live():
            way = _way(state, kind, earlier=year < read[indicator])
            if way:
                found.setdefault((unit, indicator), set()).add(way)
        self.known = {case: next(way for way in Known if way in ways) for case, ways in found.items()}

    def _live(self) -> Iterable[tuple[int, int, int, str, str]]:
        of_edition = EditionIndicator.objects.filter(
            edition=self.edition,
            indicator=OuterRef("indicator"),
            reference_year__gte=OuterRef("reference_year"),
            reference_year__lte=OuterRef("reference_year") + F("carry_over_years"),
        )
        included = EditionUnit.objects.filter(edition=self.edition, status=EditionUnit.Status.INCLUDED)
        live = ValueRevision.objects.filter(
            Exists(of_edition),
            state__in=[ValueState.IN_FORCE, ValueState.PENDING],
            unit__in=included.values("unit"),
        )
        return live.order_by().values_list("unit_id", "indicator_id", "reference_year", "state", "kind")

    @property
    def counts(self) -> Counter[Known]:
        """How many cases are in each way, all together."""
        found = Counter(self.known.values())
        found[Known.EMPTY] += len(self.units) * len(self.columns) - len(self.known)
        return found

    @property
    def whole(self) -> Line:
        """The edition as one line, named by none of its schools nor indicators."""
        return Line(Indicator(), self.counts)

    @property
    def by_indicator(self) -> list[Line]:
        """A line for each indicator, in the order of their codes."""
        return [
            Line(column.indicator, Counter(self._at(unit.pk, column.indicator_id) for unit in self.units))
            for column in self.columns
        ]

    @property
    def by_unit(self) -> list[Line]:
        """A line for each school, the emptiest first, then by name."""
        lines = [
            Line(unit, Counter(self._at(unit.pk, column.indicator_id) for column in self.columns))
            for unit in self.units
        ]
        return sorted(lines, key=lambda line: line.settled)

    def _at(self, unit: int, indicator: int) -> Known:
        return self.known.get((unit, indicator), Known.EMPTY)


def _way(state: str, kind: str, *, earlier: bool) -> Known | None:
    """What one value makes of its case; None for an earlier year that fills nothing."""
    if earlier:
        return Known.CARRIED if state == ValueState.IN_FORCE and kind in WITH_VALUE else None
    if state == ValueState.PENDING:
        return Known.WAITING
    return Known.KNOWN if kind in WITH_VALUE else Known.TOLD
