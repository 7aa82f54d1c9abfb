"""What is asked of a study of robustness, and what it answers (Method § 13). The study itself is in robustness.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from rankings.engine.canonical import Json, digest, json_text
from rankings.engine.exact import decimal_text, exact_text

SOURCES = ("weights", "scales", "missing", "aggregation", "thresholds", "indicators")
MOST_DRAWS = 1_000_000
MOST_UNITS = 3_000
FIRST = 10


@dataclass(frozen=True)
class Plan:
    """What is drawn. Every draw varies all the `sources` at once.

    `draws`: how many, from 1 to a million. `seed`: from 0; the same seed gives the same digits on any machine.
    `spread`: by how much a weight is multiplied at most, either way, at each level of the tree: 0.25 for ±25 %.
    `jitter`: how far a threshold moves at most, as a part of the gap to its nearest neighbour, from 0 to 0.5.
    Sources: `weights`; `scales` (the declared one, linear between the lowest and the highest value, or by rank);
    `missing` (the declared rules, left out, zero, or the median); `aggregation` (the declared one, or the geometric
    mean of all criteria); `thresholds`; `indicators` (all, or all but one). Raises ValueError for anything else.
    """

    draws: int = 10_000
    seed: int = 1
    sources: tuple[str, ...] = SOURCES
    spread: Decimal = Decimal("0.25")
    jitter: Decimal = Decimal("0.25")

    def __post_init__(self) -> None:
        if not 1 <= self.draws <= MOST_DRAWS:
            raise ValueError(f"draws: read {self.draws}, expected a whole number from 1 to {MOST_DRAWS}")
        if not 0 <= self.seed < 2**63:
            raise ValueError(f"seed: read {self.seed}, expected a whole number from 0 to 2⁶³ − 1")
        if unknown := [source for source in self.sources if source not in SOURCES]:
            raise ValueError(f"sources: read {unknown[0]!r}, expected some of: {', '.join(SOURCES)}")
        if not self.sources or len(set(self.sources)) != len(self.sources):
            raise ValueError(f"sources: expected some of: {', '.join(SOURCES)}, each once")
        if not 0 <= self.spread < 1:
            raise ValueError(f"spread: read {self.spread}, expected a number from 0 to 1, 1 excluded")
        if not 0 <= self.jitter <= Decimal("0.5"):
            raise ValueError(f"jitter: read {self.jitter}, expected a number from 0 to 0.5")


@dataclass(frozen=True)
class UnitRobustness:
    """How a unit's rank stands the draws.

    `rank`: the published one. `median`, `low`, `high`: the smallest ranks that half, 5 % and 95 % of the draws do not
    exceed. `first_ten`: the part of the draws that put it in the first ten ranks. `precedes`: the part that puts it
    strictly before the unit listed after it; None for the last. `group`: from 1, see Robustness.
    """

    unit: str
    rank: int
    median: int
    low: int
    high: int
    first_ten: Fraction
    precedes: Fraction | None
    group: int

    @property
    def surprising(self) -> bool:
        """Whether the published rank lies outside the interval of 90 % of the draws."""
        return not self.low <= self.rank <= self.high


@dataclass(frozen=True)
class Robustness:
    """The answer of a study. `units`: the ranked units, in the order of the ranking; nobody else is in it.

    `mean_shift`: how many places a unit moves from its published rank, on average over units and draws. `shares`:
    source → the part of the movement that it makes, from 0 to 1, adding up to 1; empty when nothing moves.
    A group ends where the next unit's interval no longer meets that of the first unit of the group.
    `exact`: whether every point was taken as it is; if not, some were rounded to a hundred-thousandth of their maximum.
    """

    plan: Plan
    method_digest: str
    units: tuple[UnitRobustness, ...]
    mean_shift: Fraction
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    exact: bool = True

    @cached_property
    def canonical_text(self) -> str:
        """Canonical JSON; numbers are texts. The same plan on the same result gives the same text on any machine."""
        plan = self.plan
        return json_text({
            "format": "1",
            "method": self.method_digest,
            "draws": str(plan.draws),
            "seed": str(plan.seed),
            "sources": list(plan.sources),
            "spread": decimal_text(plan.spread.normalize()),
            "jitter": decimal_text(plan.jitter.normalize()),
            "exact": self.exact,
            "mean_shift": exact_text(self.mean_shift),
            "shares": {source: exact_text(share) for source, share in self.shares.items()},
            "units": [_unit(unit) for unit in self.units],
        })  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return digest(self.canonical_text)


def _unit(unit: UnitRobustness) -> Json:
    return {
        "unit": unit.unit,
        "rank": str(unit.rank),
        "median": str(unit.median),
        "low": str(unit.low),
        "high": str(unit.high),
        "first_ten": exact_text(unit.first_ten),
        "precedes": None if unit.precedes is None else exact_text(unit.precedes),
        "group": str(unit.group),
    }
