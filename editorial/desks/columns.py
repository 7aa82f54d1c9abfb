"""A value among the others: the same school in other years, the other schools in the same year."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from schools.models import Indicator, ValueRevision, ValueState


@dataclass(frozen=True)
class Column:
    """Where a figure stands among those of its indicator and year.

    `figures`: of every school that has one, this value's own included, each once. `place`: its competition rank, the
    best being 1st (the highest where the indicator has no sense); None for an absence.
    """

    figures: tuple[Decimal, ...]
    mine: Decimal | None
    place: int | None
    tied: bool

    @property
    def count(self) -> int:
        """How many schools have a figure."""
        return len(self.figures)

    @property
    def median(self) -> Decimal | None:
        """The middle figure, exactly; half the sum of the two middle ones when the schools are even in number."""
        return median(self.figures) if self.figures else None

    @property
    def least(self) -> Decimal | None:
        """The lowest figure."""
        return min(self.figures, default=None)

    @property
    def greatest(self) -> Decimal | None:
        """The highest figure."""
        return max(self.figures, default=None)


def column_of(revision: ValueRevision) -> Column:
    """The schools' figures in force, or waiting where none is; for this school, the value looked at. One query."""
    read = ValueRevision.objects.filter(
        indicator_id=revision.indicator_id,
        reference_year=revision.reference_year,
        state__in=[ValueState.IN_FORCE, ValueState.PENDING],
        value__isnull=False,
    ).values_list("unit_id", "state", "value")
    # The database gives six decimals back whatever the indicator has.
    exact = Decimal(1).scaleb(-revision.indicator.decimals)
    figures: dict[int, Decimal] = {}
    for unit_id, state, value in read:
        if value is not None and (state == ValueState.IN_FORCE or unit_id not in figures):
            figures[unit_id] = value.quantize(exact)
    figures.pop(revision.unit_id, None)
    if revision.figure is not None:
        figures[revision.unit_id] = revision.figure
    return _column(tuple(figures.values()), revision.figure, revision.indicator)


def _column(figures: tuple[Decimal, ...], mine: Decimal | None, indicator: Indicator) -> Column:
    if mine is None:
        return Column(figures, None, None, False)
    lower = indicator.direction == Indicator.Direction.LOWER
    better = sum(figure < mine if lower else figure > mine for figure in figures)
    return Column(figures, mine, 1 + better, sum(figure == mine for figure in figures) > 1)


def other_years(revision: ValueRevision) -> list[ValueRevision]:
    """The values in force of the same school and indicator in the five years before, the latest first. One query."""
    return list(
        ValueRevision.objects.in_force()
        .filter(
            unit_id=revision.unit_id,
            indicator__code=revision.indicator.code,
            reference_year__lt=revision.reference_year,
            reference_year__gte=revision.reference_year - 5,
        )
        .select_related("indicator")
        .order_by("-reference_year", "-indicator__version")
    )


def row_of(revision: ValueRevision) -> list[ValueRevision]:
    """The same school's other values of the same import, as they stand, by indicator. One query."""
    if revision.batch_id is None:
        return []
    same = ValueRevision.objects.filter(batch_id=revision.batch_id, unit_id=revision.unit_id).exclude(pk=revision.pk)
    return list(same.select_related("indicator").order_by("indicator__code"))
