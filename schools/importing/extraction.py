"""From a document and a mapping to units, values and problems."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from schools.importing.aggregate import aggregated
from schools.importing.attributes import unit_records
from schools.importing.contributions import Contribution, ContributionReader, bounds_shown
from schools.importing.document import Cell, Document
from schools.importing.figures import rounded_half_up
from schools.importing.grouping import Group, Grouping, by_keys, grouped
from schools.importing.limits import MAX_WHOLE_DIGITS
from schools.importing.mapping import Mapping as FileMapping
from schools.importing.mapping import ValueRule
from schools.importing.problems import FileRefused, Problem, ProblemLog
from schools.importing.records import CellRef, Extraction, IndicatorRule, UnitRecord, ValueRecord, key_text
from schools.importing.row_keys import rows_by_key
from schools.importing.table import Table, open_table

_PERCENTAGES = frozenset({"%", "percent", "percentage"})


def extract(
    document: Document, mapping: FileMapping, rules: Mapping[str, IndicatorRule], group: Grouping = by_keys
) -> Extraction:
    """What the document says under this mapping; `rules`: indicator code → its bounds and decimals.

    `group` says which keys are one school in one year: its rows make one value together. Rows of which it says None
    are counted and not read further. Never raises for what the file holds: problems tell it. When the table itself
    cannot be found (sheet, header, column, indicator), nothing is read. One pass over the rows per value.
    """
    log = ProblemLog(document.name)
    for rule in mapping.values:
        if rule.indicator not in rules:
            log.refuse("indicator_unknown", column=rule.column, indicator=rule.indicator)
    table = open_table(document, mapping, log)
    if table is None:
        return Extraction((), (), _in_order(log.problems), 0, 0, 0)
    rows = rows_by_key(table, mapping, log)
    found = grouped(rows, group)
    units = unit_records(table, mapping, rows.rows, log, found.unused)
    values: list[ValueRecord] = []
    for rule in mapping.values:
        values += _values(table, mapping, rule, rules[rule.indicator], found.groups, log)
    used = rows.read - rows.left_out - rows.refused - found.rows_unused
    problems = _in_order(log.problems)
    return Extraction(units, tuple(values), problems, rows.read, used, rows.left_out, rows.refused, found.rows_unused)


def subjects(document: Document, mapping: FileMapping) -> tuple[UnitRecord, ...]:
    """The schools that the document names, by key: one for each distinct cell of keys among the rows that count.

    Nothing is read of the values. Cells that cannot be used are left out, as the problems of `extract` would say.
    Raises FileRefused when the table itself cannot be found.
    """
    log = ProblemLog(document.name)
    table = open_table(document, mapping, log)
    if table is None:
        raise FileRefused(_in_order(log.problems))
    return unit_records(table, mapping, rows_by_key(table, mapping, log).rows, log)


def _values(
    table: Table, mapping: FileMapping, rule: ValueRule, bounds: IndicatorRule, groups: Sequence[Group], log: ProblemLog
) -> list[ValueRecord]:
    reader = ContributionReader(table, mapping, rule, bounds, log)
    every_row = [row for group in groups for row in group.rows]
    if every_row and _is_empty(table, rule, "" in reader.absences, every_row, log):
        return []
    numbers = [number for row in every_row if (number := reader.peek(row)) is not None]
    mixed = _mixes_scales(numbers)
    if bounds.unit in _PERCENTAGES and rule.multiply == 1 and not rule.times and _seems_fractions(numbers):
        log.suspect("scale_fractions", _header(table, rule), rule.column)
    found = []
    tally = _Tally()
    for group in groups:
        record = _value(group, rule, bounds, reader, mixed, tally)
        if record is not None:
            found.append(record)
    tally.tell(table, rule, bounds, log)
    return found


@dataclass(slots=True)
class _Tally:
    """The rows of one value that say nothing of it."""

    of_nobody: int = 0
    not_measured: int = 0
    why: dict[str, None] = field(default_factory=dict)

    def tell(self, table: Table, rule: ValueRule, bounds: IndicatorRule, log: ProblemLog) -> None:
        """Notes them, each kind once."""
        if self.of_nobody:
            # Somebody may have filled the gaps of the column with a constant: a share of nobody was not measured.
            said = {"count": self.of_nobody, "weight": rule.weight or rule.times}
            log.suspect("value_of_nobody", _header(table, rule), rule.column, **said)
        if self.not_measured:
            said = {"count": self.not_measured, "indicator": bounds.called, "why": " ; ".join(self.why)}
            log.suspect("value_not_measured", _header(table, rule), rule.column, **said)


def _value(
    group: Group, rule: ValueRule, bounds: IndicatorRule, reader: ContributionReader, mixed: bool, tally: _Tally
) -> ValueRecord | None:
    """The value of these rows; None when they cannot make one, the reason being in the log."""
    parts: list[Contribution] = []
    unmeasured: list[CellRef] = []
    for row in group.rows:
        found = reader.not_measured(row)
        if found is None:
            parts.append(reader.read(row, mixed))
        else:
            tally.not_measured += 1
            tally.why[found[0].why] = None
            unmeasured += found[1]
    tally.of_nobody += sum(part.of_nobody for part in parts)
    if group.tainted or any(part.refused for part in parts):
        return None
    if not parts:
        # Every row is filled in: nobody measured anything, and the cells that tell are what the absence leads back to.
        return ValueRecord(group.name, rule.indicator, None, "missing", tuple(unmeasured), group.year, group.keys)
    return _made(group, rule, bounds, parts, reader)


def _made(
    group: Group, rule: ValueRule, bounds: IndicatorRule, parts: Sequence[Contribution], reader: ContributionReader
) -> ValueRecord | None:
    log, key = reader.log, key_text(group.keys)
    cells = tuple(cell for part in parts for cell in part.cells)
    first = reader.table.cell(group.rows[0], rule.column)
    if rule.aggregate == "only" and len(parts) > 1:
        log.refuse("several_rows", first, rule.column, key=key, cells=_references(parts))
        return None
    result = aggregated(parts, rule)
    if isinstance(result, str):
        return ValueRecord(group.name, rule.indicator, None, result, cells, group.year, group.keys)
    value = rounded_half_up(result, bounds.decimals)
    low, high = bounds.minimum, bounds.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        shown = f"{value:f}".replace(".", ",")
        log.refuse("total_out_of_bounds", first, rule.column, total=shown, key=key, **bounds_shown(bounds))
        return None
    if abs(value) >= Decimal(10) ** MAX_WHOLE_DIGITS:
        log.refuse("value_too_large", first, rule.column, key=key, limit=MAX_WHOLE_DIGITS)
        return None
    return ValueRecord(group.name, rule.indicator, value, "", cells, group.year, group.keys)


def _header(table: Table, rule: ValueRule) -> Cell:
    return table.sheet.cell(table.header_row, table.columns[rule.column])


def _references(parts: Sequence[Contribution]) -> str:
    cells: list[CellRef] = [part.cells[0] for part in parts]
    return ", ".join(cell.cell for cell in cells[:10]) + ("…" if len(cells) > 10 else "")


def _is_empty(table: Table, rule: ValueRule, declared: bool, rows: Sequence[int], log: ProblemLog) -> bool:
    """Whether the column holds nothing and nothing says what that means; said once, not once per cell."""
    if any(table.cell(row, rule.column).kind != "empty" for row in rows):
        return False
    if declared:
        log.suspect("column_empty", _header(table, rule), rule.column)
    else:
        log.refuse("column_empty_undeclared", _header(table, rule), rule.column)
    return not declared


def _mixes_scales(numbers: Sequence[Fraction]) -> bool:
    """Whether these look like fractions and percentages together: some strictly between 0 and 1, some above 1."""
    return any(0 < number < 1 for number in numbers) and any(number > 1 for number in numbers)


def _seems_fractions(numbers: Sequence[Fraction]) -> bool:
    """Whether these look like fractions of one: none above 1, some strictly between."""
    return any(0 < number < 1 for number in numbers) and all(number <= 1 for number in numbers)


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The same, file first, then row by row; the same thing said twice of a cell is said once."""
    unique = {(each.sheet, each.cell, each.column, each.code, *sorted(each.params.items())): each for each in problems}
    return tuple(sorted(unique.values(), key=_place))


def _place(problem: Problem) -> tuple[str, int, int, str, str]:
    found = re.fullmatch(r"([A-Z]+)([0-9]+)", problem.cell)
    if not found:
        return (problem.sheet, 0, 0, problem.column, problem.code)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return (problem.sheet, int(found[2]), column, problem.column, problem.code)
