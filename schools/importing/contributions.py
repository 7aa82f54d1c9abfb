"""What one row says of one indicator: a number, an absence, or nothing that can be used."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from schools.importing.document import Cell
from schools.importing.figures import NotANumber, parse_number, significant
from schools.importing.mapping import ABSENCES, Absence, Mapping, NotMeasured, ValueRule
from schools.importing.problems import ProblemLog
from schools.importing.records import CellRef, IndicatorRule
from schools.importing.table import Table
from schools.importing.texts import same_text_key


@dataclass(frozen=True, slots=True)
class Contribution:
    """One row's part of a value. Refused: neither number nor absence. The weight is 1 when there is none to read.

    `of_nobody`: the row gives a number to a weight or a factor of zero, so it counts for nothing.
    """

    number: Fraction | None
    absence: Absence | None
    weight: Fraction
    cells: tuple[CellRef, ...]
    of_nobody: bool = False

    @property
    def refused(self) -> bool:
        """Whether the row says nothing that can be used."""
        return self.number is None and self.absence is None


class ContributionReader:
    """Reads the rows of a table for one value of the mapping; what it refuses is in the log, by cell."""

    def __init__(self, table: Table, mapping: Mapping, rule: ValueRule, bounds: IndicatorRule, log: ProblemLog) -> None:
        self.table, self.rule, self.bounds, self.log = table, rule, bounds, log
        self.absences = {same_text_key(token).casefold(): kind for token, kind in mapping.absences}
        low, high = bounds.minimum, bounds.maximum
        if rule.aggregate == "sum" and low is not None:
            low = min(low, Decimal(0))  # a part may be under the least total
        self.low, self.high = (None if bound is None else Fraction(bound) for bound in (low, high))
        self.multiply = Fraction(rule.multiply)
        # What was read before: columns repeat themselves, and every cell is looked at before it is read.
        self.numbers: dict[tuple[str, str], Fraction] = {}
        self.unmeasured = [
            (condition, frozenset(same_text_key(text) for text in condition.equals)) for condition in rule.not_measured
        ]

    def not_measured(self, row: int) -> tuple[NotMeasured, tuple[CellRef, ...]] | None:
        """Why this row says nothing of the value, and the cells that tell; None when it may."""
        for condition, texts in self.unmeasured:
            cells = [self.table.cell(row, column) for column in condition.columns]
            if all(not self.table.fault(cell) and same_text_key(cell.text) in texts for cell in cells):
                named = zip(cells, condition.columns, strict=True)
                return condition, tuple(CellRef.of(cell, column, "condition") for cell, column in named)
        return None

    def read(self, row: int, mixed: bool) -> Contribution:
        """The part of this row; `mixed`: whether the column seems to hold both fractions and percentages."""
        if self.rule.times:
            return self._product(row, mixed)
        cell = self.table.cell(row, self.rule.column)
        cells: tuple[CellRef, ...] = (CellRef.of(cell, self.rule.column, "value"),)
        number, absence = self._number(cell, self.rule.column)
        if number is not None:
            number *= self.multiply
            if not self._within(number, cell, mixed):
                number = None
        if not self.rule.weight:
            return Contribution(number, absence, Fraction(1), cells)
        return self._weighed(row, number, absence, cells)

    def _weighed(
        self, row: int, number: Fraction | None, absence: Absence | None, cells: tuple[CellRef, ...]
    ) -> Contribution:
        weigher = self.table.cell(row, self.rule.weight)
        cells += (CellRef.of(weigher, self.rule.weight, "weight"),)
        weight, weight_absence = self._number(weigher, self.rule.weight)
        if weight is not None and weight < 0:
            self.log.refuse("weight_negative", weigher, self.rule.weight)
            weight = None
        if weight is None and weight_absence is None:
            return Contribution(None, None, Fraction(1), cells)
        if weight is None and (number is not None or absence is not None):
            # Without its weight the row cannot be counted: it is as absent as the weight is.
            return Contribution(None, weight_absence, Fraction(1), cells)
        known = Fraction(1) if weight is None else weight
        return Contribution(number, absence, known, cells, of_nobody=known == 0 and bool(number))

    def _product(self, row: int, mixed: bool) -> Contribution:
        """The number of this row times its factor; a factor of zero makes zero, whatever the number's cell holds."""
        cell, other = self.table.cell(row, self.rule.column), self.table.cell(row, self.rule.times)
        cells = (CellRef.of(cell, self.rule.column, "value"), CellRef.of(other, self.rule.times, "factor"))
        factor, factor_absence = self._number(other, self.rule.times)
        if factor is not None and factor < 0:
            self.log.refuse("factor_negative", other, self.rule.times)
            factor = None
        if factor == 0:
            usable = cells if not self.table.fault(cell) else cells[1:]
            return Contribution(Fraction(0), None, Fraction(1), usable, of_nobody=bool(self.peek(row)))
        number, absence = self._number(cell, self.rule.column)
        if number is not None and factor is not None:
            number *= self.multiply * factor
            if not self._within(number, cell, mixed):
                number = None
        if factor is None and (factor_absence is None or (number is None and absence is None)):
            return Contribution(None, None, Fraction(1), cells)
        # Without its factor the row cannot be counted: it is as absent as the more binding of the two.
        absences = {absence, factor_absence}
        kind = next((kind for kind in ABSENCES if kind in absences), None)
        return Contribution(None if kind else number, kind, Fraction(1), cells)

    def peek(self, row: int) -> Fraction | None:
        """The number of this row before any factor, or None, without noting anything."""
        cell = self.table.cell(row, self.rule.column)
        try:
            return None if self.table.fault(cell) else self._parsed(cell)
        except NotANumber:
            return None

    def _number(self, cell: Cell, header: str) -> tuple[Fraction | None, Absence | None]:
        fault = self.table.fault(cell)
        if fault:
            self.log.refuse(fault, cell, header)
            return None, None
        absence = self.absences.get(same_text_key(cell.text).casefold())
        if absence is not None:
            return None, absence
        if cell.kind == "empty":
            self.log.refuse("cell_empty", cell, header)
            return None, None
        try:
            return self._parsed(cell), None
        except NotANumber as error:
            self.log.refuse(error.code, cell, header)
            return None, None

    def _parsed(self, cell: Cell) -> Fraction:
        known = self.numbers.get((cell.kind, cell.text))
        if known is not None:
            return known
        if cell.kind in {"date", "boolean"}:
            raise NotANumber(f"number_is_{cell.kind}")
        value = parse_number(cell.text, percent_sign=self.rule.percent_sign)
        number = Fraction(significant(value) if cell.kind == "number" else value)
        self.numbers[cell.kind, cell.text] = number
        return number

    def _within(self, number: Fraction, cell: Cell, mixed: bool) -> bool:
        if (self.low is None or number >= self.low) and (self.high is None or number <= self.high):
            return True
        code = "out_of_bounds_mixed" if mixed else "out_of_bounds"
        self.log.refuse(code, cell, self.rule.column, **bounds_shown(self.bounds))
        return False


def bounds_shown(bounds: IndicatorRule) -> dict[str, str]:
    """The bounds as a message writes them, « … » standing for none."""
    low, high = bounds.minimum, bounds.maximum
    return {
        "minimum": "…" if low is None else _plain(low),
        "maximum": "…" if high is None else _plain(high),
        "indicator": bounds.called,
    }


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
