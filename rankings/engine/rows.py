"""What the engine says of one unit (Method § 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from rankings.engine.absence import Absence
from rankings.engine.dataset import Value
from rankings.engine.marks import Status
from rankings.engine.reasons import Unranked
from rankings.engine.standings import NOTHING, Standing


@dataclass(frozen=True)
class Points:
    """What a unit gets at one node.

    `value`: at a leaf, what the scale was given (a quotient that never ends is shown to 12 decimals), or why nothing
    was; None at a branch. `measured`: what was measured, or why nothing was, where the scale was given something else:
    a cap, what stands in, an outlier brought back; None elsewhere. `points`: rounded as the method declares, from 0 to
    `out_of`, or beyond where a scale is not clamped; None when left out.
    `status`: `scored` from values; at a leaf, `imputed` or `carried` from a value that stands in for one; `set_by_rule`
    when only rules for absences gave points, `left_out` otherwise. `absence`: at a leaf without a known value, its
    kind. `coverage`: the known share of the node's weight, from 0 to 1.
    """

    value: Value | None
    points: Decimal | None
    out_of: Decimal
    status: Status
    absence: Absence | None
    coverage: Fraction
    measured: Value | None = None


@dataclass(frozen=True)
class Row:
    """A unit of the ranking. `rank` and `score` are None together, and `reason` then says why.

    `score`: rounded as declared; `exact_score`: before that. `coverage`: from 0 to 1. `points`: node key → what it
    gets there, for every node of the method, ranked or not. `inputs`: indicator → value used.
    `standing`: what the method declares beyond the rank. `information`: indicator → value carried along, no part of the
    score.
    """

    unit: str
    rank: int | None
    tied: bool
    score: Decimal | None
    exact_score: Fraction | None
    coverage: Fraction
    reason: Unranked | None
    points: Mapping[str, Points]
    inputs: Mapping[str, Value]
    standing: Standing = NOTHING
    information: Mapping[str, Value] = field(default_factory=dict)
