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
    """What an indicator lets in: bounds included, None for no bound; `unit` is its measure, such as "percentage"."""

    code: str
    minimum: Decimal | None
    maximum: Decimal | None
    decimals: int
    unit: str


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell that says something: its text exactly as read, the header of its column, what it served as."""

    sheet: str
    cell: str
    column: str
    text: str
    role: Literal["value", "weight", "key", "attribute"]

    @classmethod
    def of(cls, cell: Cell, column: str, role: Literal["value", "weight", "key", "attribute"]) -> "CellRef":
        """The reference to this cell of the column with this header."""
        return cls(cell.sheet, cell.reference, column, cell.text, role)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A school that the file names. `attributes` holds those mapped and filled, with their meaning, never empty."""

    scheme: str
    key: str
    attributes: Mapping[str, str] = field(hash=False)
    cells: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """A value, or the kind of its absence (then `value` is None); `cells`: every cell that made it, in file order.

    The value is rounded half up to the decimals of its indicator and stored exactly by both databases.
    """

    key: str
    indicator: str
    value: Decimal | None
    absence: Absence | Literal[""]
    cells: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one file says under one mapping. Units by key, values by mapping order then key, problems by place.

    Rows are those under the headers that hold anything: rows_read = rows_used + rows_left_out + rows_refused.
    """

    units: tuple[UnitRecord, ...]
    values: tuple[ValueRecord, ...]
    problems: tuple[Problem, ...]
    rows_read: int
    rows_used: int
    rows_left_out: int
    rows_refused: int = 0
