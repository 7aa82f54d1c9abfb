"""What the benchmarks of the engine rank: figures drawn with a seed, and the method that ranks them."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rankings.engine import Dataset, Method, parse_method

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
indicator = "c{i}"
scale = {{ kind = "minmax", better = "{better}" }}
"""


@dataclass(frozen=True)
class Drawn:
    """Complete columns of figures from 0.01 to 100.00, every other one better when lower, and whole weights."""

    units: int
    indicators: int = 30

    @cached_property
    def weights(self) -> list[int]:
        draw = random.Random(2026)
        return [draw.randint(1, 9) for _ in range(self.indicators)]

    @cached_property
    def columns(self) -> list[list[Decimal]]:
        draw = random.Random(self.units)
        return [[Decimal(draw.randint(1, 10_000)) / 100 for _ in range(self.units)] for _ in range(self.indicators)]

    @cached_property
    def better(self) -> list[str]:
        return ["lower" if at % 2 else "higher" for at in range(self.indicators)]

    @cached_property
    def dataset(self) -> Dataset:
        units = tuple(f"u{n:06d}" for n in range(self.units))
        return Dataset(units, {f"c{i}": dict(zip(units, column, strict=True)) for i, column in enumerate(self.columns)})

    @cached_property
    def method(self) -> Method:
        nodes = zip(self.weights, self.better, strict=True)
        return parse_method(HEAD + "".join(NODE.format(i=i, weight=w, better=b) for i, (w, b) in enumerate(nodes)))


def in_turn(rounds: int, *works: Callable[[], object]) -> Sequence[float]:
    """The median time of each, in milliseconds: each in its turn, so that what else the machine does weighs on all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append((time.perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]
