"""What a leaf's scale is given: the value of an indicator, or its quotient by others (Method § 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rankings.engine.dataset import Absence, DatasetError, Value
from rankings.engine.exact import exact_text, round_value

# A value, or a quotient, still exact unless the method rounds it; or why there is none.
type Measure = Fraction | Absence

# The absence that speaks when several figures are absent: first the one nothing could ever lift.
MOST_BINDING = (Absence.NOT_APPLICABLE, Absence.SECRET, Absence.NOT_COMMUNICATED, Absence.MISSING)
UNITS = ("ratio", "percentage", "euros", "months")


@dataclass(frozen=True)
class Quotient:
    """By what the indicator of a leaf is divided, and what becomes of the result.

    `denominators`: the codes, one or more, whose values are added. `multiply`: what the quotient is multiplied by.
    `digits`: the decimals kept, rounded half up before the scale; None keeps the exact quotient. `zero`: the absence
    that a sum of zero makes. `unit`: how the result is written, one of UNITS.
    """

    denominators: tuple[str, ...]
    multiply: Decimal = Decimal(1)
    digits: int | None = None
    zero: Absence = Absence.NOT_APPLICABLE
    unit: str = UNITS[0]


def measure(indicator: str, quotient: Quotient | None, values: Mapping[str, Value]) -> Measure:
    """What is given to a scale, from the values of one unit by indicator code; a code not there is missing.

    As soon as one figure is absent so is the quotient, of the most binding kind among them. Raises DatasetError,
    naming the indicator, when a denominator is negative.

    >>> share = Quotient(("femmes", "hommes"), multiply=Decimal(100), digits=1)
    >>> measure("femmes", share, {"femmes": Decimal(45), "hommes": Decimal(76)})
    Fraction(186, 5)
    >>> measure("femmes", share, {"femmes": Decimal(45), "hommes": Absence.SECRET})
    <Absence.SECRET: 'secret'>
    """
    codes = (indicator, *(quotient.denominators if quotient else ()))
    figures = [values.get(code, Absence.MISSING) for code in codes]
    absent = {figure for figure in figures if isinstance(figure, Absence)}
    if absent:
        return min(absent, key=MOST_BINDING.index)
    # No absence is left among them: this only tells the types so.
    above, *below = [Fraction(figure) for figure in figures if isinstance(figure, Decimal)]
    return above if quotient is None else _divided(quotient, above, below)


def _divided(quotient: Quotient, above: Fraction, below: list[Fraction]) -> Measure:
    for code, figure in zip(quotient.denominators, below, strict=True):
        if figure < 0:
            raise DatasetError(f"indicator {code!r}: {exact_text(figure)} divides, and is negative")
    total = sum(below, Fraction(0))
    if not total:
        # Nothing to divide by: a school without students has no share of women, rather than a share of zero.
        return quotient.zero
    exact = above * Fraction(quotient.multiply) / total
    return exact if quotient.digits is None else Fraction(round_value(exact, quotient.digits, "half_up"))
