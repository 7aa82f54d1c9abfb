"""A study: thousands of rankings, and what they have in common (Method § 13)."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from rankings.engine.result import Result
from rankings.engine.robustness.drawing import Drawing, Ints, taken
from rankings.engine.robustness.rescoring import Rescoring
from rankings.engine.scenarios import JITTERED, MISSING_CHOICES, SCALE_CHOICES, scenarios
from rankings.engine.uncertainty import FIRST, MOST_UNITS, Plan, Robustness, UnitRobustness

# So many ranks are held at once, whatever the number of draws.
_AT_ONCE = 2**18
# What one source makes of the movement is measured on a tenth of the draws.
_FEWER = 10
_HUNDREDTHS = (50, 5, 95)


def study(result: Result, plan: Plan) -> Robustness:
    """How the ranks of a result stand a plan of draws.

    Only the ranked units are studied, in the order of the ranking. Raises ValueError without any, or for more than
    3,000 of them. Memory does not grow with the number of draws. Cost: about that of so many sorts of the units.
    """
    units = len(result.ranks)
    if not 1 <= units <= MOST_UNITS:
        raise ValueError(f"{units} ranked units, expected from 1 to {MOST_UNITS}")
    possible = scenarios(
        result.sheet,
        [plan.jitter * (2 * at + 1 - JITTERED) / JITTERED for at in range(JITTERED)]
        if "thresholds" in plan.sources
        else (),
        SCALE_CHOICES if "scales" in plan.sources else SCALE_CHOICES[:1],
        MISSING_CHOICES if "missing" in plan.sources else MISSING_CHOICES[:1],
    )
    drawing, rescoring = Drawing(result.sheet.method, possible, plan), Rescoring(result, possible)
    size = max(1, _AT_ONCE // units)
    counts = np.zeros(units * units, dtype=np.int64)
    before = np.zeros(units - 1, dtype=np.int64)
    for draws in drawing.all(size):
        scores = rescoring.scores(draws)
        before += (scores[:, :-1] > scores[:, 1:]).sum(axis=0)
        ranked, ranks = ranks_of(scores)
        counts += np.bincount((ranked * units + ranks).ravel(), minlength=units * units)
    ranks_drawn = counts.reshape(units, units)
    published = [rank for rank, _ in result.ranks.values()]
    told = _units(result, plan, ranks_drawn, published, before)
    moved = sum(
        int((np.abs(np.arange(1, units + 1) - rank) * line).sum())
        for rank, line in zip(published, ranks_drawn, strict=True)
    )
    shift = Fraction(moved, units * plan.draws)
    return Robustness(plan, result.method_digest, told, shift, _shares(plan, drawing, rescoring, size), possible.exact)


def ranks_of(scores: Ints) -> tuple[Ints, Ints]:
    """For each line of scores, its columns from the best to the worst, and the competition rank of each, from 0.

    >>> ranked, ranks = ranks_of(np.array([[3, 7, 3]]))
    >>> ranked.tolist(), ranks.tolist()
    ([[1, 0, 2]], [[0, 1, 1]])
    """
    units = scores.shape[1]
    bits = max(units - 1, 1).bit_length()
    best = scores.max()
    if (int(best) - int(scores.min())).bit_length() + bits <= 62:
        # A score and its column in one number: sorting numbers is several times faster than sorting places.
        packed = np.sort(((best - scores) << bits) | np.arange(units), axis=1)
        lost, ranked = packed >> bits, packed & ((1 << bits) - 1)
    else:
        ranked = np.argsort(-scores, axis=1, kind="stable")
        lost = -np.take_along_axis(scores, ranked, axis=1)
    starts = np.zeros(scores.shape, dtype=np.int64)
    starts[:, 1:] = np.where(lost[:, 1:] != lost[:, :-1], np.arange(1, units), 0)
    return ranked, np.maximum.accumulate(starts, axis=1)


def _places(scores: Ints) -> Ints:
    """The rank of each column, from 0."""
    ranked, ranks = ranks_of(scores)
    places = np.empty_like(ranks)
    np.put_along_axis(places, ranked, ranks, axis=1)
    return places


def _shares(plan: Plan, drawing: Drawing, rescoring: Rescoring, size: int) -> dict[str, Fraction]:
    """Source → the places that units move when that source alone is drawn anew, as a part of their sum."""
    if len(plan.sources) == 1:
        return dict.fromkeys(plan.sources, Fraction(1))
    moved = dict.fromkeys(plan.sources, 0)
    for draws, others in drawing.some(-(-plan.draws // _FEWER), size):
        places = _places(rescoring.scores(draws))
        for source in plan.sources:
            anew = _places(rescoring.scores(taken(draws, others, (source,))))
            moved[source] += int(np.abs(anew - places).sum())
    total = sum(moved.values())
    return {source: Fraction(places, total) for source, places in moved.items()} if total else {}


def _units(
    result: Result, plan: Plan, drawn: Ints, published: Sequence[int], before: Ints
) -> tuple[UnitRobustness, ...]:
    so_far = np.cumsum(drawn, axis=1)
    # The first rank that so many hundredths of the draws do not exceed; in whole numbers, so that none is just missed.
    middle, low, high = ((100 * so_far < part * plan.draws).sum(axis=1) + 1 for part in _HUNDREDTHS)
    told: list[UnitRobustness] = []
    group, reach = 0, 0
    for at, unit in enumerate(result.ranks):
        if at == 0 or low[at] > reach:
            group, reach = group + 1, int(high[at])
        told.append(
            UnitRobustness(
                unit=unit,
                rank=published[at],
                median=int(middle[at]),
                low=int(low[at]),
                high=int(high[at]),
                first_ten=Fraction(int(so_far[at, min(FIRST, len(published)) - 1]), plan.draws),
                precedes=Fraction(int(before[at]), plan.draws) if at < len(before) else None,
                group=group,
            )
        )
    return tuple(told)
