"""Functions of a value, taken before its scale, that keep its order (Method § 2.3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rankings.engine.arithmetic import DIGITS, log, log10, sqrt
from rankings.engine.canonical import Json
from rankings.engine.exact import exact_text


@dataclass(frozen=True)
class _Kind:
    """One function, of a value and of the digits kept. `holds`: the values it takes; `words`: the same, for people."""

    of: Callable[[Fraction, int], Fraction]
    holds: Callable[[Fraction], bool]
    words: str


def _above_zero(x: Fraction) -> bool:
    return x > 0


# Those that would turn the order around are taken with the other sign: a scale sees the same either way.
TRANSFORMS: Mapping[str, _Kind] = {
    "log": _Kind(log, _above_zero, "a number above 0"),
    "log10": _Kind(log10, _above_zero, "a number above 0"),
    "log1p": _Kind(lambda x, digits: log(1 + x, digits), lambda x: x > -1, "a number above -1"),
    "sqrt": _Kind(sqrt, lambda x: x >= 0, "a number of 0 or more"),
    "reciprocal": _Kind(lambda x, _: -1 / x, _above_zero, "a number above 0"),
    "negate": _Kind(lambda x, _: x, lambda _: True, "a number"),
}


@dataclass(frozen=True)
class Transform:
    """A function of a value: one of TRANSFORMS, of the value once `plus` is added, to `digits` significant digits.

    A greater value never becomes a smaller one. `reciprocal` is therefore −1 ÷ value, and `negate` the value itself:
    bounds and the better side are said of the value before, and the points are those of 1 ÷ value and of −value.

    >>> Transform("reciprocal").of(Fraction(4)), Transform("log", 20, Fraction(1)).of(Fraction(0))
    (Fraction(-1, 4), Fraction(0, 1))
    """

    kind: str
    digits: int = DIGITS
    plus: Fraction = Fraction(0)

    def holds(self, value: Fraction) -> bool:
        """Whether it takes this value."""
        return TRANSFORMS[self.kind].holds(value + self.plus)

    def of(self, value: Fraction) -> Fraction:
        """What a value becomes. ValueError or ZeroDivisionError for one that it does not take."""
        return TRANSFORMS[self.kind].of(value + self.plus, self.digits)

    @property
    def words(self) -> str:
        """The values it takes, in words."""
        return TRANSFORMS[self.kind].words

    @property
    def written(self) -> Mapping[str, Json]:
        """It as the canonical text of a result has it."""
        plus: Mapping[str, Json] = {"plus": exact_text(self.plus)} if self.plus else {}
        return {"kind": self.kind, "digits": str(self.digits), **plus}

    @classmethod
    def read(cls, written: Mapping[str, Json]) -> "Transform":
        """The function that was written so.

        >>> function = Transform("log", 30, Fraction(1, 3))
        >>> Transform.read(function.written) == function
        True
        """
        return cls(str(written["kind"]), int(str(written["digits"])), Fraction(str(written.get("plus", "0"))))
