"""Do criteria say the same thing twice, or pull against each other? (Method § 13.1)

A composite ranking whose criteria are nearly one counts it several times over; one whose criteria oppose each other
rewards what it punishes (OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import isqrt

from rankings.engine.columns import Exact
from rankings.engine.marks import Marks
from rankings.engine.method import Branch, Method, Node
from rankings.engine.result import Result

_DIGITS = 3
# Above it two criteria of a family are nearly one; below 0, two criteria oppose each other.
TOO_MUCH = Decimal("0.9")
# Fewer units say nothing of two criteria.
FEWEST = 10


@dataclass(frozen=True)
class Correlation:
    """How two nodes go together: Pearson's coefficient of their points, from −1 to 1, to three decimals.

    `first`, `second`: node keys, in the order of the method. `units`: how many ranked units a value scored at both.
    `coefficient`: None with fewer than ten units, or when all have the same points at one node.
    `warning`: `redundant` for two siblings above 0.9, `opposed` for two nodes below 0; empty otherwise.
    """

    first: str
    second: str
    units: int
    coefficient: Decimal | None
    warning: str


def correlations(result: Result) -> tuple[Correlation, ...]:
    """Every pair of leaves, and every pair of families of the first level, in the order of the method.

    Bonuses are left out. Cost: one pass over the units for each pair, in whole numbers; the digits are exact.
    """
    sheet = result.sheet
    ranked = [at for at in range(len(sheet.units)) if at not in sheet.reasons]
    leaves: list[Node] = [leaf for leaf in sheet.method.leaves if not leaf.bonus]
    families: list[Node] = [node for node in sheet.method.nodes if isinstance(node, Branch)]
    parent = _parents(sheet.method)
    return tuple(
        _pair(one, other, sheet.marks, ranked, siblings=parent[one.key] == parent[other.key])
        for nodes in (leaves, families)
        for one, other in combinations(nodes, 2)
    )


def coefficient(first: Sequence[Exact], second: Sequence[Exact]) -> Decimal | None:
    """Pearson's coefficient of two lists of figures, cut to three decimals towards zero; None when one is constant.

    >>> coefficient([1, 2, 3], [2, 4, 7])
    Decimal('0.993')
    """
    count = len(first)
    spread_one, spread_two = (count * sum(x * x for x in nums) - sum(nums) ** 2 for nums in (first, second))
    if not spread_one or not spread_two:
        return None
    together = count * sum(x * y for x, y in zip(first, second, strict=True)) - sum(first) * sum(second)
    # r² is a fraction, and the whole square root of r² × 10⁶ gives the three first decimals of r, exactly.
    square = Fraction(together * together) / (spread_one * spread_two)
    root = isqrt(square.numerator * 10 ** (2 * _DIGITS) // square.denominator)
    return Decimal(root if together >= 0 else -root).scaleb(-_DIGITS)


def _pair(one: Node, other: Node, marks: Mapping[str, Marks], ranked: Sequence[int], *, siblings: bool) -> Correlation:
    first, second = marks[one.key], marks[other.key]
    both = [at for at in ranked if at not in first.status and at not in second.status]
    found = None
    if len(both) >= FEWEST:
        found = coefficient([first.nums[at] for at in both], [second.nums[at] for at in both])
    warning = ""
    if found is not None and found < 0:
        warning = "opposed"
    elif found is not None and siblings and found > TOO_MUCH:
        warning = "redundant"
    return Correlation(one.key, other.key, len(both), found, warning)


def _parents(method: Method) -> dict[str, str]:
    branches = [method.root, *(node for node in method.root.walk() if isinstance(node, Branch))]
    return {child.key: branch.key for branch in branches for child in branch.children}
