"""Finds in a document the sheet, the headers and the columns that a mapping speaks of."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schools.importing.document import Cell, Document, Sheet
from schools.importing.mapping import Mapping as FileMapping
from schools.importing.problems import ProblemLog
from schools.importing.texts import same_text_key, text_fault


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet of a mapping, with the place of each column it uses: header as the mapping writes it → number."""

    sheet: Sheet
    header_row: int
    width: int
    columns: Mapping[str, int]
    strict_width: bool

    def rows(self) -> Iterable[int]:
        """The numbers of the rows under the headers that hold anything, in order."""
        for number in range(self.header_row + 1, len(self.sheet.rows) + 1):
            if any(cell.kind != "empty" for cell in self.sheet.rows[number - 1]):
                yield number

    def cell(self, row: int, header: str) -> Cell:
        """The cell of this row under this header."""
        return self.sheet.cell(row, self.columns[header])

    def fault(self, cell: Cell) -> str:
        """The code of what keeps this cell from being used at all, empty when nothing does."""
        if cell.kind == "error":
            return "cell_error"
        if cell.kind == "formula":
            return "cell_formula"
        for top, left, bottom, right in self.sheet.merged:
            if top <= cell.row <= bottom and left <= cell.column <= right:
                return "cell_merged"
        return text_fault(cell.text)

    def row_fault(self, row: int) -> str:
        """The code of what is wrong with the length of this row, empty when nothing is."""
        cells = self.sheet.rows[row - 1]
        if not self.strict_width or len(cells) == self.width:
            return ""
        if len(cells) < self.width:
            return "row_too_short"
        return "row_too_long" if any(cell.kind != "empty" for cell in cells[self.width :]) else ""


def open_table(document: Document, mapping: FileMapping, log: ProblemLog) -> Table | None:
    """The table that the mapping speaks of, or None, the reasons being in the log."""
    return find_table(document, mapping.sheet, mapping.header_row, used_headers(mapping), log)


def find_table(
    document: Document, sheet_name: str, header_row: int, used: Sequence[str], log: ProblemLog
) -> Table | None:
    """The table of this sheet (of the only one, when unnamed) with these headers, or None, the reasons in the log."""
    sheet = _sheet(document, sheet_name, log)
    if sheet is None:
        return None
    log.sheet = sheet.name
    headers = sheet.rows[header_row - 1] if header_row <= len(sheet.rows) else ()
    if not any(cell.kind != "empty" for cell in headers):
        log.refuse("header_row_empty", row=header_row)
        return None
    columns = _columns(headers, used, log)
    table = Table(sheet, header_row, len(headers), columns, strict_width=document.kind == "csv")
    if log.problems:
        return None
    if next(iter(table.rows()), None) is None:
        log.refuse("only_headers")
        return None
    _flag_hidden(table, log)
    return table


def used_headers(mapping: FileMapping) -> tuple[str, ...]:
    """Every header that the mapping names, once, in its order."""
    named = [mapping.key.column, mapping.year_column]
    named += [rule.column for rule in mapping.unit]
    named += [*mapping.other_names, *(number.column for number in mapping.numbers)]
    named += [condition.column for condition in mapping.keep]
    for rule in mapping.values:
        named += [rule.column, rule.weight, rule.times]
        named += [column for condition in rule.not_measured for column in condition.columns]
    return tuple(dict.fromkeys(name for name in named if name))


def _sheet(document: Document, name: str, log: ProblemLog) -> Sheet | None:
    names = ", ".join(f"«\u00a0{sheet.name}\u00a0»" for sheet in document.sheets)
    if not name:
        if len(document.sheets) == 1:
            return document.sheets[0]
        log.refuse("sheet_not_named", found=names)
        return None
    wanted = same_text_key(name)
    sheet = next((sheet for sheet in document.sheets if same_text_key(sheet.name) == wanted), None)
    if sheet is None:
        log.refuse("sheet_missing" if document.kind == "xlsx" else "sheet_in_csv", wanted=name, found=names)
    return sheet


def _columns(headers: tuple[Cell, ...], used: Sequence[str], log: ProblemLog) -> dict[str, int]:
    places: dict[str, list[Cell]] = {}
    for cell in headers:
        places.setdefault(same_text_key(cell.text), []).append(cell)
    texts = [text for text in places if text]
    columns = {}
    for header in used:
        found = places.get(same_text_key(header), [])
        if len(found) == 1:
            columns[header] = found[0].column
        elif found:
            log.refuse("column_twice", found[0], header, cells=", ".join(cell.reference for cell in found))
        else:
            _refuse_missing(header, texts, log)
    return columns


def _refuse_missing(header: str, texts: list[str], log: ProblemLog) -> None:
    folded = {text.casefold(): text for text in texts}
    wanted = same_text_key(header).casefold()
    holding = [text for text in folded if wanted in text or text in wanted]
    near = (holding + difflib.get_close_matches(wanted, [text for text in folded if text not in holding], cutoff=0.5))[
        :3
    ]
    if near:
        names = ", ".join(f"«\u00a0{folded[each]}\u00a0»" for each in near)
        log.refuse("column_missing_near", column=header, near=names)
    else:
        log.refuse("column_missing", column=header)


def _flag_hidden(table: Table, log: ProblemLog) -> None:
    sheet = table.sheet
    if sheet.hidden:
        log.suspect("sheet_hidden")
    hidden = [row for row in table.rows() if row in sheet.hidden_rows]
    if hidden:
        shown = ", ".join(map(str, hidden[:10])) + ("…" if len(hidden) > 10 else "")
        log.suspect("rows_hidden", rows=shown, count=len(hidden))
    for header, column in table.columns.items():
        if column in sheet.hidden_columns:
            log.suspect("column_hidden", sheet.cell(table.header_row, column), header)
        computed = sum(1 for row, place in sheet.computed if place == column and row > table.header_row)
        if computed:
            log.suspect("column_computed", sheet.cell(table.header_row, column), header, count=computed)
