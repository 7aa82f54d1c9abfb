"""What is drawn, from raw bits (Method § 13)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from rankings.engine.method import Method
from rankings.engine.scenarios import JITTERED, MISSING_CHOICES, SCALE_CHOICES, Scenarios
from rankings.engine.uncertainty import Plan

type Ints = NDArray[np.int64]

# Weights are multiplied by so many thousandths.
THOUSAND = 1000
# Which part of a draw each source decides on.
_OF_SOURCE = {
    "weights": "factors",
    "scales": "scale",
    "missing": "rule",
    "aggregation": "geometric",
    "thresholds": "version",
    "indicators": "without",
}


@dataclass(frozen=True)
class Draws:
    """Some draws, one a line.

    `factors`: for each node, in the order of the method, what multiplies its weight, in thousandths. `scale` and
    `rule`: positions in the choices of scale and of rule for absences. `geometric`: 1 for the geometric mean.
    `version`: for each leaf, which of its moved thresholds, or −1. `without`: the leaf that is left out, or −1.
    """

    factors: Ints
    scale: Ints
    rule: Ints
    geometric: Ints
    version: Ints
    without: Ints

    def __len__(self) -> int:
        return len(self.scale)

    def of(self, chosen: Ints | slice) -> "Draws":
        """Some of them."""
        return Draws(*(getattr(self, part.name)[chosen] for part in fields(self)))

    def chunks(self, size: int) -> Iterator["Draws"]:
        """All of them, at most so many at a time."""
        for start in range(0, len(self), size):
            yield self.of(slice(start, start + size))


class Drawing:
    """The draws of a plan. A source that is not drawn stays as the method declares it, and changes no other."""

    def __init__(self, method: Method, possible: Scenarios, plan: Plan) -> None:
        self.plan = plan
        self.nodes = sum(1 for _ in method.root.walk())
        self.leaves = len(possible.leaves)
        self.jittered = np.isin(np.arange(self.leaves), list(possible.jittered))
        self.columns = self.nodes + 4 + self.leaves

    def all(self, size: int) -> Iterator[Draws]:
        """Every draw of the plan, at most so many at a time; how many at a time changes nothing."""
        bits = np.random.PCG64([self.plan.seed, 0])
        for start in range(0, self.plan.draws, size):
            yield self._drawn(bits, min(size, self.plan.draws - start))

    def some(self, count: int, size: int) -> Iterator[tuple[Draws, Draws]]:
        """So many draws, each beside another one from which a source can be taken."""
        ones, others = np.random.PCG64([self.plan.seed, 1]), np.random.PCG64([self.plan.seed, 2])
        for start in range(0, count, size):
            wanted = min(size, count - start)
            yield self._drawn(ones, wanted), self._drawn(others, wanted)

    def _drawn(self, bits: np.random.PCG64, count: int) -> Draws:
        # The upper half of each word: multiplied by the number of choices, it overflows no word.
        high = (bits.random_raw(count * self.columns) >> np.uint64(32)).reshape(count, self.columns)

        def among(columns: slice | int, choices: int) -> Ints:
            return (high[:, columns] * np.uint64(choices) >> np.uint64(32)).astype(np.int64)

        spread = int(self.plan.spread * THOUSAND)
        last = self.nodes + 4
        drawn = Draws(
            factors=among(slice(0, self.nodes), 2 * spread + 1) + (THOUSAND - spread),
            scale=among(self.nodes, len(SCALE_CHOICES)),
            rule=among(self.nodes + 1, len(MISSING_CHOICES)),
            geometric=among(self.nodes + 2, 2),
            version=np.where(self.jittered, among(slice(last, None), JITTERED), -1),
            # One more than there are leaves: none is left out. The only leaf there is never is.
            without=(among(self.nodes + 3, self.leaves + 1) if self.leaves > 1 else np.zeros(count, np.int64)) - 1,
        )
        still = Draws(
            factors=np.full_like(drawn.factors, THOUSAND),
            scale=np.zeros(count, np.int64),
            rule=np.zeros(count, np.int64),
            geometric=np.zeros(count, np.int64),
            version=np.full_like(drawn.version, -1),
            without=np.full(count, -1, np.int64),
        )
        return taken(still, drawn, self.plan.sources)


def taken(draws: Draws, others: Draws, sources: tuple[str, ...]) -> Draws:
    """Draws whose sources named are those of the others."""
    return replace(draws, **{_OF_SOURCE[source]: getattr(others, _OF_SOURCE[source]) for source in sources})
