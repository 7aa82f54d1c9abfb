"""The scores of all units in each draw, as whole numbers to be compared within the draw (Method § 13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from rankings.engine.columns import over_one
from rankings.engine.method import Branch, Leaf
from rankings.engine.result import Result
from rankings.engine.robustness.drawing import THOUSAND, Draws, Ints
from rankings.engine.robustness.replaying import Replaying, is_linear
from rankings.engine.scenarios import JITTERED, MISSING_CHOICES, SCALE_CHOICES, Cells, Scenarios, logarithms

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

# A drawn weighting is written in so many bits at most, and every figure that follows in one word.
_PARTS_BITS = 20
_WORD_BITS = 62
_FEWEST_PARTS_BITS = 16
# Scores that are not rounded compare to so many bits more than a unit of points, where units lack different leaves.
_FINER_BITS = 20


@dataclass(frozen=True)
class Table:
    """The cells of every leaf (a line) for every unit (a column); `known` where there is one.

    `patterns`: for each way in which units lack leaves, which leaves they have, and the columns of those units.
    `moved`: leaf → its lines with moved thresholds.
    """

    points: Floats
    known: Flags
    patterns: tuple[tuple[Flags, Ints], ...]
    moved: dict[int, Floats]

    @classmethod
    def of(cls, cells: tuple[Cells, ...], moved: Mapping[int, tuple[Cells, ...]]) -> "Table":
        """The table of the cells of each leaf."""
        known = np.array([[cell is not None for cell in line] for line in cells])
        found, of_column = np.unique(known, axis=1, return_inverse=True)
        patterns = tuple((found[:, at], np.flatnonzero(of_column == at)) for at in range(found.shape[1]))
        lines = {leaf: _floats(versions) for leaf, versions in moved.items()}
        return cls(_floats(cells), known, patterns, lines)

    def through(self, logs: Ints) -> "Table":
        """The same table where each cell is its logarithm, without moved thresholds."""
        ends = np.clip(self.points.astype(np.int64), 0, len(logs) - 1)
        return Table(np.where(self.known, logs[ends], 0).astype(np.float64), self.known, self.patterns, {})


def _floats(lines: tuple[Cells, ...]) -> Floats:
    return np.array([[cell or 0 for cell in line] for line in lines], dtype=np.float64)


class Rescoring:
    """One result, ready to be scored again.

    A drawn weighting is brought to 2²⁰ parts shared between the leaves; those of a leaf that a unit lacks go to the
    others of its branch first. Bonuses are added as they are, but to a geometric mean.
    """

    def __init__(self, result: Result, possible: Scenarios) -> None:
        self.method, self.possible = result.sheet.method, possible
        self.units = len(possible.units)
        self.position = {leaf.key: at for at, leaf in enumerate(possible.leaves)}
        self.node = {node.key: at for at, node in enumerate(self.method.root.walk())}
        self.rounding = self.method.rounding.score if self.method.ranks_on == "rounded" else None
        self._set_figures(result)
        self.replaying = None if self.fits and is_linear(self.method) else Replaying(result, possible)
        self.tables = {
            (scale, rule): Table.of(cells, possible.jittered[rule] if scale == "declared" else {})
            for (scale, rule), cells in possible.cells.items()
        }

    def _set_figures(self, result: Result) -> None:
        """The numbers by which a score is rounded: it is (S × times + bonus × T) ÷ (T × under), in last decimals."""
        places = {unit: at for at, unit in enumerate(result.sheet.units)}
        marks = [result.sheet.leaves[leaf.key] for leaf in self.method.bonuses]
        bonus = [
            sum((one.points(places[unit]) or Fraction(0) for one in marks), Fraction(0)) for unit in self.possible.units
        ]
        ten = 10 ** (self.rounding.digits if self.rounding else 0)
        out_of = self.method.root.out_of / self.possible.scale
        under = lcm(out_of.denominator, *(one.denominator for one in bonus))
        self.times, self.under = int(out_of * under * ten), under
        self.bonus = np.array([int(one * under * ten) for one in bonus], dtype=np.int64)
        greatest = 2 * (self.times * self.possible.greatest + int(self.bonus.max(initial=0)) + self.under)
        room = _WORD_BITS - greatest.bit_length()
        # Scores of a great many decimals leave too few bits for the weights: such draws are ranked one by one.
        self.fits = room >= _FEWEST_PARTS_BITS
        self.parts_bits = min(_PARTS_BITS, room) if self.fits else _PARTS_BITS
        self.finer = min(_FINER_BITS, max(0, room - self.parts_bits))
        self.flat = _flat(self.method.root, 2**self.parts_bits)
        self.flat_nodes = [self.node[leaf.key] for leaf in self.possible.leaves]

    @cached_property
    def logarithms(self) -> dict[tuple[str, str], Table]:
        """The tables with each cell as its logarithm."""
        logs = np.array(logarithms(self.possible.scale), dtype=np.int64)
        return {choice: table.through(logs) for choice, table in self.tables.items()}

    def scores(self, draws: Draws) -> Ints:
        """One line a draw, one column a unit; only figures of a same line compare."""
        scores = np.empty((len(draws), self.units), dtype=np.int64)
        group = (draws.scale * len(MISSING_CHOICES) + draws.rule) * 2 + draws.geometric
        for at in np.unique(group):
            chosen = np.flatnonzero(group == at)
            choice, geometric = divmod(int(at), 2)
            scale, rule = divmod(choice, len(MISSING_CHOICES))
            names = SCALE_CHOICES[scale], MISSING_CHOICES[rule]
            some = draws.of(chosen)
            if geometric:
                scores[chosen] = self._scores(some, self.logarithms[names], linear=False)
            elif self.replaying is None:
                scores[chosen] = self._scores(some, self.tables[names], linear=True)
            else:
                scores[chosen] = self.replaying.scores(some, names)
        return scores

    def _scores(self, draws: Draws, table: Table, *, linear: bool) -> Ints:
        scores = np.empty((len(draws), self.units), dtype=np.int64)
        for known, columns in table.patterns:
            weights = self.weights(draws, known)
            total = np.maximum(weights.sum(axis=1), 1).astype(np.int64)[:, None]
            summed = self._summed(weights, draws, table, columns).astype(np.int64)
            scores[:, columns] = self._compared(summed, total, columns, linear=linear, alone=len(table.patterns) == 1)
        return scores

    def _summed(self, weights: Floats, draws: Draws, table: Table, columns: Ints) -> Floats:
        """Weights × points, for some units; a leaf whose thresholds moved counts by what it then gives."""
        summed = np.zeros((len(draws), len(columns)))
        plain = weights.copy()
        for leaf, versions in table.moved.items():
            version = draws.version[:, leaf]
            each = np.zeros((len(draws), JITTERED))
            moved = np.flatnonzero(version >= 0)
            each[moved, version[moved]] = weights[moved, leaf]
            plain[moved, leaf] = 0
            summed += each @ versions[:, columns]
        return summed + plain @ table.points[:, columns]

    def _compared(self, summed: Ints, total: Ints, columns: Ints, *, linear: bool, alone: bool) -> Ints:
        """Figures of units that compare with those of others."""
        if not linear:
            # Sums of logarithms; over one total when units lack nothing, over their own otherwise.
            return summed if alone else (summed << 16) // total
        exact = summed * self.times + self.bonus[columns] * total
        if self.rounding is not None:
            return _rounded(exact, total * self.under, self.rounding.mode)
        return exact if alone else (exact << self.finer) // total

    def weights(self, draws: Draws, known: Flags) -> Floats:
        """The parts of each leaf in each draw, whole numbers, for units of whom some leaves are known.

        A method of one level keeps its weights as they are; the shares of several levels are brought to 2²⁰ parts.
        """
        if self.flat is not None:
            there = known & (draws.without[:, None] != np.arange(len(self.position)))
            drawn: Floats = (draws.factors[:, self.flat_nodes] * self.flat * there).astype(np.float64)
            return drawn
        shares = self._below(self.method.root, draws, known)
        return np.rint(shares * 2.0**self.parts_bits)

    def _below(self, branch: Branch, draws: Draws, known: Flags) -> Floats:
        """The share of each leaf in a branch, from 0 to 1 and adding up to 1; all 0 when none of them is there."""
        shares = np.zeros((len(draws), len(self.position)))
        total = np.zeros(len(draws))
        for child, share in branch.shares:
            weight = draws.factors[:, self.node[child.key]] * float(share)
            if isinstance(child, Leaf):
                at = self.position[child.key]
                weight *= (draws.without != at) & known[at]
                shares[:, at] = weight
            else:
                inside = self._below(child, draws, known)
                weight *= inside.any(axis=1)
                shares += inside * weight[:, None]
            # One after the other, in the order of the method: the same sum on any machine.
            total += weight
        np.divide(shares, total[:, None], out=shares, where=total[:, None] > 0)
        return shares


def _flat(root: Branch, most: int) -> Ints | None:
    """The shares of a method of one level as whole numbers, when their drawn sum is below `most`."""
    if any(isinstance(child, Branch) for child in root.children):
        return None
    nums, _ = over_one(share for _, share in root.shares)
    return np.array(nums, dtype=np.int64) if sum(nums) * 2 * THOUSAND < most else None


def _rounded(numerators: Ints, denominators: Ints, mode: str) -> Ints:
    """Quotients of whole numbers, rounded as a score is (Method § 7)."""
    size = np.abs(numerators)
    if mode == "half_up":
        whole = _quotients(2 * size + denominators, 2 * denominators)
    else:
        whole = _quotients(size, denominators)
    if mode == "half_even":
        side = 2 * (size - whole * denominators) - denominators
        whole += (side > 0) | ((side == 0) & (whole % 2 == 1))
    return np.where(numerators < 0, -whole, whole)


def _quotients(numerators: Ints, denominators: Ints) -> Ints:
    """Whole quotients of numbers from 0: guessed in floats, which are fast, then set right, which makes them exact."""
    guess = (numerators / denominators).astype(np.int64)
    rest = numerators - guess * denominators
    return guess - (rest < 0) + (rest >= denominators)
