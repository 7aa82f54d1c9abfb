"""An indicator of an edition that no criterion reads alone: what it is, and its value for every school."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from palmares.public import wording
from palmares.public.board import Board
from palmares.public.criteria import Kind, Spread, counted, spread_of
from palmares.public.quotients import decimals_shown, unit_words
from rankings.models import ReleaseIndicator, ReleaseUnit, ReleaseValue


@dataclass(frozen=True)
class Line:
    """One school and its value; None when nothing was in force for it."""

    unit: ReleaseUnit
    value: ReleaseValue | None
    words: str

    @property
    def says(self) -> str:
        """What is said in place of the value, or beside it."""
        if self.value is None:
            return wording.kind_words("missing")
        if self.value.withheld and wording.has_figure(self.value.kind):
            return wording.withheld_words()
        return wording.used_words(self.value)


@dataclass
class IndicatorSheet:
    """One indicator. One query for its values, beside those of its board."""

    board: Board
    indicator: ReleaseIndicator

    @cached_property
    def lines(self) -> list[Line]:
        """The schools, the greatest value first, equal ones as in the ranking; those without value last."""
        values = ReleaseValue.objects.filter(unit__release=self.board.release, indicator=self.indicator)
        by_unit = {value.unit_id: value for value in values.select_related("indicator")}
        lines = [self._line(unit, by_unit.get(unit.pk)) for unit in self.board.units]
        return sorted(lines, key=_greatest_first)

    def _line(self, unit: ReleaseUnit, value: ReleaseValue | None) -> Line:
        return Line(unit, value, self._words(Decimal(value.figure)) if value and value.figure else "")

    def _words(self, figure: Decimal) -> str:
        return unit_words(figure, self.indicator.measure, decimals_shown(self.indicator, figure))

    @cached_property
    def spread(self) -> Spread | None:
        """Its published values; None when there is none."""
        figures = self.board.figures.get(self.indicator.code, ())
        return spread_of(figures, self._words, boolean=self.indicator.measure == "boolean")

    @cached_property
    def kinds(self) -> list[Kind]:
        """How many schools have a value, and why the others have none."""
        return counted(line.says or _("connue") for line in self.lines)


def _greatest_first(line: Line) -> tuple[bool, Decimal, int]:
    figure = line.value.figure if line.value else ""
    return (not figure, -Decimal(figure or 0), line.unit.position)
