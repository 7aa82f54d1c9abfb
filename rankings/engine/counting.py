"""Which children of a branch count for a unit, and what becomes of those left out (Method § 5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from heapq import nlargest
from typing import Self

from rankings.engine.canonical import Toml
from rankings.engine.tables import Range, Table

# The weight of a child left out goes to the others; or it counts as zero; or the unit has no rank.
MISSING_CHILDREN = ("redistribute", "zero", "unranked")
KEYS = ("best", "missing_children")


@dataclass(frozen=True)
class Counting:
    """`missing`: what becomes of the children left out, one of MISSING_CHILDREN. `best`: how many count, the best of
    each unit, fewer than there are; None for all of them."""

    missing: str = MISSING_CHILDREN[0]
    best: int | None = None

    @classmethod
    def read(cls, table: Table, children: int) -> Self:
        """What a branch with so many children, bonuses apart, says of them; problems go to the table."""
        missing = MISSING_CHILDREN[0]
        if "missing_children" in table.raw:
            missing = table.word("missing_children", MISSING_CHILDREN)
        if "best" not in table.raw:
            return cls(missing)
        words = f"a whole number from 1 to {children - 1}" if children > 1 else "at least 2 nodes to choose from"
        allowed = Range(words, low=Decimal(1), high=Decimal(children - 1), whole=True)
        return cls(missing, int(table.number("best", allowed)))

    def written(self) -> dict[str, Toml]:
        """What it says that a default does not."""
        written: dict[str, Toml] = {} if self.best is None else {"best": Decimal(self.best)}
        return written | ({} if self.missing == MISSING_CHILDREN[0] else {"missing_children": self.missing})

    def most(self, shares: Sequence[Fraction]) -> Fraction:
        """The most that the shares of the children that count can add up to."""
        return sum(shares if self.best is None else nlargest(self.best, shares), Fraction(0))

    def lacks(self, missing: int, children: int) -> bool:
        """Whether a unit has no rank, when so many of so many children are left out."""
        return self.missing == "unranked" and children - missing < (self.best or children)


ALL = Counting()
