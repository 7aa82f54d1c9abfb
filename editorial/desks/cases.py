"""The cases of a grid: what is in force for one school, indicator and year, and what waits there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from editorial.desks.pages import number_in
from rankings.models import Edition
from rankings.waiting import in_preparation
from schools.models import Anomaly, ValueRevision, ValueState

# How many years a grid shows: the one it looks at, and those before it.
SPAN = 5


@dataclass
class Case:
    """One school, one indicator, one year; both empty when nothing was ever said, or nothing that still counts."""

    year: int
    in_force: ValueRevision | None = None
    waiting: list[ValueRevision] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return self.in_force is None and not self.waiting

    @property
    def figure(self) -> Decimal | None:
        """The figure in force; None for an absence and for an empty case."""
        return self.in_force.figure if self.in_force else None

    @property
    def told(self) -> bool:
        """Whether it is in force that there is no figure."""
        return self.in_force is not None and self.in_force.figure is None

    @property
    def anomalies(self) -> list[Anomaly]:
        """What looks wrong in the cells of what waits, those that hold it back first."""
        found = {anomaly.pk: anomaly for revision in self.waiting for anomaly in revision.anomalies.all()}
        return sorted(found.values(), key=lambda anomaly: (anomaly.severity != Anomaly.Severity.BLOCKING, anomaly.pk))


type Cases = dict[tuple[int, str, int], Case]


def cases_of(unit: int | None = None, code: str = "", years: range = range(0)) -> Cases:
    """(school, code of the indicator, year) → its case, of one school or of one indicator. Two queries.

    Every definition of an indicator counts: a case holds what is in force under the latest one that says anything.
    """
    live = ValueRevision.objects.filter(
        state__in=[ValueState.IN_FORCE, ValueState.PENDING],
        reference_year__gte=years.start,
        reference_year__lt=years.stop,
    )
    live = live.filter(unit=unit) if unit else live.filter(indicator__code=code)
    whole = live.select_related("unit", "indicator", "source", "author", "decided_by").prefetch_related("anomalies")
    return _cases(whole.order_by("indicator__version", "pk"))


def _cases(revisions: Iterable[ValueRevision]) -> Cases:
    found: Cases = {}
    for revision in revisions:
        key = (revision.unit_id, revision.indicator.code, revision.reference_year)
        case = found.setdefault(key, Case(revision.reference_year))
        if revision.state == ValueState.IN_FORCE:
            case.in_force = revision
        else:
            case.waiting.append(revision)
    return found


@dataclass
class Focus:
    """What a grid looks at: an edition, each of its indicators in the year it reads; or one year for all."""

    edition: Edition | None
    year: int | None

    @classmethod
    def of(cls, request: HttpRequest) -> "Focus":
        """As the address asks (`edition`, `annee`); else the latest edition, in preparation if one is. Two queries."""
        year = number_in(request.GET.get("annee"))
        year = year if year and year < 10_000 else None
        every = Edition.objects.select_related("ranking")
        asked = number_in(request.GET.get("edition"))
        edition = every.filter(pk=asked).first() if asked else None
        # One that reads nothing yet has nothing to show.
        latest = in_preparation().filter(columns__isnull=False).select_related("ranking").order_by("-year", "-pk")
        return cls(edition or latest.first() or every.order_by("-year", "-pk").first(), year)

    @cached_property
    def years(self) -> Mapping[str, int]:
        """The code of each indicator the edition reads, and the year; none when one year is looked at. One query."""
        if self.edition is None or self.year:
            return {}
        return dict(self.edition.columns.values_list("indicator__code", "reference_year"))

    @cached_property
    def other_year(self) -> int:
        """The year that an indicator outside the edition is looked at in: the latest the edition reads, or known."""
        if self.year:
            return self.year
        if self.years:
            return max(self.years.values())
        known = ValueRevision.objects.aggregate(last=Max("reference_year"))["last"]
        return int(known or timezone.now().year)

    def year_of(self, code: str) -> int:
        """The year that this indicator is looked at in."""
        return self.years.get(code, self.other_year)

    @property
    def span(self) -> range:
        """Every year that some row shows."""
        looked_at = {*self.years.values(), self.other_year}
        return range(min(looked_at) - SPAN + 1, max(looked_at) + 1)

    @property
    def same_year(self) -> int | None:
        """The one year that every row looks at; None when they differ."""
        looked_at = {*self.years.values(), self.other_year}
        return looked_at.pop() if len(looked_at) == 1 else None
