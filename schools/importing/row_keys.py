"""Which rows of a table count, and which school each is about."""

from dataclasses import dataclass, field

from schools.importing.document import Cell
from schools.importing.keys import expected_letter, normal_key
from schools.importing.mapping import KeyRule, Mapping
from schools.importing.problems import ProblemLog
from schools.importing.table import Table
from schools.importing.texts import same_text_key


@dataclass(slots=True)
class RowsByKey:
    """The rows that count, by key and in file order; `tainted` keys have a refused row, so no value can be whole."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    tainted: set[str] = field(default_factory=set)
    read: int = 0
    left_out: int = 0
    refused: int = 0


def rows_by_key(table: Table, mapping: Mapping, log: ProblemLog) -> RowsByKey:
    """Sorts the rows; what is refused is in the log, by cell, a doubtful key once."""
    found = RowsByKey()
    conditions = [(rule.column, {same_text_key(text) for text in rule.equals}) for rule in mapping.keep]
    for row in table.rows():
        found.read += 1
        kept = _kept(table, row, conditions, log)
        if kept is False:
            found.left_out += 1
            continue
        key = _key(table.cell(row, mapping.key.column), mapping.key, table, log, known=found.rows)
        if kept is None or key is None:
            found.refused += 1
            if key is not None:
                found.tainted.add(key)
            continue
        found.rows.setdefault(key, []).append(row)
    return found


def _kept(table: Table, row: int, conditions: list[tuple[str, set[str]]], log: ProblemLog) -> bool | None:
    """Whether the mapping keeps this row; None when the row cannot be trusted to say."""
    fault = table.row_fault(row)
    if fault:
        cells = table.sheet.rows[row - 1]
        log.refuse(fault, table.sheet.cell(row, 1), row=row, found=len(cells), expected=table.width)
        return None
    kept = True
    for header, texts in conditions:
        cell = table.cell(row, header)
        fault = table.fault(cell)
        if fault:
            log.refuse(fault, cell, header)
            return None
        kept = kept and same_text_key(cell.text) in texts
    return kept


def _key(cell: Cell, rule: KeyRule, table: Table, log: ProblemLog, known: dict[str, list[int]]) -> str | None:
    text = cell.text.strip()
    fault = table.fault(cell)
    if not fault and text in rule.accept:
        return text
    if not fault and cell.kind == "empty":
        fault = "key_empty"
    if not fault and cell.kind == "number" and rule.scheme == "uai":
        fault = "key_number"
    key = None if fault else normal_key(rule.scheme, text)
    if key is None:
        log.refuse(fault or f"key_malformed_{'uai' if rule.scheme == 'uai' else 'other'}", cell, rule.column)
        return None
    if rule.scheme == "uai" and key not in known and key not in rule.accept and expected_letter(key) != key[-1]:
        log.suspect("key_wrong_letter", cell, rule.column, letter=expected_letter(key))
    return key
