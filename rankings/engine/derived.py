"""Indicators that a method makes of others, before any criterion looks at them (Method § 2.1)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import lcm
from operator import mul, sub

from rankings.engine.canonical import Toml
from rankings.engine.columns import Column, Exact, over_one, rounded
from rankings.engine.exact import Rounding
from rankings.engine.quotients import Quotient, measured, most_binding
from rankings.engine.tables import Range, Table

KEYS = ("key", "operation", "of", "multiply", "digits")
_DIGITS = Range("a whole number from 0 to 12", low=Decimal(0), high=Decimal(12), whole=True)
_FACTOR = Range("a number")

type _Row = tuple[Exact, ...]


def _mean(row: _Row) -> Exact:
    return Fraction(sum(row)) / len(row)


def _product(row: _Row) -> Exact:
    return reduce(mul, row)


# What is made of the figures of one unit. All but a product may be computed of their numerators over one denominator.
_OF_ONE_UNIT: Mapping[str, Callable[[_Row], Exact]] = {
    "sum": sum,
    "difference": lambda row: reduce(sub, row),
    "product": _product,
    "mean": _mean,
    "minimum": min,
    "maximum": max,
}
OPERATIONS = (*_OF_ONE_UNIT, "quotient")
# These two take a first figure and a second one.
_OF_TWO = ("difference", "quotient")


@dataclass(frozen=True)
class Derived:
    """An indicator made of others.

    `key`: its code, for criteria, denominators and later derived indicators. `of`: the codes it is made of, in order.
    `multiply`: what the result is multiplied by. `digits`: the decimals kept then, half up; None keeps all.
    """

    key: str
    operation: str
    of: tuple[str, ...]
    multiply: Decimal = Decimal(1)
    digits: int | None = None

    def written(self) -> Mapping[str, Toml]:
        """It as the canonical text has it: what no default says."""
        multiply: Mapping[str, Toml] = {} if self.multiply == 1 else {"multiply": self.multiply}
        digits: Mapping[str, Toml] = {} if self.digits is None else {"digits": Decimal(self.digits)}
        return {"key": self.key, "operation": self.operation, "of": self.of, **multiply, **digits}

    def column(self, columns: Mapping[str, Column], units: Sequence[str] = ()) -> Column:
        """Its figures for all units; absent where one of those it is made of is, of the most binding kind.

        A quotient by zero is not applicable. Raises DatasetError, naming indicator and unit, for a negative divisor.

        >>> from rankings.engine.absence import Absence
        >>> columns = {"a": Column.of([Fraction(3), Absence.SECRET]), "b": Column.of([Fraction(1, 2), Fraction(1)])}
        >>> found = Derived("c", "sum", ("a", "b"), Decimal(100)).column(columns)
        >>> found[0], found[1]
        (Fraction(350, 1), <Absence.SECRET: 'secret'>)
        """
        if self.operation == "quotient":
            made = measured(self.of[0], Quotient(self.of[1:]), columns, units)
        else:
            made = self._made([columns[code] for code in self.of])
        return self._finished(made)

    def _made(self, columns: Sequence[Column]) -> Column:
        function = _OF_ONE_UNIT[self.operation]
        den = lcm(*(column.den for column in columns))
        factors = [den // column.den for column in columns]
        rows = zip(*(column.nums for column in columns), strict=True)
        nums = [function(tuple(map(mul, row, factors))) for row in rows]
        # Of products, the denominators are multiplied too.
        made = den ** len(columns) if self.operation == "product" else den
        absent = most_binding(columns)
        kept, den = over_one(Fraction(0) if at in absent else Fraction(num) / made for at, num in enumerate(nums))
        return Column(kept, den, absent)

    def _finished(self, made: Column) -> Column:
        if self.multiply == 1 and self.digits is None:
            return made
        factor = Fraction(self.multiply)
        nums, den = [num * factor.numerator for num in made.nums], made.den * factor.denominator
        if self.digits is None:
            return Column(nums, den, made.absent)
        return Column(rounded(nums, den, Rounding(self.digits, "half_up")), 10**self.digits, made.absent)


def derive(derived: Iterable[Derived], columns: Mapping[str, Column], units: Sequence[str] = ()) -> dict[str, Column]:
    """The columns, with those made of them; a derived indicator hides a given one that has the same code."""
    found = dict(columns)
    for each in derived:
        found[each.key] = each.column(found, units)
    return found


def needed(codes: Iterable[str], derived: Sequence[Derived]) -> tuple[Derived, ...]:
    """Those of the derived indicators that these codes ask for, directly or not, in the order of the method."""
    wanted = set(codes)
    found: list[Derived] = []
    for each in reversed(derived):
        if each.key in wanted:
            found.append(each)
            wanted |= set(each.of)
    return tuple(reversed(found))


def sources(codes: Iterable[str], derived: Sequence[Derived]) -> tuple[str, ...]:
    """The given indicators that these codes are made of in the end, each once, in the order they are met.

    >>> share = Derived("femmes_pc", "quotient", ("femmes", "tous"))
    >>> sources(["femmes_pc"], [Derived("tous", "sum", ("femmes", "hommes")), share])
    ('femmes', 'hommes')
    """
    by_key = {each.key: (each, derived[:at]) for at, each in enumerate(derived)}
    found: dict[str, None] = {}
    for code in codes:
        if code in by_key:
            each, above = by_key[code]
            found |= dict.fromkeys(sources(each.of, above))
        else:
            found[code] = None
    return tuple(found)


def read_derived(top: Table) -> tuple[Derived, ...]:
    """The derived indicators of a method file, in its list of tables `derived`; problems go to the table."""
    tables = top.tables("derived") if "derived" in top.raw else []
    places: dict[str, str] = {}
    found = tuple(_read(table, places) for table in tables)
    for at, (each, table) in enumerate(zip(found, tables, strict=False)):
        later = {other.key for other in found[at:]}
        for position, code in enumerate(each.of, start=1):
            if code and code in later:
                table.note(f"{table.place('of')}[{position}]", "derived-later", read=code)
    return found


def _read(table: Table, places: dict[str, str]) -> Derived:
    table.close(KEYS)
    key = table.text("key", "the code of a new indicator")
    if key in places:
        table.note(table.place("key"), "duplicate-key", read=key, first=places[key])
    places.setdefault(key, table.where)
    operation = table.word("operation", OPERATIONS)
    of = table.texts("of", "the code of an indicator")
    if operation in _OF_TWO and of and len(of) != 2:
        table.note(table.place("of"), "wrong-length", read=f"{len(of)} texts", expected="2")
    multiply = table.number("multiply", _FACTOR) if "multiply" in table.raw else Decimal(1)
    digits = int(table.number("digits", _DIGITS)) if "digits" in table.raw else None
    return Derived(key, operation, of, multiply, digits)
