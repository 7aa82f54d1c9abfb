"""What is given to the engine: units, and for each indicator what is known of each unit (Method § 1 and § 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_DIGITS = 30


class Absence(StrEnum):
    """Why a value is not there. None of these is a zero (Method § 4).

    >>> Absence("secret") is Absence.SECRET
    True
    """

    MISSING = "missing"
    NOT_COMMUNICATED = "not_communicated"
    NOT_APPLICABLE = "not_applicable"
    SECRET = "secret"  # noqa: S105  # statistical secrecy, not a password


type Value = Decimal | Absence


class DatasetError(ValueError):
    """The data cannot be ranked as they stand: the message names the unit and the indicator."""


@dataclass(frozen=True)
class Dataset:
    """What is known of each unit. `values`: indicator code → unit id → value.

    A unit absent from a column is Absence.MISSING there. The order of units and of columns plays no part.
    Raises TypeError, naming the place, for a value that is neither a Decimal nor an Absence (float, int and bool
    included); DatasetError for a unit given twice, a column naming an unknown unit, a Decimal that is not finite or
    has more than 30 digits on one side of its mark.

    >>> dataset = Dataset(("insa", "ponts"), {"doctorants": {"ponts": Decimal("12")}})
    >>> dataset.value("doctorants", "ponts"), dataset.value("doctorants", "insa")
    (Decimal('12'), <Absence.MISSING: 'missing'>)
    """

    units: tuple[str, ...]
    values: Mapping[str, Mapping[str, Value]]

    def __post_init__(self) -> None:
        known: set[str] = set()
        for unit in self.units:
            if unit in known:
                raise DatasetError(f"unit {unit!r} is given twice")
            known.add(unit)
        for indicator, column in self.values.items():
            for unit, value in column.items():
                if unit not in known:
                    raise DatasetError(f"indicator {indicator!r} names the unknown unit {unit!r}")
                _check_value(value, f"indicator {indicator!r}, unit {unit!r}")
        # A copy, so that nobody can change the data after they have been checked.
        object.__setattr__(self, "values", {code: dict(column) for code, column in self.values.items()})

    def value(self, indicator: str, unit: str) -> Value:
        """What is known of one unit; Absence.MISSING when the column does not name it. KeyError without a column."""
        return self.values[indicator].get(unit, Absence.MISSING)


def _check_value(value: object, place: str) -> None:
    if isinstance(value, Absence):
        return
    if not isinstance(value, Decimal):
        raise TypeError(f"{place}: expected a Decimal or an Absence, not {value!r} ({type(value).__name__})")
    if not value.is_finite():
        raise DatasetError(f"{place}: {value} is not a finite number")
    # An exponent of a few signs would otherwise ask for millions of digits once the arithmetic is exact.
    if not is_short(value, _DIGITS):
        raise DatasetError(f"{place}: {value} has more than {_DIGITS} digits on one side of the decimal mark")


def is_short(value: Decimal, digits: int) -> bool:
    """Whether a finite number has at most so many digits before its decimal mark, and as many after.

    >>> is_short(Decimal("123.4"), 3), is_short(Decimal("1E+9"), 3)
    (True, False)
    """
    exponent = value.as_tuple().exponent
    return value.adjusted() < digits and isinstance(exponent, int) and exponent >= -digits
