"""Why a unit moved between two editions: its data, the method, or those it is compared with (Method § 12).

The two editions are ranked in all the mixtures of the one and the other. What a part of the change is worth depends on
what has changed before it; the average over all the orders is Shapley's value (L. S. Shapley, “A value for n-person
games”, 1953), the only sharing that adds up exactly to the move and gives equal parts to equal causes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial

from rankings.engine.dataset import Dataset, Value
from rankings.engine.method import Method
from rankings.engine.ranking import rank
from rankings.engine.result import Result
from rankings.engine.reweighting import reweighted

CAUSES = ("data", "method", "perimeter")
# Beyond so many causes there would be more than four thousand rankings to compute.
MOST_CAUSES = 12

# What is looked at in each ranking: unit → rank, without the units that have none.
type Ranks = Mapping[str, int]


@dataclass(frozen=True)
class Edition:
    """What an edition is made of."""

    dataset: Dataset
    method: Method


@dataclass(frozen=True)
class Move:
    """How many places a unit gained from one ranking to another, and to what it owes each of them.

    `before`, `after`: its ranks, None when it has none there. `gained`: before − after; below 0 when it lost places.
    `effects`: cause → places gained by it, exact, adding up to `gained`. `gained` and `effects` are None together: a
    rank is lacking before or after. `effects` alone is None when the unit has no rank in one of the mixtures.
    """

    before: int | None
    after: int | None
    gained: int | None
    effects: Mapping[str, Fraction] | None


def moves(before: Edition, after: Edition) -> Mapping[str, Move]:
    """Every unit of either edition, by id → its move, shared between CAUSES.

    `data`: the figures of the units that are in both. `method`: the rules, an indicator that one edition alone has
    being then read there in both, so that its arrival is an effect of the method. `perimeter`: the units there are;
    who is in one edition only keeps its figures of that edition. Cost: eight rankings. Raises what `rank` raises.

    >>> from rankings.engine import parse_method
    >>> from decimal import Decimal
    >>> method = parse_method('''
    ... format = 1
    ... title = { fr = "Essai" }
    ... aggregate = "mean"
    ... points = 10
    ... rounding = { score = { digits = 1, mode = "half_up" }, ranks_on = "rounded" }
    ... missing = { missing = "zero", not_communicated = "zero", not_applicable = "zero", secret = "zero" }
    ... [[node]]
    ... key = "a"
    ... title = { fr = "A" }
    ... weight = 1
    ... indicator = "a"
    ... scale = { kind = "minmax", better = "higher", low = 0, high = 10 }
    ... ''')
    >>> old = Dataset(("x", "y"), {"a": {"x": Decimal(4), "y": Decimal(5)}})
    >>> new = Dataset(("x", "y", "z"), {"a": {"x": Decimal(6), "y": Decimal(5), "z": Decimal(9)}})
    >>> move = moves(Edition(old, method), Edition(new, method))["x"]
    >>> move.gained, {cause: str(places) for cause, places in move.effects.items()}
    (0, {'data': '1', 'method': '0', 'perimeter': '-1'})
    """

    def ranked(changed: frozenset[str]) -> Ranks:
        sides = {cause: after if cause in changed else before for cause in CAUSES}
        other = before if sides["data"] is after else after
        units = sides["perimeter"].dataset.units
        dataset = mixed(sides["data"].dataset, other.dataset, units, sides["method"].method.indicators)
        return {unit: place for unit, (place, _) in rank(dataset, sides["method"].method).ranks.items()}

    return shared(CAUSES, ranked, {*before.dataset.units, *after.dataset.units})


def moves_of_weights(result: Result, weights: Mapping[str, Decimal]) -> Mapping[str, Move]:
    """Every unit of a result, by id → its move when some weights change and nothing else, shared between their nodes.

    `weights`: node key → its new weight; a node that keeps its weight is no cause. Cost: 2ⁿ rankings from points
    already computed, for n weights that change. Raises ValueError for more than MOST_CAUSES of them, and what
    `reweighted` raises; some weights of siblings alone must not make them all weigh nothing.
    """
    now = {node.key: node.weight for node in result.sheet.method.root.walk()}
    changing = {key: weight for key, weight in weights.items() if now.get(key) != weight}

    def ranked(changed: frozenset[str]) -> Ranks:
        drawn = reweighted(result, {key: changing[key] for key in changed})
        return {unit: place for unit, (place, _) in drawn.ranks.items()}

    return shared(changing, ranked, result.sheet.units)


def mixed(first: Dataset, second: Dataset, units: Iterable[str], indicators: Iterable[str]) -> Dataset:
    """The figures of some units as the first dataset has them, or else, of a unit or indicator it lacks, the second.

    Raises KeyError for an indicator that neither has.
    """
    of_first = set(first.units)
    wanted = tuple(units)
    values: dict[str, dict[str, Value]] = {}
    for code in indicators:
        main = first if code in first.values else second
        spare = second if code in second.values else first
        sides = {unit: main if unit in of_first else spare for unit in wanted}
        values[code] = {unit: side.value(code, unit) for unit, side in sides.items()}
    groups: dict[str, dict[str, str]] = {}
    for name in {**first.groups, **second.groups}:
        main = first if name in first.groups else second
        spare = second if name in second.groups else first
        labels = {unit: (main if unit in of_first else spare).groups.get(name, {}).get(unit) for unit in wanted}
        groups[name] = {unit: label for unit, label in labels.items() if label}
    return Dataset(wanted, values, groups)


def shared(
    causes: Iterable[str], ranked: Callable[[frozenset[str]], Ranks], units: Iterable[str]
) -> Mapping[str, Move]:
    """The move of each unit from `ranked` of no cause to `ranked` of all, shared exactly between them.

    Calls `ranked` once for each set of causes. Raises ValueError for more than MOST_CAUSES.
    """
    players = tuple(causes)
    if len(players) > MOST_CAUSES:
        raise ValueError(f"{len(players)} causes, expected at most {MOST_CAUSES}")
    subsets = [frozenset(chosen) for size in range(len(players) + 1) for chosen in combinations(players, size)]
    found = {subset: ranked(subset) for subset in subsets}
    return {unit: _move(players, found, unit) for unit in sorted(units)}


def _move(players: tuple[str, ...], found: Mapping[frozenset[str], Ranks], unit: str) -> Move:
    before, after = found[frozenset()].get(unit), found[frozenset(players)].get(unit)
    if before is None or after is None:
        return Move(before, after, None, None)
    places = {subset: ranks[unit] for subset, ranks in found.items() if unit in ranks}
    effects = _shapley(players, places) if len(places) == len(found) else None
    return Move(before, after, before - after, effects)


def _shapley(players: tuple[str, ...], places: Mapping[frozenset[str], int]) -> Mapping[str, Fraction]:
    orders = factorial(len(players))
    effects = dict.fromkeys(players, Fraction(0))
    for subset, place in places.items():
        for player in set(players) - subset:
            ways = factorial(len(subset)) * factorial(len(players) - len(subset) - 1)
            effects[player] += Fraction(ways, orders) * (place - places[subset | {player}])
    return effects
