"""How the children of one unit make their parent, whatever the aggregation (Method § 5, § 5.2 and § 5.3).

Weighted means and sums of a whole column are computed at once by `aggregates.filled`; here is the one-unit function
that it equals, and that the rarer rules are made of.
"""

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

from rankings.engine.arithmetic import DIGITS, context

# How many more digits are computed before the mean is rounded to those of the method.
_SPARE = 15

# What counts of each child: its share beside the others, above 0, and the part of its maximum it gets.
type Counted = Sequence[tuple[Fraction, Fraction]]


def arithmetic(counted: Counted, whole: Fraction, out_of: Fraction, digits: int = DIGITS) -> Fraction:
    """The weighted mean of the parts, out of `out_of`; `whole`: what the shares are divided by, mostly their sum.

    >>> arithmetic([(Fraction(1), Fraction(1, 2)), (Fraction(3), Fraction(1))], Fraction(4), Fraction(10))
    Fraction(35, 4)
    """
    return out_of * sum((share * part for share, part in counted), Fraction(0)) / whole


def harmonic(counted: Counted, whole: Fraction, out_of: Fraction, digits: int = DIGITS) -> Fraction:
    """The weighted harmonic mean of the parts, exactly: the shares over the sum of shares divided by parts (§ 5.3).

    A part of zero makes zero, which is what the mean tends to. No part is negative.

    >>> harmonic([(Fraction(1), Fraction(1, 2)), (Fraction(1), Fraction(1))], Fraction(2), Fraction(3))
    Fraction(2, 1)
    """
    if not all(part for _, part in counted):
        return Fraction(0)
    return out_of * whole / sum((share / part for share, part in counted), Fraction(0))


def geometric(counted: Counted, whole: Fraction, out_of: Fraction, digits: int = DIGITS) -> Fraction:
    """The weighted geometric mean of the parts, out of `out_of`, to so many digits, half even (§ 5.3).

    A part of zero makes zero, as in any product. No part is negative. A mean that has no more than `digits` digits is
    exact: it is computed with a few more, then rounded. The same digits on any machine, whatever the context of
    `decimal`. Cost: a logarithm for each part and one exponential. With equal shares it is the root of the product, as
    in the Human Development Index (UNDP, technical note 1), and what COINr's `a_gmean` computes in floats.

    >>> equal = [(Fraction(1), Fraction(part)) for part in ("0.512", "0.8", "1.25")]
    >>> geometric(equal, Fraction(3), Fraction(1))
    Fraction(4, 5)
    >>> geometric([(Fraction(1), Fraction(1, 2)), (Fraction(1), Fraction(1))], Fraction(2), Fraction(1), digits=5)
    Fraction(70711, 100000)
    """
    if not all(part for _, part in counted):
        return Fraction(0)
    fine = context(digits + _SPARE)
    logarithm = Decimal(0)
    for share, part in counted:
        logarithm = fine.fma(_decimal(share / whole, fine), fine.ln(_decimal(part, fine)), logarithm)
    mean = fine.multiply(_decimal(out_of, fine), fine.exp(logarithm))
    return Fraction(context(digits).plus(mean))


def _decimal(figure: Fraction, fine: Context) -> Decimal:
    return fine.divide(Decimal(figure.numerator), Decimal(figure.denominator))
