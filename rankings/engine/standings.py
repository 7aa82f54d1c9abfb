"""The place of each unit, once scores are there: of equals, within groups, by level and band (Method § 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rankings.engine.columns import Exact
from rankings.engine.dataset import Dataset, Value
from rankings.engine.exact import shown_decimal
from rankings.engine.marks import Marks
from rankings.engine.placing import Band, TieBreaker
from rankings.engine.ranks import competition_ranks

# What two units are compared by: a score, then for each tie-breaker whether it is there, and how good it is.
type Compared = int | Fraction | tuple[Exact | tuple[int, Exact], ...]


@dataclass(frozen=True)
class GroupPlace:
    """A place within a group: its label, the rank there and whether it is shared, of so many ranked units."""

    label: str
    rank: int
    tied: bool
    ranked: int


@dataclass(frozen=True)
class Standing:
    """What is said of a ranked unit beyond its rank; each part is empty where the method does not declare it.

    `level`: its label. `band`: the ranks that its own is told with. `groups`: grouping → its place there, without those
    in which it is in no group. `tie_breakers`: what each compared of it, when another unit has the same score; None
    for a node left out.
    """

    level: str = ""
    band: Band | None = None
    groups: Mapping[str, GroupPlace] = field(default_factory=dict)
    tie_breakers: tuple[Value | None, ...] = ()


NOTHING = Standing()


def untied(
    scores: Sequence[Exact], tie_breakers: Sequence[TieBreaker], dataset: Dataset, marks: Mapping[str, Marks]
) -> Sequence[Compared]:
    """What each unit is compared by: its score, and behind it what tells equals apart, best greatest (Method § 8.1).

    A unit of whom a tie-breaker is absent comes after those of whom it is there.
    """
    if not tie_breakers:
        return scores
    keys = [_keys(one, dataset, marks) for one in tie_breakers]
    return list(zip(scores, *keys, strict=True))


def shown(tie_breaker: TieBreaker, at: int, dataset: Dataset, marks: Mapping[str, Marks]) -> Value | None:
    """What a tie-breaker compared of one unit: points of a node, None when left out, or the value of an indicator."""
    if tie_breaker.indicator:
        return dataset.value(tie_breaker.indicator, dataset.ordered[at])
    points = marks[tie_breaker.node].points(at)
    return None if points is None else shown_decimal(points)


def within_groups(compared: Mapping[str, Compared], labels: Mapping[str, str]) -> Mapping[str, GroupPlace]:
    """The place of each ranked unit in its group, by the same rule as in the whole ranking (Method § 8.4).

    `compared`: ranked unit → what it is compared by. `labels`: unit → its group; those in none have no place.

    >>> places = within_groups({"a": 7, "b": 9, "c": 7}, {"a": "Nord", "b": "Sud", "c": "Nord"})
    >>> [(unit, place.label, place.rank, place.tied) for unit, place in places.items()]
    [('a', 'Nord', 1, True), ('b', 'Sud', 1, False), ('c', 'Nord', 1, True)]
    """
    groups: dict[str, dict[str, Compared]] = {}
    for unit, score in compared.items():
        if unit in labels:
            groups.setdefault(labels[unit], {})[unit] = score
    places = {
        unit: GroupPlace(label, rank, tied, len(members))
        for label, members in groups.items()
        for unit, (rank, tied) in competition_ranks(members).items()
    }
    return {unit: places[unit] for unit in sorted(places)}


def _keys(tie_breaker: TieBreaker, dataset: Dataset, marks: Mapping[str, Marks]) -> list[tuple[int, Exact]]:
    sign = 1 if tie_breaker.better == "higher" else -1
    if tie_breaker.indicator:
        column = dataset.columns[tie_breaker.indicator]
        return [(0, 0) if at in column.absent else (1, sign * num) for at, num in enumerate(column.nums)]
    node = marks[tie_breaker.node]
    return [(0, 0) if node.status.get(at) == "left_out" else (1, sign * num) for at, num in enumerate(node.nums)]
