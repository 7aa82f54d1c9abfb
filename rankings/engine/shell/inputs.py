"""From files to what the engine is given, or to every problem they have, each with its file, line and column."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from rankings.engine.absence import Absence
from rankings.engine.dataset import Dataset, DatasetError, Value, is_short
from rankings.engine.method import Method
from rankings.engine.parsing import parse_method
from rankings.engine.problems import MethodError
from rankings.engine.tables import nearest

MOST_DIGITS = 30
DELIMITERS = ",;\t"
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_SHOWN = 40
_LISTED = 12


class InputError(ValueError):
    """Files that cannot be used: one sentence for each problem, in the order of the file."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError([f"{path}: cannot be read: {error.strerror}"]) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise InputError([f"{path}, line {line}: read the byte 0x{byte:02x}, expected a text in UTF-8"]) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError([f"{path}, line {line}: read a NUL character, expected text"])
    return text


def read_method(path: Path) -> Method:
    """The method of a file; InputError, with every problem and its key, when there is none."""
    try:
        return parse_method(read_text(path))
    except MethodError as error:
        raise InputError(f"{path}: {problem.message}" for problem in error.problems) from error


def read_dataset(
    path: Path,
    method: Method,
    *,
    unit: str,
    absences: Mapping[str, Absence],
    where: Mapping[str, str],
    also: Method | None = None,
) -> Dataset:
    """The columns of a CSV file that the method uses, for the units named in the column `unit`.

    `where`: column → the text that a line must have there to be read at all. `also`: another method, whose columns are
    read where they are there.

    The delimiter is the comma, the semicolon or the tab, whichever the first line has most of; beside the last two the
    decimal mark may be a comma. An empty cell is missing; a word of Absence, or of `absences`, is that absence.
    Raises InputError with every problem of the file.
    """
    reading = _Reading(path, read_text(path), absences, where)
    header = reading.header(unit, (*method.indicators, *_groupings(method)))
    methods = [method, *([also] if also else [])]
    indicators = _there(header, [code for one in methods for code in one.indicators])
    groupings = _there(header, [name for one in methods for name in _groupings(one)])
    found, groups = reading.columns(header, unit, indicators, groupings)
    if reading.problems:
        raise InputError(reading.problems)
    try:
        return Dataset(tuple(reading.lines), found, groups)
    except DatasetError as error:
        raise InputError([f"{path}: {error}"]) from error


def _groupings(method: Method) -> tuple[str, ...]:
    return (*method.placing.groups, *method.groupings)


def _there(header: Sequence[str], names: Iterable[str]) -> tuple[str, ...]:
    """The names that one column has, each once; those a method needs were looked for before."""
    return tuple(name for name in dict.fromkeys(names) if header.count(name) == 1)


@dataclass
class _Reading:
    """One reading of one file. `lines`: unit → the line it is on."""

    path: Path
    text: str
    absences: Mapping[str, Absence]
    where: Mapping[str, str]
    problems: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = self.text.split("\n", 1)[0]
        self.delimiter = max(DELIMITERS, key=first.count)
        self.rows = self._rows()

    def header(self, unit: str, indicators: Sequence[str]) -> list[str]:
        """The names of the columns, each once, all those that are needed among them."""
        header = next(self.rows, (1, []))[1]
        if not any(header):
            raise InputError([f"{self.path}, line 1: read nothing, expected the names of the columns"])
        for at, name in enumerate(header, start=1):
            if header.index(name) != at - 1 and name in {unit, *indicators}:
                self.note(1, f"column {at}", f"read “{name}”, already the name of column {header.index(name) + 1}")
        for name in (unit, *indicators):
            if name not in header:
                what = "to name the units (--unit tells another)" if name == unit else "which the method uses"
                hint = nearest(name, tuple(header)).get("nearest")
                near = f"; did you mean “{hint}”?" if hint else ""
                self.note(1, "", f"no column “{name}”, {what}{near}")
        for name in self.where:
            if name not in header:
                self.note(1, "", f"no column “{name}”, asked for by --where")
        if self.problems:
            raise InputError([*self.problems, f"{self.path}, line 1: the columns are {_listed(header)}"])
        return header

    def columns(
        self, header: list[str], unit: str, indicators: Sequence[str], groupings: Sequence[str]
    ) -> tuple[dict[str, dict[str, Value]], dict[str, dict[str, str]]]:
        """Indicator → unit → what is known, and grouping → unit → its label where the cell is not empty.

        Problems are noted, and the reading goes on.
        """
        named, places = header.index(unit), {code: header.index(code) for code in indicators}
        found: dict[str, dict[str, Value]] = {code: {} for code in indicators}
        groups: dict[str, dict[str, str]] = {grouping: {} for grouping in groupings}
        for line, row in self.rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                self.note(line, "", f"read {len(row)} cells, expected {len(header)} as in the first line")
                continue
            if any(row[header.index(column)].strip() != text for column, text in self.where.items()):
                continue
            name = row[named].strip()
            if not self.named(line, unit, name):
                continue
            for code, at in places.items():
                found[code][name] = self.value(line, code, row[at].strip())
            for grouping in groupings:
                if label := row[header.index(grouping)].strip():
                    groups[grouping][name] = label
        if not self.lines and not self.problems:
            self.note(2, "", f"read no unit{' that --where asks for' if self.where else ''}, expected one on each line")
        return found, groups

    def named(self, line: int, column: str, name: str) -> bool:
        """Whether a unit can be told by this name."""
        if not name:
            self.note(line, f"column “{column}”", "read nothing, expected the name of a unit")
        elif name in self.lines:
            self.note(line, f"column “{column}”", f"read “{_short(name)}”, already on line {self.lines[name]}")
        else:
            self.lines[name] = line
            return True
        return False

    def value(self, line: int, column: str, cell: str) -> Value:
        """What a cell says."""
        if not cell:
            return Absence.MISSING
        if cell in self.absences:
            return self.absences[cell]
        if cell in {kind.value for kind in Absence}:
            return Absence(cell)
        comma = "," in cell and self.delimiter == ","
        if not _NUMBER.fullmatch(cell) or comma:
            expected = "a number with a decimal point" if comma else "a number, an empty cell or a kind of absence"
            self.note(line, f"column “{column}”", f"read “{_short(cell)}”, expected {expected}")
            return Absence.MISSING
        number = Decimal(cell.replace(",", "."))
        if not is_short(number, MOST_DIGITS):
            limit = f"at most {MOST_DIGITS} digits on each side of the decimal mark"
            self.note(line, f"column “{column}”", f"read “{_short(cell)}”, expected {limit}")
            return Absence.MISSING
        return number

    def note(self, line: int, column: str, what: str) -> None:
        """Note that something is wrong at a place."""
        place = ", ".join(part for part in (f"line {line}", column) if part)
        self.problems.append(f"{self.path}, {place}: {what}")

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows, each with the line it begins on; a file that is not CSV ends the reading."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise InputError([*self.problems, f"{self.path}, line {line}: not CSV: {error}"]) from error
            yield line, row


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{_short(name)}”" for name in names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown} and {len(names) - _LISTED} more"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
