"""What a file says of the schools themselves: name, sector, place."""

from collections.abc import Sequence

from schools.importing.document import Cell
from schools.importing.limits import MAX_ATTRIBUTE
from schools.importing.mapping import AttributeRule, Mapping
from schools.importing.problems import ProblemLog
from schools.importing.records import CellRef, UnitRecord
from schools.importing.table import Table
from schools.importing.texts import same_text_key


def unit_record(table: Table, mapping: Mapping, key: str, rows: Sequence[int], log: ProblemLog) -> UnitRecord:
    """The school of these rows. An attribute on which they disagree, or whose text means nothing, is left out."""
    key_cell = table.cell(rows[0], mapping.key.column)
    cells = [CellRef.of(key_cell, mapping.key.column, "key")]
    attributes: dict[str, str] = {}
    for rule in mapping.unit:
        found = _attribute(table, mapping, rule, rows, log)
        if found is not None:
            attributes[rule.attribute] = found[0]
            cells.append(CellRef.of(found[1], rule.column, "attribute"))
    return UnitRecord(mapping.key.scheme, key, attributes, tuple(cells))


def _attribute(
    table: Table, mapping: Mapping, rule: AttributeRule, rows: Sequence[int], log: ProblemLog
) -> tuple[str, Cell] | None:
    tokens = {same_text_key(token).casefold() for token, _ in mapping.absences}
    found: tuple[str, Cell] | None = None
    for row in rows:
        cell = table.cell(row, rule.column)
        fault = table.fault(cell)
        if fault:
            log.refuse(fault, cell, rule.column)
            return None
        text = same_text_key(cell.text)
        if not text or text.casefold() in tokens:
            continue
        meaning = _meaning(rule, text, cell, log)
        if meaning is None:
            return None
        if found and found[0] != meaning:
            log.refuse("attribute_conflict", cell, rule.column, other=found[1].reference, other_text=found[0])
            return None
        found = found or (meaning, cell)
    return found if found and found[0] else None


def _meaning(rule: AttributeRule, text: str, cell: Cell, log: ProblemLog) -> str | None:
    if rule.values:
        meanings = {same_text_key(known): meaning for known, meaning in rule.values}
        if text not in meanings:
            log.refuse(
                "attribute_unknown_text",
                cell,
                rule.column,
                known=", ".join(f"«\u00a0{each}\u00a0»" for each in meanings),
            )
            return None
        text = meanings[text]
    if len(text) > MAX_ATTRIBUTE[rule.attribute]:
        log.refuse("attribute_too_long", cell, rule.column, limit=MAX_ATTRIBUTE[rule.attribute])
        return None
    return text
