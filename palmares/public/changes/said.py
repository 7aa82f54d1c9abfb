"""The shapes in which changes are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

from rankings.engine.exact import round_value, shown_decimal
from schools.typography import number


@dataclass(frozen=True)
class Change:
    """One change, as a sentence in the reader's language.

    `kind` is a code that does not change; `subject` the key, code or address of what changed, empty for the whole.
    `before` and `after`: the two texts or figures, where the sentence does not hold them both.
    """

    kind: str
    subject: str
    text: str
    before: str = ""
    after: str = ""

    @property
    def beside(self) -> bool:
        """Whether its two texts are to be read one beside the other."""
        return self.kind in {"scale", "measure", "redefined", "placing"}


@dataclass(frozen=True)
class Section:
    """A part of what changed, under its own anchor; `weights` has a table beside its sentences."""

    anchor: str
    title: str
    changes: Sequence[Change]
    weights: Sequence["WeightRow"] = ()


@dataclass(frozen=True)
class WeightRow:
    """A node in the table of weights of two editions.

    The first two are of the earlier edition, None when it did not have it; the last two of the later one. Percentages
    are shares of the score when every value is known, to one decimal; None too for a bonus, which adds to the score.
    """

    key: str
    title: str
    level: int
    out_of_before: Decimal | None
    percent_before: Decimal | None
    out_of: Decimal | None
    percent: Decimal | None

    @property
    def same(self) -> bool:
        """Whether it counts as it did."""
        return (self.out_of, self.percent) == (self.out_of_before, self.percent_before)


@dataclass(frozen=True)
class Headline:
    """A change worth the front page: a figure, what it was where that is told, what it is, and a sentence."""

    figure: str
    title: str
    text: str
    before: str = ""


def points_words(points: Fraction) -> str:
    """Points as they are read, exact or to the last decimal that is shown."""
    return number(shown_decimal(points), None, get_language())


def percent_of(share: Fraction) -> Decimal:
    """A share of the score in points of a hundred, to one decimal."""
    return round_value(share * 100, 1, "half_up")
