"""What a file says of the schools themselves: names, sector, place, other numbers."""

from collections.abc import Collection, Mapping, Sequence

from schools.importing.document import Cell
from schools.importing.keys import normal_key
from schools.importing.limits import MAX_ATTRIBUTE
from schools.importing.mapping import DURATIONS, AttributeRule, NumberRule
from schools.importing.mapping import Mapping as FileMapping
from schools.importing.problems import ProblemLog, shortened
from schools.importing.records import CellRef, NameRead, UnitRecord
from schools.importing.row_keys import Keys, RowKey
from schools.importing.table import Table
from schools.importing.texts import same_text_key

# The rows of one school, and the year of each.
Rows = Sequence[tuple[int, int]]


def unit_records(
    table: Table,
    mapping: FileMapping,
    rows: Mapping[RowKey, Sequence[int]],
    log: ProblemLog,
    unused: Collection[Keys] = frozenset(),
) -> tuple[UnitRecord, ...]:
    """One record for each distinct cell of keys, by key. What is wrong with the `unused` ones is not noted."""
    by_keys: dict[Keys, list[tuple[int, int]]] = {}
    for (keys, year), found in rows.items():
        by_keys.setdefault(keys, []).extend((row, year) for row in found)
    noted = _Reader(table, mapping, log)
    unnoted = _Reader(table, mapping, ProblemLog(log.file, log.sheet))
    return tuple((unnoted if keys in unused else noted).record(keys, sorted(by_keys[keys])) for keys in sorted(by_keys))


class _Reader:
    """Reads the columns that speak of a school; what it refuses is in the log, by cell."""

    def __init__(self, table: Table, mapping: FileMapping, log: ProblemLog) -> None:
        self.table, self.mapping, self.log = table, mapping, log
        self.tokens = {same_text_key(token).casefold() for token, _ in mapping.absences}

    def record(self, keys: Keys, rows: Rows) -> UnitRecord:
        """The school of these rows. An attribute on which they disagree, or whose text means nothing, is left out."""
        cells = [CellRef.of(self.table.cell(rows[0][0], self.mapping.key.column), self.mapping.key.column, "key")]
        attributes: dict[str, str] = {}
        for rule in self.mapping.unit:
            found = self._attribute(rule, rows)
            if found is not None:
                attributes[rule.attribute] = found[0]
                cells.append(CellRef.of(found[1], rule.column, "attribute"))
        return UnitRecord(
            self.mapping.key.scheme_of(keys),
            keys,
            attributes,
            tuple(cells),
            tuple(sorted({year for _, year in rows})),
            self._names([rule for rule in self.mapping.unit if rule.attribute == "name"], rows),
            self._names([AttributeRule("name", column) for column in self.mapping.other_names], rows),
            {rule.scheme: numbers for rule in self.mapping.numbers if (numbers := self._numbers(rule, rows))},
        )

    def _attribute(self, rule: AttributeRule, rows: Rows) -> tuple[str, Cell] | None:
        """What the latest year that says anything says, and where."""
        found: tuple[str, Cell] | None = None
        found_year = 0
        for row, year in sorted(rows, key=lambda each: (-each[1], each[0])):
            if found and year != found_year:
                break
            cell = self.table.cell(row, rule.column)
            fault = self.table.fault(cell)
            if fault:
                self.log.refuse(fault, cell, rule.column)
                return None
            text = self._said(cell)
            if not text:
                continue
            meaning = self._meaning(rule, text, cell)
            if meaning is None:
                return None
            if found and found[0] != meaning:
                other = {"other": found[1].reference, "other_text": found[0]}
                self.log.refuse("attribute_conflict", cell, rule.column, **other)
                return None
            found, found_year = found or (meaning, cell), year
        return found if found and found[0] else None

    def _said(self, cell: Cell) -> str:
        """The text of this cell, empty when it is a mark of absence."""
        text = same_text_key(cell.text)
        return "" if text.casefold() in self.tokens else text

    def _meaning(self, rule: AttributeRule, text: str, cell: Cell) -> str | None:
        if rule.values:
            meanings = {same_text_key(known): meaning for known, meaning in rule.values}
            if text not in meanings:
                known = ", ".join(f"«\u00a0{each}\u00a0»" for each in meanings)
                self.log.refuse("attribute_unknown_text", cell, rule.column, known=known)
                return None
            text = meanings[text]
        elif rule.attribute == "duration_years" and text not in DURATIONS:
            self.log.refuse("attribute_not_years", cell, rule.column, most=DURATIONS[-2])
            return None
        limit = MAX_ATTRIBUTE[rule.attribute]
        if len(text) > limit:
            self.log.refuse("attribute_too_long", cell, rule.column, limit=limit)
            return None
        return text

    def _names(self, rules: Sequence[AttributeRule], rows: Rows) -> tuple[NameRead, ...]:
        """Every name that these columns give, with its first and last years."""
        spans: dict[str, tuple[int, int]] = {}
        for rule in rules:
            for row, year in rows:
                cell = self.table.cell(row, rule.column)
                fault = self.table.fault(cell)
                if fault:
                    self.log.refuse(fault, cell, rule.column)
                    continue
                text = self._said(cell)
                name = self._meaning(rule, text, cell) if text else None
                if name:
                    first, last = spans.get(name, (year, year))
                    spans[name] = (min(first, year), max(last, year))
        names = (NameRead(text, first, last) for text, (first, last) in spans.items())
        return tuple(sorted(names, key=lambda name: (name.first_year, name.text)))

    def _numbers(self, rule: NumberRule, rows: Rows) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for row, _year in rows:
            cell = self.table.cell(row, rule.column)
            fault = self.table.fault(cell)
            if fault:
                self.log.refuse(fault, cell, rule.column)
                continue
            text = self._said(cell)
            for part in text.split(rule.separator) if rule.separator else [text]:
                number = normal_key(rule.scheme, part)
                if number:
                    found[number] = None
                elif part.strip():
                    self.log.refuse("key_malformed_other", cell, rule.column, read=shortened(part.strip()))
        return tuple(found)
