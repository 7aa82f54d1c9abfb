"""Values formed again from the cells they are said to come of: pure, the file and its mapping alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schools.importing import Document, IndicatorRule, rounded_half_up
from schools.importing import Mapping as FileMapping
from schools.importing.aggregate import aggregated
from schools.importing.contributions import ContributionReader
from schools.importing.document import Sheet, place_of
from schools.importing.mapping import ValueRule
from schools.importing.problems import ProblemLog
from schools.importing.table import open_table


@dataclass(frozen=True, slots=True)
class Formed:
    """A value formed again: its figure, or the kind of its absence; `cells`: (sheet, reference) of all that made it."""

    value: Decimal | None
    absence: str
    cells: frozenset[tuple[str, str]]


class Former:
    """Forms values of one file under one mapping, as an import does: same reading, same sums, same rounding.

    `problem`: why the file cannot be read under this mapping at all, empty when it can.
    """

    def __init__(self, document: Document, mapping: FileMapping, rules: Mapping[str, IndicatorRule]) -> None:
        self.log = ProblemLog(document.name)
        self.sheets = {sheet.name: sheet for sheet in document.sheets}
        self.values = {rule.indicator: rule for rule in mapping.values if rule.indicator in rules}
        self.rules = rules
        table = open_table(document, mapping, self.log)
        refused = [problem for problem in self.log.problems if problem.severity == "refused"]
        self.problem = refused[0].message if table is None and refused else ""
        self.readers = (
            {
                code: ContributionReader(table, mapping, rule, rules[code], self.log)
                for code, rule in self.values.items()
            }
            if table
            else {}
        )

    def text(self, sheet: str, reference: str) -> str | None:
        """What the file holds in this cell; None where there is no such cell."""
        place = place_of(reference)
        found = self.sheets.get(sheet)
        return _text(found, place) if found and place else None

    def form(self, indicator: str, references: Iterable[str]) -> Formed | None:
        """The value of this indicator made of the rows of these cells; None when they cannot make one.

        None also for an indicator the mapping does not feed, and for a row of which a cell is refused.
        """
        rule, reader = self.values.get(indicator), self.readers.get(indicator)
        rows = sorted({place[0] for reference in references if (place := place_of(reference))})
        if rule is None or reader is None or not rows:
            return None
        return self._formed(rule, reader, rows)

    def _formed(self, rule: ValueRule, reader: ContributionReader, rows: Sequence[int]) -> Formed | None:
        unmeasured = [found[1] for row in rows if (found := reader.not_measured(row))]
        parts = [reader.read(row, mixed=False) for row in rows if not reader.not_measured(row)]
        if not parts:
            return Formed(None, "missing", frozenset((cell.sheet, cell.cell) for each in unmeasured for cell in each))
        if any(part.refused for part in parts) or (rule.aggregate == "only" and len(parts) > 1):
            return None
        cells = frozenset((cell.sheet, cell.cell) for part in parts for cell in part.cells)
        result = aggregated(parts, rule)
        if isinstance(result, str):
            return Formed(None, result, cells)
        return Formed(rounded_half_up(result, self.rules[rule.indicator].decimals), "", cells)


def _text(sheet: Sheet, place: tuple[int, int]) -> str | None:
    row, column = place
    if row > len(sheet.rows) or column > len(sheet.rows[row - 1]):
        return None
    return sheet.rows[row - 1][column - 1].text
