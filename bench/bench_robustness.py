"""What a study of robustness costs: beside the bare computation of the same draws in NumPy, run in turn.

Prints the median of each, the ratio and the target; the ratio is what to compare from one machine to another. The bare
computation draws weights, adds up points, rounds, ranks with ties and takes exact percentiles, in binary floats.
"""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench.drawn import Drawn, in_turn
from rankings.engine import rank
from rankings.engine.robustness import study
from rankings.engine.uncertainty import Plan

UNITS, DRAWS, ROUNDS = 200, 10_000, 5


def bare(points: np.ndarray) -> Callable[[], object]:
    """10,000 weightings of the points of each unit (a line) at each criterion (a column)."""
    units, criteria = points.shape

    def drawn() -> object:
        weights = np.random.default_rng(1).uniform(0.75, 1.25, (DRAWS, criteria))
        weights /= weights.sum(axis=1, keepdims=True)
        scores = np.round(weights @ points.T, 2)
        order = np.argsort(-scores, axis=1)
        sorted_scores = np.take_along_axis(scores, order, axis=1)
        new = np.ones(scores.shape, dtype=bool)
        new[:, 1:] = sorted_scores[:, 1:] != sorted_scores[:, :-1]
        ranks = np.empty(scores.shape, dtype=np.int64)
        first = np.maximum.accumulate(np.where(new, np.arange(units), 0), axis=1) + 1
        np.put_along_axis(ranks, order, first, axis=1)
        return np.percentile(ranks, [5, 50, 95], axis=0, method="inverted_cdf")

    return drawn


def main() -> None:
    """Time both on the same points."""
    drawn = Drawn(UNITS)
    result = rank(drawn.dataset, drawn.method)
    keys = [leaf.key for leaf in drawn.method.leaves]
    points = np.array([[float(row.points[key].points) for key in keys] for row in result.rows])
    plans = {"weights": (Plan(draws=DRAWS, sources=("weights",)), 1.5), "every source": (Plan(draws=DRAWS), 10)}
    for name, (plan, target) in plans.items():
        ours, theirs = in_turn(ROUNDS, lambda plan=plan: study(result, plan), bare(points))
        ratio = ours / theirs
        print(f"{DRAWS} draws × {UNITS} × 30, {name}: {ours:.0f} ms, bare NumPy {theirs:.0f} ms, ", end="")
        print(f"ratio {ratio:.2f} (target {target})")


if __name__ == "__main__":
    main()
