"""What exactness costs: the engine beside the same computations in floats and in bare decimals, run in turn.

Prints the median of each, the ratio and the target; the ratio is what to compare from one machine to another. The
floats are scikit-criteria's (`make bench` installs it); before anything is timed, both must give the same scores.
"""

import sys
import warnings
from collections.abc import Callable
from decimal import Decimal
from operator import mul
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import skcriteria
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.preprocessing.invert_objectives import NegateMinimize
from skcriteria.preprocessing.scalers import MinMaxScaler, SumScaler

from bench.drawn import Drawn, in_turn
from rankings.engine import rank, reweighted

TOLERANCE = 1e-9


def pipeline(drawn: Drawn) -> Callable[[], object]:
    """The same ranking in scikit-criteria: inverted objectives, min–max, weights of sum 1, weighted sum, ranks."""
    matrix = np.array([[float(value) for value in column] for column in drawn.columns]).T
    objectives = [max if better == "higher" else min for better in drawn.better]
    decision = skcriteria.mkdm(matrix, objectives, weights=drawn.weights)
    steps = (NegateMinimize(), MinMaxScaler(target="matrix"), SumScaler(target="weights"))
    model = WeightedSumModel()

    def ranked() -> object:
        made = decision
        for step in steps:
            made = step.transform(made)
        return model.evaluate(made)

    return ranked


def agree(drawn: Drawn, floats: Callable[[], object]) -> None:
    """Stop unless the scores out of 10 are the same to a billionth."""
    exact = {row.unit: float(row.exact_score) for row in rank(drawn.dataset, drawn.method).rows}
    ours = np.array([exact[unit] for unit in drawn.dataset.ordered])
    worst = float(np.max(np.abs(ours / 10 - floats().e_.score)))
    if worst > TOLERANCE:
        sys.exit(f"the scores differ by {worst}")


def against_floats(units: int, target: float, rounds: int) -> None:
    """Rank so many units exactly and in floats."""
    drawn = Drawn(units)
    floats = pipeline(drawn)
    agree(drawn, floats)
    exact_ms, float_ms = in_turn(rounds, lambda: rank(drawn.dataset, drawn.method).ranks, floats)
    told(f"rank {units} × 30", exact_ms, float_ms, "scikit-criteria", target)


def growth(units: int, times: int, rounds: int) -> None:
    """How much longer it takes to rank so many times the units: in proportion, when it grows linearly."""
    less, more = Drawn(units), Drawn(units * times)
    few, many = in_turn(rounds, *(lambda made=made: rank(made.dataset, made.method).ranks for made in (less, more)))
    print(f"{units * times} units instead of {units}: {many / few:.1f} times as long (target {times})")


def against_decimals(drawn: Drawn, rounds: int) -> None:
    """Rank again with other weights, beside a weighted sum of the same points in decimals and a sort."""
    result = rank(drawn.dataset, drawn.method)
    marks = [result.sheet.leaves[leaf.key] for leaf in drawn.method.leaves]
    rows = [[Decimal(mark.nums[at]) / mark.den for mark in marks] for at in range(drawn.units)]
    others = [Decimal(weight + 1) for weight in drawn.weights]
    by_key = {leaf.key: weight for leaf, weight in zip(drawn.method.leaves, others, strict=True)}

    def bare() -> dict[Decimal, int]:
        scores = [sum(map(mul, row, others)) for row in rows]
        places: dict[Decimal, int] = {}
        for place, score in enumerate(sorted(scores, reverse=True), start=1):
            places.setdefault(score, place)
        return places

    exact_ms, bare_ms = in_turn(rounds, lambda: reweighted(result, by_key).ranks, bare)
    told(f"other weights on {drawn.units} × 30", exact_ms, bare_ms, "bare decimals", 3.0)


def told(what: str, exact_ms: float, other_ms: float, other: str, target: float) -> None:
    """One line: both times, their ratio, and what it should be at most."""
    ratio = exact_ms / other_ms
    print(f"{what}: exact {exact_ms:.1f} ms, {other} {other_ms:.1f} ms, ratio {ratio:.2f} (target {target:.1f})")


def main() -> None:
    """Time each, and how the time grows with the units."""
    warnings.simplefilter("ignore")
    against_floats(200, 1.0, 25)
    against_floats(10_000, 10.0, 7)
    growth(2_000, 5, 7)
    against_decimals(Drawn(200), 25)


if __name__ == "__main__":
    main()
