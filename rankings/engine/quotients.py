"""What a leaf's scale is given: the value of an indicator, or its quotient by others (Method § 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from operator import mul

from rankings.engine.absence import Absence
from rankings.engine.columns import Column, Exact, over_one, rounded
from rankings.engine.dataset import DatasetError, Value
from rankings.engine.exact import Rounding, exact_text

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
    figures = {code: values.get(code, Absence.MISSING) for code in codes}
    columns = {
        code: Column.of([figure if isinstance(figure, Absence) else Fraction(figure)])
        for code, figure in figures.items()
    }
    return measured(indicator, quotient, columns)[0]


def measured(
    indicator: str, quotient: Quotient | None, columns: Mapping[str, Column], units: Sequence[str] = ()
) -> Column:
    """The same for all units, from their columns by indicator code; with `units`, the error names the unit too."""
    above = columns[indicator]
    if quotient is None:
        return above
    below = [columns[code] for code in quotient.denominators]
    absent = most_binding((above, *below))
    for code, column in zip(quotient.denominators, below, strict=True):
        _check_divides(code, column, absent, units)
    total, den = _added(below)
    # Nothing to divide by: a school without students has no share of women, rather than a share of zero.
    absent |= {at: quotient.zero for at, num in enumerate(total) if not num and at not in absent}
    divided = [
        Fraction(0) if at in absent else Fraction(num) / by
        for at, (num, by) in enumerate(zip(above.nums, total, strict=True))
    ]
    factor = Fraction(quotient.multiply) * den / above.den
    if quotient.digits is None:
        return Column(*over_one(figure * factor for figure in divided), absent)
    rounding = Rounding(quotient.digits, "half_up")
    nums = [figure * factor.numerator for figure in divided]
    return Column(rounded(nums, factor.denominator, rounding), 10**quotient.digits, absent)


def most_binding(columns: Sequence[Column]) -> dict[int, Absence]:
    """The units of whom a figure is absent, each with the most binding kind."""
    found: dict[int, Absence] = {}
    for column in columns:
        for at, kind in column.absent.items():
            found[at] = min(kind, found.get(at, kind), key=MOST_BINDING.index)
    return found


def _check_divides(code: str, column: Column, absent: Mapping[int, Absence], units: Sequence[str]) -> None:
    for at, num in enumerate(column.nums):
        if num < 0 and at not in absent:
            place = f"unit {units[at]!r}, " if units else ""
            figure = exact_text(Fraction(num) / column.den)
            raise DatasetError(f"{place}indicator {code!r}: {figure} divides, and is negative")


def _added(columns: Sequence[Column]) -> tuple[list[Exact], int]:
    """The sum of columns, over one denominator."""
    den = lcm(*(column.den for column in columns))
    factors = [den // column.den for column in columns]
    rows = zip(*(column.nums for column in columns), strict=True)
    return [sum(map(mul, row, factors)) for row in rows], den
