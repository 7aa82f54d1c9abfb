"""What every scale can do (Method § 3)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Protocol, Self

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.tables import Table


class Scale(Protocol):
    """A way from values to points."""

    kind: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]

    @property
    def better(self) -> str:
        """Which values are better: the `higher` or the `lower`."""

    @property
    def fitted(self) -> bool:
        """Whether the cut points follow from the data: the value of one unit then moves the points of others."""

    @classmethod
    def read(cls, table: Table, out_of: Decimal) -> Self:
        """The scale written in a method file; problems go to the table."""

    def written(self) -> Mapping[str, Toml]:
        """The scale as it is written in the canonical text."""

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        """The cut points for the values of a dataset, maybe none of them known.

        `digits`: the significant digits of what has no exact value (Method § 7.1). Raises OffScale for a value that
        the scale cannot be applied to.
        """

    @staticmethod
    def mark(value: Fraction, cuts: CutPoints) -> Fraction:
        """The points of a value; of two values the better never gets fewer. Raises OffScale for one that has none."""

    @staticmethod
    def marks(values: Column, cuts: CutPoints) -> Column:
        """The points of each value; what stands where a value is absent means nothing. Raises OffScale too."""
