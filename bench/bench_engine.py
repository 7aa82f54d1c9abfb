"""What exactness costs: the engine beside the same min–max ranking in plain binary floats, run in turn.

Prints the median of each and the ratio; the ratio is what to compare from one machine to another.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rankings.engine import Dataset, parse_method, rank

UNITS, INDICATORS, ROUNDS = 200, 30, 15

HEAD = """
format = 1
title = { fr = "Banc" }
aggregate = "mean"
points = 10
rounding = { score = { digits = 2, mode = "half_up" }, ranks_on = "rounded" }
missing = { missing = "leave_out", not_communicated = "zero", not_applicable = "leave_out", secret = "zero" }
"""
NODE = """
[[node]]
key = "c{i}"
title = {{ fr = "Critère {i}" }}
weight = {weight}
indicator = "i{i}"
scale = {{ kind = "minmax", better = "higher" }}
"""


def floats(columns: list[list[float]], weights: list[int]) -> list[int]:
    """The reference: min–max, weighted mean, competition ranks, in floats."""
    scores = [0.0] * UNITS
    for column, weight in zip(columns, weights, strict=True):
        low, high = min(column), max(column)
        for unit, value in enumerate(column):
            scores[unit] += weight * 10 * (value - low) / (high - low)
    rounded = [round(score / sum(weights), 2) for score in scores]
    return [1 + sum(other > score for other in rounded) for score in rounded]


def median_ms(work: Callable[[], object]) -> float:
    """The median time of one call, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Build one dataset for both, and time them."""
    draw = random.Random(2026)
    weights = [draw.randint(1, 9) for _ in range(INDICATORS)]
    columns = [[Decimal(draw.randint(0, 10_000)) / 100 for _ in range(UNITS)] for _ in range(INDICATORS)]
    units = tuple(f"u{n:03d}" for n in range(UNITS))
    dataset = Dataset(units, {f"i{i}": dict(zip(units, column, strict=True)) for i, column in enumerate(columns)})
    method = parse_method(HEAD + "".join(NODE.format(i=i, weight=w) for i, w in enumerate(weights)))
    plain = [[float(value) for value in column] for column in columns]
    exact_ms, float_ms = median_ms(lambda: rank(dataset, method)), median_ms(lambda: floats(plain, weights))
    print(f"rank {UNITS} units × {INDICATORS} indicators: exact {exact_ms:.1f} ms, floats {float_ms:.1f} ms, ", end="")
    print(f"ratio {exact_ms / float_ms:.1f}")


if __name__ == "__main__":
    main()
