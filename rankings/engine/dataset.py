"""What is given to the engine: units, their groups, and for each indicator what is known of each (Method § 1, § 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import lcm

from rankings.engine.absence import Absence
from rankings.engine.columns import Column

_DIGITS = 30


type Value = Decimal | Absence


class DatasetError(ValueError):
    """The data cannot be ranked as they stand: the message names the unit and the indicator."""


@dataclass(frozen=True)
class Dataset:
    """What is known of each unit. `values`: indicator code → unit id → value.

    A unit absent from a column is Absence.MISSING there. The order of units and of columns plays no part.
    `groups`: name of a grouping, such as "region" → unit id → its group there; a unit that is not named is in none.
    `ordered`: the units by id. `columns`: indicator code → its figures in that order, as the engine computes with them.
    Raises TypeError, naming the place, for a value that is neither a Decimal nor an Absence (float, int and bool
    included) and a group that is no text; DatasetError for a unit given twice, a column or a grouping naming an
    unknown unit, a group without a name, a Decimal that is not finite or has more than 30 digits on one side of its
    mark.

    >>> dataset = Dataset(("insa", "ponts"), {"doctorants": {"ponts": Decimal("12")}})
    >>> dataset.value("doctorants", "ponts"), dataset.value("doctorants", "insa")
    (Decimal('12'), <Absence.MISSING: 'missing'>)
    """

    units: tuple[str, ...]
    values: Mapping[str, Mapping[str, Value]]
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ordered: tuple[str, ...] = field(init=False, repr=False, compare=False)
    columns: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known: set[str] = set()
        for unit in self.units:
            if unit in known:
                raise DatasetError(f"unit {unit!r} is given twice")
            known.add(unit)
        for indicator, column in self.values.items():
            if unknown := next((unit for unit in column if unit not in known), None):
                raise DatasetError(f"indicator {indicator!r} names the unknown unit {unknown!r}")
        for grouping, labels in self.groups.items():
            _check_groups(grouping, labels, known)
        # Copies, so that nobody can change the data after they have been checked.
        values = {code: dict(column) for code, column in self.values.items()}
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "groups", {grouping: dict(labels) for grouping, labels in self.groups.items()})
        object.__setattr__(self, "ordered", tuple(sorted(known)))
        object.__setattr__(self, "columns", {code: self._column(code) for code in values})

    def value(self, indicator: str, unit: str) -> Value:
        """What is known of one unit; Absence.MISSING when the column does not name it. KeyError without a column."""
        return self.values[indicator].get(unit, Absence.MISSING)

    def group(self, grouping: str, unit: str) -> str | None:
        """The group of one unit; None when it is in none. KeyError without such a grouping."""
        return self.groups[grouping].get(unit)

    def _column(self, indicator: str) -> Column:
        values = self.values[indicator]
        absent: dict[int, Absence] = {}
        ratios: list[tuple[int, int]] = []
        for at, unit in enumerate(self.ordered):
            value = values.get(unit, Absence.MISSING)
            if isinstance(value, Absence):
                absent[at] = value
                ratios.append((0, 1))
            else:
                ratios.append(_ratio(value, indicator, unit))
        den = lcm(*{denominator for _, denominator in ratios})
        return Column([numerator * (den // denominator) for numerator, denominator in ratios], den, absent)


def _check_groups(grouping: str, labels: Mapping[str, object], units: set[str]) -> None:
    for unit, label in labels.items():
        if unit not in units:
            raise DatasetError(f"grouping {grouping!r} names the unknown unit {unit!r}")
        if not isinstance(label, str):
            raise TypeError(f"grouping {grouping!r}, unit {unit!r}: expected a text, not {label!r}")
        if not label.strip():
            raise DatasetError(f"grouping {grouping!r}, unit {unit!r}: a group needs a name; leave out who is in none")


def _ratio(value: object, indicator: str, unit: str) -> tuple[int, int]:
    """A value as a fraction in its lowest terms, once it is found to be one that can be ranked."""
    if not isinstance(value, Decimal):
        place = f"indicator {indicator!r}, unit {unit!r}"
        raise TypeError(f"{place}: expected a Decimal or an Absence, not {value!r} ({type(value).__name__})")
    # An exponent of a few signs would otherwise ask for millions of digits once the arithmetic is exact.
    if not value.is_finite() or not is_short(value, _DIGITS):
        wrong = f"has more than {_DIGITS} digits on one side of the decimal mark" if value.is_finite() else None
        raise DatasetError(f"indicator {indicator!r}, unit {unit!r}: {value} {wrong or 'is not a finite number'}")
    return value.as_integer_ratio()


def is_short(value: Decimal, digits: int) -> bool:
    """Whether a finite number has at most so many digits before its decimal mark, and as many after.

    >>> is_short(Decimal("123.4"), 3), is_short(Decimal("1E+9"), 3)
    (True, False)
    """
    exponent = value.as_tuple().exponent
    return value.adjusted() < digits and isinstance(exponent, int) and exponent >= -digits
