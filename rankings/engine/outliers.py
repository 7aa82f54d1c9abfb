"""Values so far from the others that they would make a scale alone, brought back to them (Method § 2.4).

A treatment is a class with the methods of `Treatment`, and one entry of TREATMENTS. It looks at the values once and
answers with limits; a value beyond a limit counts as the limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import ClassVar, Protocol, Self

from rankings.engine.canonical import Json, Toml
from rankings.engine.columns import Column, Exact
from rankings.engine.exact import exact_text
from rankings.engine.tables import Range, Table
from rankings.engine.transforms import Transform

SIDES = ("both", "high", "low")
OTHERWISE = ("keep", "log")
_COUNT = Range("a whole number from 1 to 1000", low=Decimal(1), high=Decimal(1000), whole=True)
_PERCENT = Range("a number from 0 to 100", low=Decimal(0), high=Decimal(100))


@dataclass(frozen=True)
class Limits:
    """What a treatment does to the values of a dataset.

    `low` and `high`: what a value beyond counts as; None where nothing is brought back. `treated`: how many values
    are. `transform`: the logarithm taken instead of bringing values back, if any.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    treated: int = 0
    transform: Transform | None = None

    def bring(self, value: Fraction) -> Fraction:
        """What a value counts as.

        >>> Limits(high=Fraction(9)).bring(Fraction(40))
        Fraction(9, 1)
        """
        above = value if self.low is None else max(self.low, value)
        return above if self.high is None else min(self.high, above)

    @property
    def document(self) -> Json:
        """It as the canonical text of a result has it."""
        bounds = {"low": self.low, "high": self.high}
        return {
            **{side: exact_text(bound) for side, bound in bounds.items() if bound is not None},
            "treated": str(self.treated),
        }


class Treatment(Protocol):
    """What every treatment of outliers can do."""

    kind: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]

    @classmethod
    def read(cls, table: Table) -> Self:
        """The treatment written in a method file; problems go to the table."""

    def written(self) -> Mapping[str, Toml]:
        """The treatment as it is written in the canonical text."""

    def limits(self, values: Column, digits: int) -> Limits:
        """What it does to these values, those that stand in included."""


@dataclass(frozen=True)
class Winsorise:
    """The `count` most extreme values of a side count as the next one.

    Nothing is done where so many on a side, or on both, would leave no value that is not extreme.
    """

    count: int
    side: str
    kind: ClassVar[str] = "winsorise"
    keys: ClassVar[tuple[str, ...]] = ("kind", "count", "side")

    @classmethod
    def read(cls, table: Table) -> Self:
        side = table.word("side", SIDES) if "side" in table.raw else SIDES[0]
        return cls(int(table.number("count", _COUNT)), side)

    def written(self) -> Mapping[str, Toml]:
        side: Mapping[str, Toml] = {} if self.side == SIDES[0] else {"side": self.side}
        return {"kind": self.kind, "count": Decimal(self.count), **side}

    def limits(self, values: Column, digits: int) -> Limits:
        """The limits: the value next to the `count` most extreme, on each side that is treated.

        >>> Winsorise(1, "both").limits(Column.of(map(Fraction, (1, 3, 4, 90))), 50)
        Limits(low=Fraction(3, 1), high=Fraction(4, 1), treated=2, transform=None)
        """
        ordered = sorted(values.known)
        if len(ordered) <= self.count * (2 if self.side == "both" else 1):
            return Limits()
        low = None if self.side == "high" else ordered[self.count]
        high = None if self.side == "low" else ordered[-self.count - 1]
        return _between(values, low, high)


@dataclass(frozen=True)
class Percentile:
    """A value beyond a percentile counts as the percentile.

    The percentile p of n values is read at the place 1 + (n − 1) × p ÷ 100 among them, in a straight line between the
    two nearest: type 7 of Hyndman and Fan (1996), PERCENTILE.INC of spreadsheets.
    """

    low: Decimal
    high: Decimal
    kind: ClassVar[str] = "percentile"
    keys: ClassVar[tuple[str, ...]] = ("kind", "low", "high")

    @classmethod
    def read(cls, table: Table) -> Self:
        low = table.number("low", _PERCENT, Decimal(0)) if "low" in table.raw else Decimal(0)
        high = table.number("high", _PERCENT, Decimal(100)) if "high" in table.raw else Decimal(100)
        if low >= high:
            table.note(table.place("high"), "wrong-order", read=f"{high:f}", previous=f"{low:f}",
                       expected="a number above “low”")  # fmt: skip
        return cls(low, high)

    def written(self) -> Mapping[str, Toml]:
        low: Mapping[str, Toml] = {"low": self.low} if self.low else {}
        high: Mapping[str, Toml] = {"high": self.high} if self.high != 100 else {}
        return {"kind": self.kind, **low, **high}

    def limits(self, values: Column, digits: int) -> Limits:
        """The limits: the two percentiles.

        >>> Percentile(Decimal(0), Decimal(90)).limits(Column.of(map(Fraction, (0, 10, 20, 30, 100))), 50).high
        Fraction(72, 1)
        """
        ordered = sorted(values.known)
        if not ordered:
            return Limits()
        low = percentile(ordered, self.low) if self.low else None
        high = percentile(ordered, self.high) if self.high != 100 else None
        return _between(values, low, high)


def percentile(ordered: Sequence[Exact], percent: Decimal) -> Exact:
    """The percentile of figures in their order, at least one: type 7, as `Percentile` says.

    >>> percentile([1, 2, 3, 4], Decimal(50))
    Fraction(5, 2)
    """
    place = (len(ordered) - 1) * Fraction(percent) / 100
    before = floor(place)
    if before == place:
        return ordered[before]
    return ordered[before] + (place - before) * (ordered[before + 1] - ordered[before])


def _between(values: Column, low: Exact | None, high: Exact | None) -> Limits:
    treated = sum((low is not None and num < low) or (high is not None and num > high) for num in values.known)
    return Limits(_figure(low, values), _figure(high, values), treated)


def _figure(num: Exact | None, values: Column) -> Fraction | None:
    return None if num is None else Fraction(num) / values.den
