"""A file of printed places: which school each row names, its rank as printed, whether it is shared, its points."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from schools.importing.document import Cell, Document
from schools.importing.figures import NotANumber, parse_number
from schools.importing.keys import normal_key
from schools.importing.problems import Problem, ProblemLog, shortened
from schools.importing.records import CellRef, CellRole
from schools.importing.table import Table, find_table
from schools.importing.texts import same_text_key
from schools.naming import search_key

MOST_POINTS_TEXT = 20
_RANK = re.compile(
    r"(?P<before>=\s*)?(?P<rank>[1-9][0-9]{0,3})\s*(?:er|ere|re|e|eme|st|nd|rd|th)?"
    r"\s*(?P<after>=|\(?\s*ex[\s-]*(?:aequo|aequos|ae)\s*\)?)?"
)
_YES = frozenset({"oui", "o", "x", "1", "vrai", "true", "yes", "=", "ex aequo", "ex-aequo", "exaequo"})
_NO = frozenset({"", "non", "n", "0", "faux", "false", "no", "-"})


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Which column says what, by its header; an empty one is not in the file. One of `key` and `name` is needed.

    `scheme`: the register of the numbers under `key`. `tied`: a mark of shared places; without it, « 16e ex aequo »
    in the column of ranks says it.
    """

    rank: str = "Rang"
    name: str = "École"
    key: str = ""
    scheme: str = "uai"
    tied: str = ""
    points: str = ""
    sheet: str = ""
    header_row: int = 1

    @property
    def headers(self) -> tuple[str, ...]:
        """Those that the file must hold."""
        return tuple(header for header in (self.key, self.name, self.rank, self.tied, self.points) if header)


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A school of ours that a row may name; `keys`: its names, as they are compared."""

    id: int
    name: str
    keys: frozenset[str]

    def is_called(self, key: str) -> bool:
        """Whether this is one of its names."""
        return key in self.keys


# (number, name) of a row, one of them maybe empty → the schools they lead to.
type Finder = Callable[[str, str], tuple[FoundUnit, ...]]


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """The place of one school as printed; `points`: exact text, empty where none is printed.

    `tied` is what the file says; where it says nothing of ties, whether another row has the same rank. `cells`: every
    cell that says so, in the order of the columns.
    """

    unit: int
    rank: int
    tied: bool
    points: str
    cells: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """What a file of places says: its places in the order of its rows, or what is wrong with it, by place in it."""

    places: tuple[PrintedPlace, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> tuple[Problem, ...]:
        """What keeps the file from being used: it is taken whole or not at all."""
        return tuple(problem for problem in self.problems if problem.severity == "refused")


@dataclass(frozen=True, slots=True)
class _Row:
    unit: int
    rank: int
    tied: bool | None
    points: str
    cells: tuple[CellRef, ...]


def read_places(document: Document, columns: PlaceColumns, find: Finder, *, ranked_count: int) -> PlacesRead:
    """The places of a file; `ranked_count` is how many schools the print ranks, in the file or not.

    Never raises for what the file holds. Every fault is told by its cell; a single one leaves no place.
    """
    log = ProblemLog(document.name)
    table = find_table(document, columns.sheet, columns.header_row, columns.headers, log)
    if table is None:
        return PlacesRead((), tuple(log.problems))
    reader = _Reader(table, columns, find, log, ranked_count)
    rows = [row for number in table.rows() if (row := reader.row(number)) is not None]
    if any(problem.severity == "refused" for problem in log.problems):
        return PlacesRead((), tuple(log.problems))
    return PlacesRead(tuple(_with_ties(rows)), tuple(log.problems))


def _with_ties(rows: list[_Row]) -> list[PrintedPlace]:
    """The ties as the file marks them, in a column or in words; by equal ranks when it marks none at all."""
    marked = any(row.tied for row in rows)
    ranks = [row.rank for row in rows]
    return [
        PrintedPlace(row.unit, row.rank, bool(row.tied) if marked else ranks.count(row.rank) > 1, row.points, row.cells)
        for row in rows
    ]


def parse_rank(text: str) -> tuple[int, bool] | None:
    """The rank that a cell writes, and whether it says that it is shared; None when it is no rank.

    >>> parse_rank("16e ex æquo"), parse_rank("1re"), parse_rank("=7"), parse_rank("21-30")
    ((16, True), (1, False), (7, True), None)
    """
    found = _RANK.fullmatch(_folded(text))
    if found is None:
        return None
    return int(found["rank"]), bool(found["before"] or found["after"])


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", same_text_key(text).casefold().replace("æ", "ae"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@dataclass(slots=True)
class _Reader:
    """Reads row after row; what it refuses is in the log, by cell."""

    table: Table
    columns: PlaceColumns
    find: Finder
    log: ProblemLog
    ranked_count: int
    seen: dict[int, Cell] = field(default_factory=dict)

    def row(self, number: int) -> _Row | None:
        """What this row says; None when one of its cells cannot be used, all of them being in the log."""
        fault = self.table.row_fault(number)
        if fault:
            cells = self.table.sheet.rows[number - 1]
            self.log.refuse(
                fault, self.table.sheet.cell(number, 1), row=number, found=len(cells), expected=self.table.width
            )
            return None
        cells_by_header = {header: self.table.cell(number, header) for header in self.columns.headers}
        faulty = [header for header, cell in cells_by_header.items() if self._is_faulty(cell, header)]
        if faulty:
            return None
        unit = self._unit(cells_by_header)
        rank = self._rank(cells_by_header)
        points = self._points(cells_by_header)
        if unit is None or rank is None or points is None:
            return None
        return _Row(unit, *rank, points, self._refs(cells_by_header))

    def _is_faulty(self, cell: Cell, header: str) -> bool:
        fault = self.table.fault(cell)
        if fault:
            self.log.refuse(fault, cell, header)
        return bool(fault)

    def _unit(self, cells: dict[str, Cell]) -> int | None:
        columns, key, name = self.columns, "", ""
        cell = cells[columns.key or columns.name]
        if columns.key:
            key = normal_key(columns.scheme, cell.text) or ""
            if cell.kind != "empty" and not key:
                code = "key_malformed_uai" if columns.scheme == "uai" else "key_malformed_other"
                self.log.refuse(code, cell, columns.key, read=shortened(cell.text.strip()))
                return None
        if columns.name:
            name = same_text_key(cells[columns.name].text)
            cell = cell if key else cells[columns.name]
        header = columns.key if key else columns.name or columns.key
        if not key and not name:
            self.log.refuse("key_empty", cell, header)
            return None
        return self._found(cell, header, key, name)

    def _found(self, cell: Cell, header: str, key: str, name: str) -> int | None:
        """The one school that the number leads to, or else the name."""
        candidates = self.find(key, name)
        if not candidates:
            self.log.refuse("place_unknown_school", cell, header)
            return None
        if len(candidates) > 1:
            names = ", ".join(f"«\u00a0{unit.name}\u00a0»" for unit in candidates)
            self.log.refuse("place_of_several_schools", cell, header, names=names)
            return None
        unit = candidates[0]
        other = self.seen.setdefault(unit.id, cell)
        if other is not cell:
            self.log.refuse("place_school_twice", cell, header, other=other.reference, name=unit.name)
            return None
        if key and name and not unit.is_called(search_key(name)):
            self.log.suspect("place_name_differs", cell, header, said=shortened(name), name=unit.name)
        return unit.id

    def _rank(self, cells: dict[str, Cell]) -> tuple[int, bool | None] | None:
        """The rank, and what the row says of its being shared: None when it says nothing."""
        cell = cells[self.columns.rank]
        found = parse_rank(cell.text)
        if found is None:
            self.log.refuse("rank_not_one", cell, self.columns.rank)
            return None
        rank, said = found
        if rank > self.ranked_count:
            self.log.refuse("rank_beyond", cell, self.columns.rank, most=self.ranked_count)
            return None
        if not self.columns.tied:
            return rank, said or None
        mark = cells[self.columns.tied]
        text = _folded(mark.text)
        if text not in _YES | _NO:
            self.log.refuse("tie_unknown_text", mark, self.columns.tied)
            return None
        if said and text in _NO - {""}:
            self.log.refuse("tie_contradicts_rank", mark, self.columns.tied, rank=cell.text.strip())
            return None
        return rank, said or text in _YES

    def _points(self, cells: dict[str, Cell]) -> str | None:
        """The points as exact text, empty where none is printed; None when they cannot be read."""
        header = self.columns.points
        if not header or cells[header].kind == "empty":
            return ""
        cell = cells[header]
        try:
            points = parse_number(cell.text)
        except NotANumber as error:
            self.log.refuse(error.code, cell, header)
            return None
        text = f"{points:f}"
        if points < Decimal(0) or len(text) > MOST_POINTS_TEXT:
            self.log.refuse("points_not_possible", cell, header)
            return None
        return text

    def _refs(self, cells: dict[str, Cell]) -> tuple[CellRef, ...]:
        columns = self.columns
        roles: tuple[tuple[str, CellRole], ...] = (
            (columns.key, "key"),
            (columns.name, "attribute"),
            (columns.rank, "rank"),
            (columns.tied, "tie"),
            (columns.points, "points"),
        )
        named = [(header, role) for header, role in roles if header and cells[header].kind != "empty"]
        named.sort(key=lambda pair: cells[pair[0]].column)
        return tuple(CellRef.of(cells[header], header, role) for header, role in named)
