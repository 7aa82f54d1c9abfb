"""A whole ranking, column by column, and the row of one unit read out of it (Method § 5 to § 9)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from rankings.engine.absence import Absence
from rankings.engine.columns import Column, Exact, rounded
from rankings.engine.dataset import Dataset, Value
from rankings.engine.exact import shown_decimal
from rankings.engine.marks import Marks, brought_to, tree_marks, with_bonuses
from rankings.engine.method import Leaf, Method, Node
from rankings.engine.preparation import Prepared
from rankings.engine.ranks import competition_ranks
from rankings.engine.reasons import Unranked, reasons
from rankings.engine.rows import Points, Row
from rankings.engine.scales import CutPoints
from rankings.engine.standings import NOTHING, Compared, GroupPlace, Standing, shown, untied, within_groups


@dataclass(frozen=True)
class Sheet:
    """What was computed of all units, in the order of their ids.

    `values`: leaf key → what its scale is given, before the function of the value if there is one. `cuts`: leaf key →
    cut points. `leaves`: leaf key → marks, rounded when the method rounds what counts. `prepared`: leaf key → how its
    values were made ready, where there was anything to do. `marks`: node key → marks, for every node and for the root,
    whose key is empty. The rest follows, when it is asked for.
    """

    dataset: Dataset
    method: Method
    values: Mapping[str, Column]
    cuts: Mapping[str, CutPoints]
    leaves: Mapping[str, Marks]
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    marks: Mapping[str, Marks] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "marks", tree_marks(self.method, self.leaves, self.units))

    @property
    def units(self) -> tuple[str, ...]:
        """The units, in the order of all columns."""
        return self.dataset.ordered

    @cached_property
    def reasons(self) -> Mapping[int, Unranked]:
        """The position of each unit that cannot be ranked → the first reason why."""
        return reasons(self.method, self.units, self.values, self.marks, self.dataset)

    @cached_property
    def totals(self) -> tuple[Sequence[Exact], int]:
        """The exact scores of all units over one denominator, bonuses included; those of the unranked mean nothing."""
        nums, den = with_bonuses(self.marks[""], [self.leaves[leaf.key] for leaf in self.method.bonuses])
        ranked = (at for at in range(len(nums)) if at not in self.reasons)
        return brought_to(self.method.best_score, nums, den, ranked)

    @cached_property
    def scores(self) -> Sequence[Exact]:
        """The scores that ranks are taken on, rounded or not as the method says; those of the unranked mean nothing."""
        nums, den = self.totals
        return rounded(nums, den, self.method.rounding.score) if self.method.ranks_on == "rounded" else nums

    @cached_property
    def compared(self) -> Mapping[str, Compared]:
        """Ranked unit → what it is compared by: its score, then the tie-breakers of the method."""
        keys = untied(self.scores, self.method.placing.tie_breakers, self.dataset, self.marks)
        return {
            unit: key for at, (unit, key) in enumerate(zip(self.units, keys, strict=True)) if at not in self.reasons
        }

    @cached_property
    def ranks(self) -> Mapping[str, tuple[int, bool]]:
        """Unit id → its rank and whether it is shared: best first, then by unit id, without the unranked (§ 8)."""
        return competition_ranks(self.compared)

    @cached_property
    def groups(self) -> Mapping[str, Mapping[str, GroupPlace]]:
        """Grouping → ranked unit → its place there, for the groupings that the method names (§ 8.4)."""
        return {name: within_groups(self.compared, self.dataset.groups[name]) for name in self.method.placing.groups}

    @cached_property
    def _equals(self) -> Mapping[Exact, int]:
        """How many ranked units have each score."""
        return Counter(score for at, score in enumerate(self.scores) if at not in self.reasons)

    def rows(self) -> Iterator[Row]:
        """Every unit: the ranked by rank then id, then the others by id."""
        positions = {unit: at for at, unit in enumerate(self.units)}
        for unit, (rank, tied) in self.ranks.items():
            yield self.row(positions[unit], rank, tied=tied)
        for at in sorted(self.reasons):
            yield self.row(at, None, tied=False)

    def row(self, at: int, rank: int | None, *, tied: bool) -> Row:
        """All of the unit at one position."""
        unit, nums_den = self.units[at], self.totals
        exact = None if rank is None else Fraction(nums_den[0][at]) / nums_den[1]
        return Row(
            unit=unit,
            rank=rank,
            tied=tied,
            score=None if exact is None else self.method.rounding.score.apply(exact),
            exact_score=exact,
            coverage=self.marks[""].coverage(at),
            reason=self.reasons.get(at),
            points={node.key: self._shown(node, at) for node in self.method.root.walk()},
            inputs={code: self.dataset.value(code, unit) for code in self.method.counted},
            information={code: self.dataset.value(code, unit) for code in self.method.placing.information},
            standing=NOTHING if rank is None else self._standing(at, rank),
        )

    def _standing(self, at: int, rank: int) -> Standing:
        placing, unit = self.method.placing, self.units[at]
        score = self.method.rounding.score.apply(Fraction(self.totals[0][at]) / self.totals[1])
        equal = bool(placing.tie_breakers) and self._equals[self.scores[at]] > 1
        return Standing(
            level=placing.levels.label(score, rank, len(self.ranks)) if placing.levels else "",
            band=placing.band(rank),
            groups={name: places[unit] for name, places in self.groups.items() if unit in places},
            tie_breakers=tuple(shown(one, at, self.dataset, self.marks) for one in placing.tie_breakers if equal),
        )

    def _shown(self, node: Node, at: int) -> Points:
        """The mark of a node as the result shows it: points that were rounded before they counted stay as they are."""
        marks = self.marks[node.key]
        points, rules = marks.points(at), self.method.rounding
        own = node.rounding or (rules.points if isinstance(node, Leaf) else None)
        value = self.values[node.key][at] if isinstance(node, Leaf) else None
        prepared = self.prepared.get(node.key)
        measured = prepared.measure(at) if prepared else None
        return Points(
            value=_shown(value),
            measured=_shown(measured),
            points=None if points is None else (own or rules.shown).apply(points),
            out_of=shown_decimal(node.out_of),
            status=marks.status.get(at, "scored"),
            absence=next((found for found in (value, measured) if isinstance(found, Absence)), None),
            coverage=marks.coverage(at),
        )


def _shown(value: Fraction | Absence | None) -> Value | None:
    return shown_decimal(value) if isinstance(value, Fraction) else value
