"""What the engine answers: every figure of a ranking, and one canonical text of them all (Method § 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rankings.engine.absence import Absence
from rankings.engine.canonical import Json, digest, json_text
from rankings.engine.dataset import Value
from rankings.engine.exact import decimal_text, exact_text, round_value
from rankings.engine.rows import Points, Row
from rankings.engine.scales import CutPoints
from rankings.engine.sheet import Sheet
from rankings.engine.standings import GroupPlace

# The canonical text shows the score before its rounding, cut after so many decimals: a quotient may never end.
_EXACT_DIGITS = 20


@dataclass(frozen=True)
class Result:
    """A ranking. Its `sheet` holds all that was computed, column by column; the rows are read out of it when asked for.

    Two results are equal when their canonical texts are.
    """

    sheet: Sheet

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and self.canonical_text == other.canonical_text

    def __hash__(self) -> int:
        return hash(self.canonical_text)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Ranked units by rank then unit id, then unranked ones by unit id; every unit once."""
        return tuple(self.sheet.rows())

    @property
    def ranks(self) -> Mapping[str, tuple[int, bool]]:
        """Unit id → its rank and whether it is shared, best first then by unit id; the unranked are not there."""
        return self.sheet.ranks

    @property
    def cut_points(self) -> Mapping[str, CutPoints]:
        """Leaf key → the figures its scale was applied with."""
        return self.sheet.cuts

    @property
    def method_digest(self) -> str:
        """The digest of the method applied."""
        return self.sheet.method.digest

    @cached_property
    def canonical_text(self) -> str:
        """Canonical JSON, with all that is needed to check every step; numbers are texts (Method § 10).

        Two computations of the same method on the same values have the same text, whatever the order of units and
        columns, and whatever the dataset holds that the method does not use.
        """
        return json_text({
            "format": "1",
            "method": self.method_digest,
            "cut_points": {key: self._cut_points(key, cuts) for key, cuts in self.cut_points.items()},
            **self._groups(),
            "units": [_row(row) for row in self.rows],
        })  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return digest(self.canonical_text)

    def _cut_points(self, key: str, cuts: CutPoints) -> Json:
        prepared = self.sheet.prepared.get(key)
        return {**cuts.written, **(prepared.document if prepared else {})}

    def _groups(self) -> Mapping[str, Json]:
        """The groupings that the method uses, and those only."""
        groupings = self.sheet.method.groupings
        return {"groups": {each: self.sheet.dataset.groups[each] for each in groupings}} if groupings else {}


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
        **_standing(row),
    }


def _standing(row: Row) -> dict[str, Json]:
    """What the method declares beyond the rank: absent where it says nothing, so that other digests stay the same."""
    standing = row.standing
    said: dict[str, Json] = {
        "level": standing.level,
        "band": str(standing.band) if standing.band else "",
        "groups": {name: _group_place(place) for name, place in standing.groups.items()},
        "tie_breakers": [None if value is None else _value(value) for value in standing.tie_breakers],
        "information": {code: _value(value) for code, value in row.information.items()},
    }
    return {key: value for key, value in said.items() if value}


def _group_place(place: GroupPlace) -> Json:
    return {"group": place.label, "rank": str(place.rank), "tied": place.tied, "of": str(place.ranked)}


def _points(points: Points) -> Json:
    return {
        "value": None if points.value is None else _value(points.value),
        "points": None if points.points is None else decimal_text(points.points),
        "out_of": decimal_text(points.out_of),
        "status": points.status,
        "coverage": exact_text(points.coverage),
        **({} if points.measured is None else {"measured": _value(points.measured)}),
    }


def _value(value: Value) -> str:
    # Needless zeros go: a database may add some (1 comes back as 1.000), and the value is the same.
    return value.value if isinstance(value, Absence) else exact_text(Fraction(value))
