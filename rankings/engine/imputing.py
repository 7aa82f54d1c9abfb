"""What stands in for an absent value: a mean, a median, the value of another column (Method § 4.1).

A stand-in is no known value: it counts in the score, and not in the coverage. A new one is a class with the methods of
`Filler`, and one entry of FILLERS.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, Self

from rankings.engine.absence import Absence
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column, Exact
from rankings.engine.tables import Range, Table

if TYPE_CHECKING:
    from rankings.engine.missing import Rule

type FilledStatus = Literal["imputed", "carried"]

_LEAST = Range("a whole number from 1 to 1000", low=Decimal(1), high=Decimal(1000), whole=True)


@dataclass(frozen=True)
class Beside:
    """What a stand-in may be taken from.

    `figures`: those of the leaf itself. `column`: code → the figures of another column, as the leaf would admit them.
    `labels`: grouping → the group of each unit, None for none, in the order of the columns.
    """

    figures: Column
    column: Callable[[str], Column]
    labels: Callable[[str], Sequence[str | None]]


class Filler(Protocol):
    """A rule that may find a value, and leaves it to the rule `otherwise` where it does not."""

    status: ClassVar[FilledStatus]
    keys: ClassVar[tuple[str, ...]]

    @property
    def otherwise(self) -> "Rule":
        """The rule for a unit of which this one finds nothing."""

    @classmethod
    def read(cls, table: Table, otherwise: "Rule") -> Self:
        """The rule written in a method file; problems go to the table."""

    def written(self) -> Mapping[str, Toml]:
        """The rule as it is written in the canonical text, but for `otherwise`."""

    def answers(self, beside: Beside) -> Mapping[int, Fraction]:
        """Position of a unit without a value → the value that stands in; a unit that is not there has none."""


@dataclass(frozen=True)
class Impute:
    """The mean or the median of the known values, of all units or of those of the same group.

    `least`: how many known values it takes; with fewer there is no answer, nor for a unit that is in no group.
    Values that stand in for others are not looked at. As `i_mean`, `i_median`, `i_mean_grp` and `i_median_grp` of
    COINr do, which take at least one.
    """

    of: str
    group: str
    least: int
    otherwise: "Rule"
    status: ClassVar[FilledStatus] = "imputed"
    keys: ClassVar[tuple[str, ...]] = ("impute", "group", "least", "otherwise")

    @classmethod
    def read(cls, table: Table, otherwise: "Rule") -> Self:
        group = table.text("group", "the name of a grouping") if "group" in table.raw else ""
        least = table.number("least", _LEAST) if "least" in table.raw else Decimal(1)
        return cls(table.word("impute", CENTRES), group, int(least), otherwise)

    def written(self) -> Mapping[str, Toml]:
        group: Mapping[str, Toml] = {"group": self.group} if self.group else {}
        least: Mapping[str, Toml] = {"least": Decimal(self.least)} if self.least != 1 else {}
        return {"impute": self.of, **group, **least}

    def answers(self, beside: Beside) -> Mapping[int, Fraction]:
        figures = beside.figures
        labels = beside.labels(self.group) if self.group else [""] * len(figures.nums)
        known: dict[str, list[Exact]] = {}
        for at, (num, label) in enumerate(zip(figures.nums, labels, strict=True)):
            if label is not None and at not in figures.absent:
                known.setdefault(label, []).append(num)
        centre = CENTRES[self.of]
        found = {label: centre(nums) / figures.den for label, nums in known.items() if len(nums) >= self.least}
        return {at: found[label] for at in figures.absent if (label := labels[at]) is not None and label in found}


@dataclass(frozen=True)
class CarryOver:
    """The value of another column, as it stands there: that of an earlier year, or of another source."""

    code: str
    otherwise: "Rule"
    status: ClassVar[FilledStatus] = "carried"
    keys: ClassVar[tuple[str, ...]] = ("carry_over", "otherwise")

    @classmethod
    def read(cls, table: Table, otherwise: "Rule") -> Self:
        return cls(table.text("carry_over", "the code of an indicator"), otherwise)

    def written(self) -> Mapping[str, Toml]:
        return {"carry_over": self.code}

    def answers(self, beside: Beside) -> Mapping[int, Fraction]:
        other = beside.column(self.code)
        found = {at: other[at] for at in beside.figures.absent}
        return {at: figure for at, figure in found.items() if not isinstance(figure, Absence)}


FILLERS: Mapping[str, type[Impute] | type[CarryOver]] = {"impute": Impute, "carry_over": CarryOver}


def fill(rules: Mapping[Absence, "Rule"], beside: Beside) -> tuple[Column, Mapping[int, FilledStatus]]:
    """The figures of a leaf with those that stand in, and the positions of these, each with how it was found.

    >>> from rankings.engine.missing import RULES
    >>> column = Column.of([Fraction(1), Absence.MISSING, Fraction(4)])
    >>> rules = {Absence.MISSING: Impute("mean", "", 2, "leave_out")}
    >>> filled, status = fill(rules, Beside(column, {}.__getitem__, {}.__getitem__))
    >>> filled[1], status
    (Fraction(5, 2), {1: 'imputed'})
    """
    column = beside.figures
    answers: dict[Impute | CarryOver, Mapping[int, Fraction]] = {}
    found: dict[int, Fraction] = {}
    status: dict[int, FilledStatus] = {}
    for at, kind in column.absent.items():
        rule = rules[kind]
        while at not in found and isinstance(rule, Impute | CarryOver):
            if rule not in answers:
                answers[rule] = rule.answers(beside)
            if at in answers[rule]:
                found[at], status[at] = answers[rule][at], rule.status
            rule = rule.otherwise
    if not found:
        return column, status
    return Column.of(found[at] if at in found else column[at] for at in range(len(column.nums))), status


def _mean(nums: Sequence[Exact]) -> Fraction:
    return Fraction(sum(nums)) / len(nums)


def _median(nums: Sequence[Exact]) -> Fraction:
    """The middle one, or half way between the two middle ones."""
    ordered, half = sorted(nums), len(nums) // 2
    return Fraction(ordered[half]) if len(nums) % 2 else _mean(ordered[half - 1 : half + 1])


CENTRES: Mapping[str, Callable[[Sequence[Exact]], Fraction]] = {"mean": _mean, "median": _median}
