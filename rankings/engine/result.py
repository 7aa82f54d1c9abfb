"""What the engine answers: every figure of a ranking, and one canonical text of them all (Method § 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from rankings.engine.canonical import Json, digest, json_text
from rankings.engine.dataset import Absence, Value
from rankings.engine.exact import decimal_text, exact_text, round_value
from rankings.engine.scales import CutPoints

type Status = Literal["scored", "left_out", "set_by_rule"]

# The canonical text shows the score before its rounding, cut after so many decimals: a quotient may never end.
_EXACT_DIGITS = 20


@dataclass(frozen=True)
class Points:
    """What a unit gets at one node.

    `value`: at a leaf, what the scale was given (a quotient that never ends is shown to 12 decimals), or why nothing
    was; None at a branch. `points`: rounded as the method declares, from 0 to `out_of`; None when left out.
    `status`: `scored` from values, `set_by_rule` when only a rule for absences gave points, `left_out` otherwise.
    `absence`: at a leaf without value, its kind. `coverage`: the known share of the node's weight, from 0 to 1.
    """

    value: Value | None
    points: Decimal | None
    out_of: Decimal
    status: Status
    absence: Absence | None
    coverage: Fraction


@dataclass(frozen=True)
class Unranked:
    """Why a unit has no rank (Method § 9).

    `below-coverage`: params `coverage` and `minimum`, from 0 to 1 (the coverage cut to 4 decimals, never rounded up),
    and `node`, a key, unless it is the whole method. `value-required`: params `node`, `indicator`, `absence`.
    """

    code: Literal["below-coverage", "value-required"]
    params: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """A unit of the ranking. `rank` and `score` are None together, and `reason` then says why.

    `score`: rounded as declared; `exact_score`: before that. `coverage`: from 0 to 1. `points`: node key → what it
    gets there, for every node of the method, ranked or not. `inputs`: indicator → value used.
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


@dataclass(frozen=True)
class Result:
    """A ranking. `rows`: ranked units by rank then unit id, then unranked ones by unit id; every unit once.

    `cut_points`: leaf key → the figures its scale was applied with. `method_digest`: that of the method applied.
    """

    rows: tuple[Row, ...]
    cut_points: Mapping[str, CutPoints]
    method_digest: str

    @cached_property
    def canonical_text(self) -> str:
        """Canonical JSON, with all that is needed to check every step; numbers are texts (Method § 10).

        Two computations of the same method on the same values have the same text, whatever the order of units and
        columns, and whatever the dataset holds that the method does not use.
        """
        return json_text({
            "format": "1",
            "method": self.method_digest,
            "cut_points": {key: _cut_points(cuts) for key, cuts in self.cut_points.items()},
            "units": [_row(row) for row in self.rows],
        })  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return digest(self.canonical_text)


def _cut_points(cuts: CutPoints) -> Json:
    return {
        "kind": cuts.kind,
        "better": cuts.better,
        "bounds": [exact_text(bound) for bound in cuts.bounds],
        "points": [exact_text(Fraction(points)) for points in cuts.points],
    }


def _row(row: Row) -> Json:
    exact = None if row.exact_score is None else decimal_text(round_value(row.exact_score, _EXACT_DIGITS, "down"))
    return {
        "unit": row.unit,
        "rank": None if row.rank is None else str(row.rank),
        "tied": row.tied,
        "score": None if row.score is None else decimal_text(row.score),
        "score_before_rounding": exact,
        "coverage": exact_text(row.coverage),
        "reason": None if row.reason is None else {"code": row.reason.code, "params": row.reason.params},
        "inputs": {indicator: _value(value) for indicator, value in row.inputs.items()},
        "points": {key: _points(points) for key, points in row.points.items()},
    }


def _points(points: Points) -> Json:
    return {
        "value": None if points.value is None else _value(points.value),
        "points": None if points.points is None else decimal_text(points.points),
        "out_of": decimal_text(points.out_of),
        "status": points.status,
        "coverage": exact_text(points.coverage),
    }


def _value(value: Value) -> str:
    # Needless zeros go: a database may add some (1 comes back as 1.000), and the value is the same.
    return value.value if isinstance(value, Absence) else exact_text(Fraction(value))
