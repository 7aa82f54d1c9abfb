"""Draws of a method whose branches are rounded, or are no weighted sums: each is ranked as the method is, exactly.

Some thousand times slower than adding whole numbers up, and the only right way: what a rounded branch gives is no
weighted sum of the points below it.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from rankings.engine.aggregates import AGGREGATES
from rankings.engine.counting import ALL
from rankings.engine.marks import Marks, brought_to, tree_marks, with_bonuses
from rankings.engine.method import Branch, Method, Node
from rankings.engine.ranks import competition_ranks
from rankings.engine.result import Result
from rankings.engine.robustness.drawing import THOUSAND, Draws, Ints
from rankings.engine.scenarios import Cells, Scenarios


def is_linear(method: Method) -> bool:
    """Whether the score is a weighted sum of the points of the leaves, whatever the weights."""
    below = [node for node in method.root.walk() if isinstance(node, Branch)]
    added = all(AGGREGATES[branch.aggregate].adds and branch.counting == ALL for branch in (method.root, *below))
    return added and method.best_score is None and not any(branch.rounding for branch in below)


class Replaying:
    """One result, ready to be ranked again under drawn weights and chosen points."""

    def __init__(self, result: Result, possible: Scenarios) -> None:
        self.method, self.possible = result.sheet.method, possible
        places = {unit: at for at, unit in enumerate(result.sheet.units)}
        order = [places[unit] for unit in possible.units]
        self.bonuses = [
            Marks([result.sheet.leaves[leaf.key].nums[at] for at in order], result.sheet.leaves[leaf.key].den)
            for leaf in self.method.bonuses
        ]
        self.keys = [node.key for node in self.method.root.walk()]

    def scores(self, draws: Draws, choice: tuple[str, str]) -> Ints:
        """One line a draw: how many units each one has behind it, which compares as its score does."""
        return np.array([self._line(draws, at, choice) for at in range(len(draws))], dtype=np.int64)

    def _line(self, draws: Draws, at: int, choice: tuple[str, str]) -> list[int]:
        factors = dict(zip(self.keys, map(int, draws.factors[at]), strict=True))
        method = replace(self.method, root=reweighed(self.method.root, factors))
        leaves = {}
        for position, leaf in enumerate(self.possible.leaves):
            cells = self._cells(position, int(draws.version[at, position]), choice)
            gone = position == int(draws.without[at])
            leaves[leaf.key] = _marks(tuple(None for _ in cells) if gone else cells, leaf.out_of, self.possible.scale)
        nums, den = with_bonuses(tree_marks(method, leaves)[""], self.bonuses)
        nums, den = brought_to(method.best_score, nums, den, range(len(nums)))
        rounding = method.rounding.score
        scores = {
            str(unit): rounding.apply(Fraction(num) / den) if method.ranks_on == "rounded" else Fraction(num) / den
            for unit, num in enumerate(nums)
        }
        ranks = competition_ranks(scores)
        return [len(nums) - ranks[str(unit)][0] for unit in range(len(nums))]

    def _cells(self, position: int, version: int, choice: tuple[str, str]) -> Cells:
        scale, rule = choice
        moved = self.possible.jittered[rule]
        if version >= 0 and scale == "declared" and position in moved:
            return moved[position][version]
        return self.possible.cells[choice][position]


def reweighed(branch: Branch, factors: Mapping[str, int]) -> Branch:
    """The same branch with the weight of each node below it multiplied by so many thousandths."""
    return replace(branch, children=tuple(_reweighed(child, factors) for child in branch.children))


def _reweighed(node: Node, factors: Mapping[str, int]) -> Node:
    weight = node.weight * factors[node.key] / Decimal(THOUSAND)
    return (
        reweighed(replace(node, weight=weight), factors) if isinstance(node, Branch) else replace(node, weight=weight)
    )


def _marks(cells: Cells, out_of: Fraction, scale: int) -> Marks:
    nums = [(cell or 0) * out_of.numerator for cell in cells]
    absent = [at for at, cell in enumerate(cells) if cell is None]
    return Marks(
        nums, scale * out_of.denominator, dict.fromkeys(absent, "left_out"), dict.fromkeys(absent, Fraction(1))
    )
