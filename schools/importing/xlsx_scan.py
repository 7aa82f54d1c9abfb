"""A first reading of a sheet's XML, piece by piece: what it holds, before a cell is built from it."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from schools.importing.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from schools.importing.problems import refusal

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TRUE = frozenset({"1", "true"})
Place = tuple[int, int]  # row, column


@dataclass(slots=True)
class SheetScan:
    """What a sheet's XML holds. Rows and columns count from 1; `numbers`: place → digits exactly as stored."""

    last_row: int = 0
    last_column: int = 0
    numbers: dict[Place, str] = field(default_factory=dict)
    errors: set[Place] = field(default_factory=set)
    computed: set[Place] = field(default_factory=set)
    uncomputed: set[Place] = field(default_factory=set)
    filled: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def scan_sheet(package: zipfile.ZipFile, part: str, name: str, sheet: str) -> SheetScan:
    """Reads the sheet once. Raises FileRefused as soon as a limit of rows, columns or filled cells is passed."""
    scanner = _Scanner(name, sheet)
    try:
        with package.open(part) as stream:
            scanner.feed(stream)
    except (expat.ExpatError, KeyError, ValueError) as error:
        raise refusal(name, "file_unreadable", sheet, detail=error) from error
    return scanner.scan


def place_of(reference: str) -> Place:
    """Row and column of a reference such as K47. Raises ValueError on anything else."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


class _Scanner:
    """Follows the XML event by event, so that no tree is ever built: expat, which openpyxl stands on too."""

    def __init__(self, name: str, sheet: str) -> None:
        self.scan, self.name, self.sheet = SheetScan(), name, sheet
        self.row = self.column = 0
        self.kind, self.reference = "n", ""
        self.parts: set[str] = set()
        self.value: list[str] | None = None
        self.text = ""

    def feed(self, stream: IO[bytes]) -> None:
        """Reads the whole stream."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ParseFile(stream)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self.kind, self.reference = attributes.get("t", "n"), attributes.get("r", "")
            self.text = ""
            self.parts.clear()
        elif tag in {"v", "f", "is"}:
            self.parts.add(tag)
            self.value = [] if tag == "v" else None
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            if attributes.get("hidden") in _TRUE:
                self.scan.hidden_rows.add(self.row)
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            self.scan.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        elif tag == "mergeCell":
            first_cell, _, last_cell = attributes.get("ref", "").partition(":")
            self.scan.merged.append((*place_of(first_cell), *place_of(last_cell or first_cell)))

    def _characters(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v" and self.value is not None:
            self.text, self.value = "".join(self.value), None
        elif tag == "c":
            self._cell()

    def _cell(self) -> None:
        place = place_of(self.reference) if self.reference else (self.row, self.column + 1)
        self.column = place[1]
        if not self.text and not self.parts & {"f", "is"}:
            return
        scan = self.scan
        scan.filled += 1
        scan.last_row, scan.last_column = max(scan.last_row, place[0]), max(scan.last_column, place[1])
        if "f" in self.parts:
            # An empty result is as good as none: IFERROR(…, "") hides errors behind it.
            (scan.computed if self.text.strip() else scan.uncomputed).add(place)
        if self.kind == "e":
            scan.errors.add(place)
        elif self.kind == "n" and self.text.strip():
            scan.numbers[place] = self.text.strip()
        self._check()

    def _check(self) -> None:
        if self.scan.last_row > MAX_ROWS:
            raise refusal(self.name, "too_many_rows", self.sheet, limit=MAX_ROWS)
        if self.scan.last_column > MAX_COLUMNS:
            raise refusal(self.name, "too_many_columns", self.sheet, limit=MAX_COLUMNS, line=self.scan.last_row)
        if self.scan.filled > MAX_CELLS:
            raise refusal(self.name, "too_many_cells", self.sheet, limit=MAX_CELLS)

    def _doctype(self, name: str, *_: object) -> None:
        raise ValueError(f"DOCTYPE {name}")
