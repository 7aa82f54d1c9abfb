"""What every unit gets at one node, from its values or from the nodes below it (Method § 3 to § 7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rankings.engine.aggregates import AGGREGATES, Part, filled, gathered
from rankings.engine.arithmetic import DIGITS
from rankings.engine.columns import Column, Exact, over_one, rounded, scaled
from rankings.engine.dataset import DatasetError
from rankings.engine.exact import Rounding, exact_text
from rankings.engine.imputing import FilledStatus
from rankings.engine.method import Branch, Leaf, Method, Node
from rankings.engine.missing import decide
from rankings.engine.scales import CutPoints

type Status = Literal["scored", "left_out", "set_by_rule"] | FilledStatus


@dataclass(frozen=True, slots=True)
class Marks:
    """What all units get at one node, `nums[i] / den`, still exact unless the method rounds it there.

    `status`: of the units that no value scored there. `lacking`: the part of the node's weight that is not known, of
    the units of whom something is not, from above 0 to 1. Both leave out all the others, so that a complete column
    costs nothing.
    """

    nums: Sequence[Exact]
    den: int
    status: Mapping[int, Status] = field(default_factory=dict)
    lacking: Mapping[int, Fraction] = field(default_factory=dict)

    def points(self, at: int) -> Fraction | None:
        """What one unit gets; None when the node is left out."""
        return None if self.status.get(at) == "left_out" else Fraction(self.nums[at]) / self.den

    def coverage(self, at: int) -> Fraction:
        """What is known of the node's weight for one unit, from 0 to 1."""
        return 1 - self.lacking.get(at, Fraction(0))

    def rounded(self, rounding: Rounding | None) -> "Marks":
        """The same marks once rounded as the method declares it."""
        if rounding is None:
            return self
        return Marks(rounded(self.nums, self.den, rounding), 10**rounding.digits, self.status, self.lacking)


def leaf_marks(leaf: Leaf, values: Column, cuts: CutPoints, filled: Mapping[int, FilledStatus]) -> Marks:
    """From the values by the scale, and from the rules where there is none; `filled`: those who stand in for others."""
    scored = leaf.scale.marks(values, cuts)
    if not values.absent and not filled:
        return Marks(scored.nums, scored.den)
    nums = list(scored.nums)
    status: dict[int, Status] = {**filled}
    for at, kind in values.absent.items():
        points = decide(leaf.missing[kind]).points
        nums[at] = scaled(points or Fraction(0), scored.den)
        status[at] = "left_out" if points is None else "set_by_rule"
    return Marks(nums, scored.den, status, dict.fromkeys(status, Fraction(1)))


def branch_marks(branch: Branch, below: Mapping[str, Marks], units: Sequence[str] = (), digits: int = DIGITS) -> Marks:
    """From the marks of the children, by their keys; a bonus plays no part here. `digits`: those of a root.

    Raises DatasetError, naming the unit of `units` and the child, when negative points would enter a geometric or a
    harmonic mean.
    """
    children = [(child, share, below[child.key]) for child, share in branch.shares]
    parts = [_part(child, share, marks) for child, share, marks in children]
    if branch.counting.missing == "zero":
        parts = [replace(part, left_out=frozenset()) for part in parts]
    aggregate = AGGREGATES[branch.aggregate]
    if not aggregate.adds:
        _check_positive(branch, children, units)
    if aggregate.adds and branch.counting.best is None:
        nums, den, left_out = filled(parts)
        out_of = branch.out_of / den
        nums, den = [num * out_of.numerator for num in nums], out_of.denominator
    else:
        points, left_out = gathered(parts, aggregate, branch.counting, branch.out_of, digits)
        nums, den = over_one(points)
    return Marks(nums, den, _status(children, left_out), _lacking(children))


def tree_marks(method: Method, leaves: Mapping[str, Marks], units: Sequence[str] = ()) -> Mapping[str, Marks]:
    """Node key → marks, for every node and for the root, whose key is empty, from those of the leaves.

    Raises what `branch_marks` raises.
    """
    found = dict(leaves)
    below = [node for node in method.root.walk() if isinstance(node, Branch)]
    # Parents come before their children in a walk, and need them first here.
    for branch in (*reversed(below), method.root):
        found[branch.key] = branch_marks(branch, found, units, method.digits).rounded(branch.rounding)
    return found


def with_bonuses(total: Marks, bonuses: Sequence[Marks]) -> tuple[Sequence[Exact], int]:
    """The exact scores, over one denominator: the total and what each bonus that is known adds (Method § 5.1)."""
    nums, den = total.nums, total.den
    for bonus in bonuses:
        nums = [num * bonus.den + more * den for num, more in zip(nums, bonus.nums, strict=True)]
        den *= bonus.den
    return nums, den


def brought_to(
    best_score: Decimal | None, nums: Sequence[Exact], den: int, ranked: Iterable[int]
) -> tuple[Sequence[Exact], int]:
    """The same scores in proportion, the best of those at `ranked` being `best_score` (Method § 7.2).

    As they are without a `best_score`, and when no score is above 0.
    """
    best = max((nums[at] for at in ranked), default=0)
    if best_score is None or best <= 0:
        return nums, den
    factor = Fraction(best_score) / best
    return [num * factor.numerator for num in nums], factor.denominator


def _part(child: Node, share: Fraction, marks: Marks) -> Part:
    left_out = {at for at, status in marks.status.items() if status == "left_out"}
    return Part(share, marks.nums, marks.den * child.out_of, left_out)


def _check_positive(branch: Branch, children: Sequence[tuple[Node, Fraction, Marks]], units: Sequence[str]) -> None:
    for child, share, marks in children:
        at = next((at for at, num in enumerate(marks.nums) if num < 0 and share), None)
        if at is not None:
            unit = f"unit {units[at]!r}, " if units else ""
            points = exact_text(Fraction(marks.nums[at]) / marks.den)
            mean = f"{branch.aggregate} mean" + (f" of {branch.key!r}" if branch.key else "")
            raise DatasetError(
                f"{unit}node {child.key!r}: {points} points cannot enter the {mean}, which takes 0 or more"
            )


def _status(children: Sequence[tuple[Node, Fraction, Marks]], left_out: set[int]) -> dict[int, Status]:
    """Of the units that no child scored: one value is enough for a branch to be scored, if it weighs anything."""
    unscored = set.intersection(*(set(marks.status) for _, share, marks in children if share))
    return {at: "left_out" if at in left_out else "set_by_rule" for at in unscored}


def _lacking(children: Sequence[tuple[Node, Fraction, Marks]]) -> dict[int, Fraction]:
    """The unknown part of a branch: the unknown parts of its children, by their shares."""
    lost: defaultdict[int, Fraction] = defaultdict(Fraction)
    for _, share, marks in children:
        for at, part in marks.lacking.items():
            lost[at] += share * part
    everything = sum(share for _, share, _ in children)
    return {at: part / everything for at, part in lost.items()}
