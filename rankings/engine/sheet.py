"""One unit under a method: its points at every node, its score, or the reason why it has none (Method § 3 to § 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from rankings.engine.aggregates import Part, combine
from rankings.engine.dataset import Absence, Dataset, Value
from rankings.engine.exact import decimal_text, round_value, shown_decimal
from rankings.engine.method import Branch, Leaf, Method, Node
from rankings.engine.missing import decide
from rankings.engine.quotients import Measure
from rankings.engine.result import Points, Row, Status, Unranked
from rankings.engine.scales import SCALES, CutPoints

# A branch takes the strongest of its children's statuses: one value is enough for it to be scored.
_STRONGEST_FIRST: tuple[Status, ...] = ("scored", "set_by_rule", "left_out")


@dataclass(frozen=True)
class Mark:
    """What a unit gets at one node, still exact; `points` is None when the node is left out."""

    points: Fraction | None
    status: Status
    coverage: Fraction


@dataclass(frozen=True)
class Sheet:
    """The sheet of one unit. `cuts` and `measures`: leaf key → cut points, and what its scale is given."""

    unit: str
    dataset: Dataset
    method: Method
    cuts: Mapping[str, CutPoints]
    measures: Mapping[str, Measure]
    marks: dict[str, Mark] = field(default_factory=dict)

    def row(self) -> Row:
        """All of the unit but its rank, which takes the others."""
        total = self.mark(self.method.root)
        bonus = self.bonus()
        reason = self.why_required() or self.why_uncovered()
        exact = None if reason is not None or total.points is None else total.points + bonus
        return Row(
            unit=self.unit,
            rank=None,
            tied=False,
            score=None if exact is None else self.method.rounding.score.apply(exact),
            exact_score=exact,
            coverage=total.coverage,
            reason=reason,
            points={node.key: self.shown(node) for node in self.method.root.walk()},
            inputs={indicator: self.dataset.value(indicator, self.unit) for indicator in self.method.indicators},
        )

    def mark(self, node: Node) -> Mark:
        """The mark of a node, kept in `marks` after those of all the nodes below it."""
        mark = self.leaf_mark(node) if isinstance(node, Leaf) else self.branch_mark(node)
        self.marks[node.key] = mark
        return mark

    def leaf_mark(self, leaf: Leaf) -> Mark:
        """From the value, or from the rule for its absence; rounded when the method rounds what counts."""
        measure = self.measures[leaf.key]
        if isinstance(measure, Absence):
            points = decide(leaf.missing[measure]).points
            status: Status = "left_out" if points is None else "set_by_rule"
        else:
            points = SCALES[leaf.scale.kind].mark(measure, self.cuts[leaf.key])
            status = "scored"
        rounding = self.method.rounding.points
        if points is not None and rounding is not None:
            points = Fraction(rounding.apply(points))
        return Mark(points, status, Fraction(status == "scored"))

    def branch_mark(self, branch: Branch) -> Mark:
        """From the marks of the children."""
        below = [(self.mark(child), child, share) for child, share in branch.shares]
        parts = [
            Part(share, None if mark.points is None else mark.points / child.out_of, mark.coverage)
            for mark, child, share in below
        ]
        filled, coverage = combine(parts)
        statuses = {mark.status for mark, _, _ in below}
        status = min(statuses, key=_STRONGEST_FIRST.index)
        points = None if filled is None else filled * branch.out_of
        if points is not None and branch.rounding is not None:
            points = Fraction(branch.rounding.apply(points))
        return Mark(points, status, coverage)

    def bonus(self) -> Fraction:
        """What the bonuses that are known add to the score (Method § 5.1)."""
        return sum((self.mark(leaf).points or Fraction(0) for leaf in self.method.bonuses), Fraction(0))

    def why_required(self) -> Unranked | None:
        """The first leaf whose absence forbids a rank, in the order of the method (Method § 9)."""
        for leaf in self.method.leaves:
            measure = self.measures[leaf.key]
            if isinstance(measure, Absence) and not decide(leaf.missing[measure]).ranked:
                params = {"node": leaf.key, "indicator": self.lacking(leaf, measure), "absence": measure.value}
                return Unranked("value-required", params)
        return None

    def lacking(self, leaf: Leaf, absence: Absence) -> str:
        """Which of a leaf's indicators is to blame: the first absent in this way, or the divisor when all are known."""
        to_blame = (code for code in leaf.indicators if self.dataset.value(code, self.unit) is absence)
        return next(to_blame, leaf.indicators[-1])

    def why_uncovered(self) -> Unranked | None:
        """The first branch of which too little is known, the whole method first (Method § 9)."""
        root = self.method.root
        branches = (node for node in root.walk() if isinstance(node, Branch))
        for branch in (root, *branches):
            coverage = self.marks[branch.key].coverage
            # Of a unit of which nothing is known nothing can be said, even by a method that asks for no minimum.
            if coverage < Fraction(branch.minimum_coverage) or (branch is root and not coverage):
                cut = decimal_text(round_value(coverage, 4, "down"))
                params = {"coverage": cut, "minimum": decimal_text(branch.minimum_coverage)}
                return Unranked("below-coverage", params | ({} if branch is root else {"node": branch.key}))
        return None

    def shown(self, node: Node) -> Points:
        """The mark of a node as the result shows it: points that were rounded before they counted stay as they are."""
        mark, measure = self.marks[node.key], self.measures.get(node.key)
        rules = self.method.rounding
        rounding = (rules.points if isinstance(node, Leaf) else node.rounding) or rules.shown
        value: Value | None = shown_decimal(measure) if isinstance(measure, Fraction) else measure
        return Points(
            value=value,
            points=None if mark.points is None else rounding.apply(mark.points),
            out_of=shown_decimal(node.out_of),
            status=mark.status,
            absence=measure if isinstance(measure, Absence) else None,
            coverage=mark.coverage,
        )
