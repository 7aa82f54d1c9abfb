"""Criteria that divide, for the reader: the words of a quotient, its value, and the figures it is made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

from palmares.public import wording
from rankings.engine.exact import round_value
from rankings.models import ReleaseIndicator, ReleaseNode
from rankings.models.sourced import Sourced
from schools.typography import NBSP, number, value_with_unit

type Indicators = Mapping[str, ReleaseIndicator]

# A figure of a formula, and a quotient that its method does not round, are written with so many decimals at most.
MOST_DECIMALS = 2
_PLAIN = "ratio"


def is_share(node: ReleaseNode) -> bool:
    """Whether a quotient is a share in hundredths: its sign says the hundred, so its formula does not."""
    return node.unit == "percentage" and node.multiply == "100"


def unit_of(node: ReleaseNode, indicators: Indicators) -> str:
    """How the value of a criterion is written; a criterion that reads an unknown indicator is a number alone."""
    if node.divisors:
        return node.unit or _PLAIN
    return indicators[node.indicator].measure if node.indicator in indicators else _PLAIN


def value_words(node: ReleaseNode, indicators: Indicators, value: str | Decimal | None) -> str:
    """The value of a criterion with its unit, « 37,2 % »; nothing for no value."""
    if value is None or value == "":
        return ""
    figure = Decimal(value)
    return unit_words(figure, unit_of(node, indicators), _decimals(node, indicators, figure))


def bound_words(node: ReleaseNode, indicators: Indicators, bound: Decimal) -> str:
    """A bound of a scale with the unit of what it bounds, and all its decimals."""
    return unit_words(bound, unit_of(node, indicators), None)


def unit_words(figure: Decimal, unit: str, decimals: int | None) -> str:
    """A value, or something between two values, with its unit: a median of « non » and « oui » is 0,5."""
    between = (unit == "boolean" and figure not in (0, 1)) or (unit == "ordinal" and figure % 1)
    return value_with_unit(figure, _PLAIN if between else unit, None if between else decimals, get_language())


def _decimals(node: ReleaseNode, indicators: Indicators, figure: Decimal) -> int:
    if node.ratio_digits is not None:
        return max(node.ratio_digits, _decimals_of(figure))
    if not node.divisors and node.indicator in indicators:
        return decimals_shown(indicators[node.indicator], figure)
    return min(_decimals_of(figure), MOST_DECIMALS)


def decimals_shown(indicator: ReleaseIndicator, figure: Decimal) -> int:
    """Those of the indicator; one more for a median between two of its values, which is never rounded."""
    return max(indicator.decimals, _decimals_of(figure))


def _decimals_of(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def formula_words(node: ReleaseNode, indicators: Indicators) -> str:
    """What a quotient divides by what, « Femmes ÷ (femmes + hommes) »; nothing for a criterion that does not divide."""
    if not node.divisors:
        return ""
    first, *rest = [_label(code, indicators) for code in (node.indicator, *node.divisors)]
    return _written(node, first, [_inside(label) for label in rest])


def _label(code: str, indicators: Indicators) -> str:
    return indicators[code].label if code in indicators else code


def _inside(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it begins a name in capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _written(node: ReleaseNode, above: str, below: Iterable[str]) -> str:
    terms = list(below)
    divisor = terms[0] if len(terms) == 1 else f"({f'{NBSP}+ '.join(terms)})"
    return f"{above}{NBSP}÷ {divisor}{times_words(node)}"


def times_words(node: ReleaseNode) -> str:
    """What a quotient is multiplied by, « × 1 000 »; nothing for a share or a plain quotient."""
    if not node.multiply or is_share(node):
        return ""
    return f"{NBSP}× {number(node.multiply, None, get_language())}"


@dataclass(frozen=True)
class Term:
    """One figure of a formula; `value` is None when nothing was in force for it."""

    indicator: ReleaseIndicator
    value: Sourced | None

    @property
    def figure(self) -> str:
        """The figure, rounded for the eye; empty when it is absent or kept back."""
        if self.value is None or not self.value.figure:
            return ""
        figure = Decimal(self.value.figure)
        digits = min(_decimals_of(figure), MOST_DECIMALS)
        rounded = round_value(figure, digits, "half_up")
        return number(rounded.normalize() if rounded else Decimal(0), None, get_language())

    @property
    def exact(self) -> bool:
        """Whether it is written as it counted."""
        figure = self.value.figure if self.value else ""
        return bool(figure) and _decimals_of(Decimal(figure)) <= MOST_DECIMALS

    @property
    def says(self) -> str:
        """What is said in place of the figure, or beside it."""
        if self.withheld:
            return wording.withheld_words()
        return wording.kind_words("missing" if self.value is None else self.value.kind)

    @property
    def withheld(self) -> bool:
        """Whether a licence keeps the figure back."""
        return bool(self.value and self.value.withheld and wording.has_figure(self.value.kind))


@dataclass(frozen=True)
class Formula:
    """A quotient with the figures of one school: « 37,5 % = 45 ÷ (45 + 75) »."""

    node: ReleaseNode
    above: Term
    below: tuple[Term, ...]
    value: str

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its figures in the order they are written; one may be there twice."""
        return (self.above, *self.below)

    @property
    def distinct(self) -> Iterator[Term]:
        """Its figures, each once."""
        return iter({term.indicator.code: term for term in self.terms}.values())

    @property
    def told(self) -> bool:
        """Whether there is a figure to write; a formula of absences alone says nothing."""
        return any(term.figure for term in self.terms)

    @property
    def times(self) -> str:
        """What the quotient is multiplied by, in words."""
        return times_words(self.node)

    @property
    def words(self) -> str:
        """The figures of a year before as a text, « 45 ÷ (45 + 75) »; what is absent is said in words."""
        said = [term.figure or (term.says if term.value else wording.unverified_words()) for term in self.terms]
        above, *below = said
        return _written(self.node, above, below)

    @property
    def exact(self) -> bool:
        """Whether the formula, done again with the figures as they are written, gives the value as it is written."""
        if not self.value or not all(term.exact for term in self.terms):
            return False
        figures = [Fraction(term.value.figure) for term in self.terms if term.value]
        total = sum(figures[1:], Fraction(0))
        if not total or _decimals_of(Decimal(self.value)) > (self.node.ratio_digits or MOST_DECIMALS):
            return False
        return figures[0] * Fraction(self.node.multiply or 1) / total == Fraction(self.value)


def formula_of(node: ReleaseNode, indicators: Indicators, values: Mapping[str, Sourced], value: str) -> Formula | None:
    """The formula of a criterion for one school; None when it does not divide."""
    codes = [code for code in (node.indicator, *node.divisors) if code in indicators]
    if not node.divisors or len(codes) <= len(node.divisors):
        return None
    above, *below = [Term(indicators[code], values.get(code)) for code in codes]
    return Formula(node, above, tuple(below), value)
