"""What a scale was applied with, in the dataset that was ranked (Method § 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from rankings.engine.canonical import Json
from rankings.engine.exact import exact_text, shown_decimal
from rankings.engine.transforms import Transform


@dataclass(frozen=True)
class CutPoints:
    """The figures a scale was applied with: with them, anybody finds the points of any value again.

    `kind` and `better` are those of the scale. `bounds` and `points` are said by each kind, from the worst value to
    the best but for minmax, whose bounds are (low, high) and whose points are those got at low and at high; `bounds`
    is empty when no value was known and none was declared. `counts`: how many known values equal each bound, for the
    kinds that count them. `clamp`: whether what lies beyond the last points gets those points. `rules`: the declared
    words of the kind that its points depend on. `transform`: the function of the value that is compared with that of
    the bounds, if any (Method § 2.3).
    """

    kind: str
    better: str
    bounds: tuple[Fraction, ...]
    points: tuple[Fraction | Decimal, ...]
    counts: tuple[int, ...] = ()
    clamp: bool = True
    rules: Mapping[str, str] = field(default_factory=dict, hash=False)
    transform: Transform | None = None

    @property
    def shown(self) -> tuple[Decimal, ...]:
        """The bounds as decimals for the eye: exact, or to 12 decimals when a quotient never ends."""
        return tuple(shown_decimal(bound) for bound in self.bounds)

    @cached_property
    def count(self) -> int:
        """How many values were known, for the kinds that count them."""
        return sum(self.counts)

    @property
    def sign(self) -> int:
        """1 where the higher value is better, −1 where the lower is: times it, the better is always the greater."""
        return -1 if self.better == "lower" else 1

    def reaches(self, value: Fraction, bound: Fraction) -> bool:
        """Whether a value is as good as a bound, or better."""
        return value >= bound if self.better == "higher" else value <= bound

    @property
    def written(self) -> Mapping[str, Json]:
        """The cut points as canonical JSON has them; what a kind does not use is not there."""
        written: dict[str, Json] = {
            "kind": self.kind,
            "better": self.better,
            "bounds": [exact_text(bound) for bound in self.bounds],
            "points": [exact_text(Fraction(points)) for points in self.points],
            **self.rules,
        }
        if self.counts:
            written["counts"] = [str(count) for count in self.counts]
        if not self.clamp:
            written["clamp"] = False
        if self.transform is not None:
            written["transform"] = self.transform.written
        return written

    @classmethod
    def read(cls, written: Mapping[str, Json]) -> "CutPoints":
        """The cut points that were written so, exactly.

        >>> cuts = CutPoints("minmax", "higher", (Fraction(1, 3), Fraction(2)), (Decimal(0), Decimal(10)), clamp=False)
        >>> CutPoints.read(cuts.written) == cuts
        True
        """
        plain = {"kind", "better", "bounds", "points", "counts", "clamp", "transform", "outliers"}
        function = written.get("transform")
        return cls(
            str(written["kind"]),
            str(written["better"]),
            tuple(Fraction(bound) for bound in _texts(written, "bounds")),
            tuple(Fraction(points) for points in _texts(written, "points")),
            tuple(int(count) for count in _texts(written, "counts")),
            written.get("clamp") is not False,
            {name: str(said) for name, said in written.items() if name not in plain},
            Transform.read(function) if isinstance(function, Mapping) else None,
        )


def _texts(written: Mapping[str, Json], key: str) -> list[str]:
    found = written.get(key, [])
    return [str(text) for text in found] if isinstance(found, list) else []
