"""From a document and a mapping to units, values and problems."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from schools.importing.aggregate import aggregated
from schools.importing.attributes import unit_record
from schools.importing.contributions import Contribution, ContributionReader, bounds_shown
from schools.importing.document import Cell, Document
from schools.importing.figures import rounded_half_up
from schools.importing.limits import MAX_WHOLE_DIGITS
from schools.importing.mapping import Mapping as FileMapping
from schools.importing.mapping import ValueRule
from schools.importing.problems import Problem, ProblemLog
from schools.importing.records import CellRef, Extraction, IndicatorRule, ValueRecord
from schools.importing.row_keys import RowsByKey, rows_by_key
from schools.importing.table import Table, open_table

_PERCENTAGES = frozenset({"%", "percent", "percentage"})


def extract(document: Document, mapping: FileMapping, rules: Mapping[str, IndicatorRule]) -> Extraction:
    """What the document says under this mapping; `rules`: indicator code → its bounds and decimals.

    Never raises for what the file holds: problems tell it. When the table itself cannot be found (sheet, header,
    column, indicator), nothing is read. One pass over the rows per value of the mapping.
    """
    log = ProblemLog(document.name)
    for rule in mapping.values:
        if rule.indicator not in rules:
            log.refuse("indicator_unknown", column=rule.column, indicator=rule.indicator)
    table = open_table(document, mapping, log)
    if table is None:
        return Extraction((), (), _in_order(log.problems), 0, 0, 0)
    rows = rows_by_key(table, mapping, log)
    units = tuple(unit_record(table, mapping, key, rows.rows[key], log) for key in sorted(rows.rows))
    values: list[ValueRecord] = []
    for rule in mapping.values:
        values += _values(table, mapping, rule, rules[rule.indicator], rows, log)
    used = rows.read - rows.left_out - rows.refused
    return Extraction(units, tuple(values), _in_order(log.problems), rows.read, used, rows.left_out, rows.refused)


def _values(
    table: Table, mapping: FileMapping, rule: ValueRule, bounds: IndicatorRule, rows: RowsByKey, log: ProblemLog
) -> list[ValueRecord]:
    reader = ContributionReader(table, mapping, rule, bounds, log)
    every_row = [row for each in rows.rows.values() for row in each]
    if every_row and _is_empty(table, rule, "" in reader.absences, every_row, log):
        return []
    numbers = [number for row in every_row if (number := reader.peek(row)) is not None]
    mixed = _mixes_scales(numbers)
    if bounds.unit in _PERCENTAGES and rule.multiply == 1 and _seems_fractions(numbers):
        log.suspect("scale_fractions", _header(table, rule), rule.column)
    found, of_nobody = [], 0
    for key in sorted(rows.rows):
        parts = [reader.read(row, mixed) for row in rows.rows[key]]
        of_nobody += sum(part.weight == 0 and bool(part.number) for part in parts)
        if key in rows.tainted or any(part.refused for part in parts):
            continue
        record = _value(key, rule, bounds, parts, rows.rows[key], table, log)
        if record is not None:
            found.append(record)
    if of_nobody:
        # Somebody may have filled the gaps of the column with a constant: a share of nobody was not measured.
        log.suspect("value_of_nobody", _header(table, rule), rule.column, count=of_nobody, weight=rule.weight)
    return found


def _header(table: Table, rule: ValueRule) -> Cell:
    return table.sheet.cell(table.header_row, table.columns[rule.column])


def _value(
    key: str,
    rule: ValueRule,
    bounds: IndicatorRule,
    parts: Sequence[Contribution],
    rows: Sequence[int],
    table: Table,
    log: ProblemLog,
) -> ValueRecord | None:
    """The record of one school; None when its rows cannot make one value, the reason being in the log."""
    cells = tuple(cell for part in parts for cell in part.cells)
    first = table.cell(rows[0], rule.column)
    if rule.aggregate == "only" and len(parts) > 1:
        log.refuse("several_rows", first, rule.column, key=key, cells=_references(parts))
        return None
    result = aggregated(parts, rule)
    if isinstance(result, str):
        return ValueRecord(key, rule.indicator, None, result, cells)
    value = rounded_half_up(result, bounds.decimals)
    shown = f"{value:f}".replace(".", ",")
    low, high = bounds.minimum, bounds.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        log.refuse("total_out_of_bounds", first, rule.column, total=shown, key=key, **bounds_shown(bounds))
        return None
    if abs(value) >= Decimal(10) ** MAX_WHOLE_DIGITS:
        log.refuse("value_too_large", first, rule.column, key=key, limit=MAX_WHOLE_DIGITS)
        return None
    return ValueRecord(key, rule.indicator, value, "", cells)


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
