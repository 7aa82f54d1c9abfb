"""What an import finds in a file: units, values, and the cells that say them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from schools.importing.document import Cell
from schools.importing.mapping import Absence
from schools.importing.problems import Problem


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """What an indicator lets in: bounds included, None for no bound; `unit` is its measure, such as "percentage".

    `label` is what messages call it, in the reader's language; its code stands in for it.
    """

    code: str
    minimum: Decimal | None
    maximum: Decimal | None
    decimals: int
    unit: str
    label: str = ""

    @property
    def called(self) -> str:
        """What a message calls the indicator."""
        return self.label or self.code


CellRole = Literal["value", "weight", "factor", "condition", "year", "key", "attribute", "rank", "tie", "points"]


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell that says something: its text exactly as read, the header of its column, what it served as.

    "factor" multiplied a value, "condition" said that a row has not measured one; "rank", "tie" and "points" are those
    of a printed place.
    """

    sheet: str
    cell: str
    column: str
    text: str
    role: CellRole

    @classmethod
    def of(cls, cell: Cell, column: str, role: CellRole) -> "CellRef":
        """The reference to this cell of the column with this header."""
        return cls(cell.sheet, cell.reference, column, cell.text, role)


@dataclass(frozen=True, slots=True)
class NameRead:
    """A name that a file gives a school, and the first and last years of the rows that do."""

    text: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A school as the file names it: one for each distinct cell of keys.

    `keys`: those of the cell, sorted. `attributes`: those mapped and filled, with their meaning, never empty; of a
    file of several years, those of the latest that fills them. `names`: every one that the column of names gives, by
    year then text; `other_names`: those of the other columns. `numbers`: register → its numbers, in file order.
    `years`: those of the rows, in order.
    """

    scheme: str
    keys: tuple[str, ...]
    attributes: Mapping[str, str] = field(hash=False)
    cells: tuple[CellRef, ...]
    years: tuple[int, ...] = ()
    names: tuple[NameRead, ...] = ()
    other_names: tuple[NameRead, ...] = ()
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """The keys as one text, for people and as what rows are grouped by when nothing else says so."""
        return key_text(self.keys)


def key_text(keys: tuple[str, ...]) -> str:
    """Several keys as one text."""
    return ", ".join(keys)


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """A value, or the kind of its absence (then `value` is None); `cells`: every cell that made it, in file order.

    `key` is the group of its rows: what the grouping answered, or their keys as one text. `keys`: all those read in
    its rows. The value is rounded half up to the decimals of its indicator and stored exactly by both databases.
    """

    key: str
    indicator: str
    value: Decimal | None
    absence: Absence | Literal[""]
    cells: tuple[CellRef, ...]
    year: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one file says under one mapping. Units by key; values by mapping order, key and year; problems by place.

    Rows are those under the headers that hold anything:
    rows_read = rows_used + rows_left_out (by the mapping) + rows_refused + rows_ungrouped (by the grouping).
    """

    units: tuple[UnitRecord, ...]
    values: tuple[ValueRecord, ...]
    problems: tuple[Problem, ...]
    rows_read: int
    rows_used: int
    rows_left_out: int
    rows_refused: int = 0
    rows_ungrouped: int = 0
