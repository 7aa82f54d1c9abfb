"""Which rows of a table count, which school each is about, and of which year."""

import re
from dataclasses import dataclass, field

from schools.importing.document import Cell
from schools.importing.keys import expected_letter, normal_key
from schools.importing.mapping import KeyRule, Mapping
from schools.importing.problems import ProblemLog, shortened
from schools.importing.table import Table
from schools.importing.texts import same_text_key

Keys = tuple[str, ...]
# The keys of a row's cell, sorted, and the year of the row.
RowKey = tuple[Keys, int]
_YEAR = re.compile(r"(?:19|20)[0-9]{2}|2100")


@dataclass(slots=True)
class RowsByKey:
    """The rows that count, by keys and year and in file order.

    `tainted` ones have a refused row, so no value of theirs can be whole; `tainted_always`: of whatever year, as that
    of the refused row cannot be read.
    """

    rows: dict[RowKey, list[int]] = field(default_factory=dict)
    tainted: set[RowKey] = field(default_factory=set)
    tainted_always: set[Keys] = field(default_factory=set)
    read: int = 0
    left_out: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition on the rows that count, its texts ready to be compared."""

    column: str
    equals: frozenset[str]
    starts_with: tuple[str, ...]

    def holds(self, text: str) -> bool:
        """Whether this text keeps the row."""
        same = same_text_key(text)
        return same in self.equals or (bool(self.starts_with) and same.startswith(self.starts_with))


def rows_by_key(table: Table, mapping: Mapping, log: ProblemLog) -> RowsByKey:
    """Sorts the rows; what is refused is in the log, by cell, a doubtful key once."""
    found = RowsByKey()
    known: set[str] = set()
    conditions = [
        _Condition(
            rule.column,
            frozenset(same_text_key(text) for text in rule.equals),
            tuple(same_text_key(text) for text in rule.starts_with),
        )
        for rule in mapping.keep
    ]
    for row in table.rows():
        found.read += 1
        kept = _kept(table, row, conditions, log)
        if kept is False:
            found.left_out += 1
            continue
        keys = _other_key(table, row, mapping) or _keys(
            table.cell(row, mapping.key.column), mapping.key, table, log, known
        )
        year = _year(table, row, mapping, log)
        if keys and kept and year:
            found.rows.setdefault((keys, year), []).append(row)
            continue
        found.refused += 1
        if keys and year:
            found.tainted.add((keys, year))
        elif keys:
            found.tainted_always.add(keys)
    return found


def _kept(table: Table, row: int, conditions: list[_Condition], log: ProblemLog) -> bool | None:
    """Whether the mapping keeps this row; None when the row cannot be trusted to say."""
    fault = table.row_fault(row)
    if fault:
        cells = table.sheet.rows[row - 1]
        log.refuse(fault, table.sheet.cell(row, 1), row=row, found=len(cells), expected=table.width)
        return None
    kept = True
    for condition in conditions:
        cell = table.cell(row, condition.column)
        fault = table.fault(cell)
        if fault:
            log.refuse(fault, cell, condition.column)
            return None
        kept = kept and condition.holds(cell.text)
    return kept


def _other_key(table: Table, row: int, mapping: Mapping) -> Keys | None:
    """The other number that names the school of this row, when the mapping says one and its keys cannot be used."""
    rule = mapping.key
    number = next((each for each in mapping.numbers if rule.otherwise and each.scheme == rule.otherwise), None)
    if number is None:
        return None
    texts = table.cell(row, rule.column).text.split(rule.separator or None)
    if any(text.strip() in rule.accept or normal_key(rule.scheme, text) for text in texts):
        return None
    cell = table.cell(row, number.column)
    key = None if table.fault(cell) else normal_key(number.scheme, cell.text)
    return (key,) if key else None


def _keys(cell: Cell, rule: KeyRule, table: Table, log: ProblemLog, known: set[str]) -> Keys | None:
    """Every key of this cell, each once, sorted; None when one of them cannot be used. `known`: those met so far."""
    fault = table.fault(cell)
    if not fault and cell.kind == "empty":
        fault = "key_empty"
    if not fault and cell.kind == "number" and rule.scheme == "uai" and cell.text.strip() not in rule.accept:
        fault = "key_number"
    if fault:
        log.refuse(fault, cell, rule.column)
        return None
    texts = [text.strip() for text in cell.text.split(rule.separator)] if rule.separator else [cell.text.strip()]
    keys = [_key(text, cell, rule, log, known) for text in texts if text]
    if not keys:
        log.refuse("key_empty", cell, rule.column)
    return tuple(sorted({key for key in keys if key})) if keys and None not in keys else None


def _key(text: str, cell: Cell, rule: KeyRule, log: ProblemLog, known: set[str]) -> str | None:
    if text in rule.accept:
        return text
    key = normal_key(rule.scheme, text)
    if key is None:
        code = "key_malformed_uai" if rule.scheme == "uai" else "key_malformed_other"
        log.refuse(code, cell, rule.column, read=shortened(text))
        return None
    if key not in known and key not in rule.accept and rule.scheme == "uai" and expected_letter(key) != key[-1]:
        log.suspect("key_wrong_letter", cell, rule.column, letter=expected_letter(key), read=key)
    known.add(key)
    return key


def _year(table: Table, row: int, mapping: Mapping, log: ProblemLog) -> int | None:
    """The year that this row speaks of; None when its cell does not say."""
    if not mapping.year_column:
        return mapping.reference_year
    cell = table.cell(row, mapping.year_column)
    fault = table.fault(cell)
    text = cell.text.strip()
    if not fault and not _YEAR.fullmatch(text):
        fault = "year_not_one"
    if fault:
        log.refuse(fault, cell, mapping.year_column)
        return None
    return int(text)
