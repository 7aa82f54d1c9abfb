"""What each kind of absence does to a leaf (Method § 4). A new rule is one entry of RULES."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Decision:
    """What becomes of a leaf without a value: the points the rule sets, and whether the unit can still be ranked."""

    points: Fraction | None = None
    ranked: bool = True


RULES: Mapping[str, Decision] = {
    # The leaf's weight goes to what is known beside it.
    "leave_out": Decision(),
    "zero": Decision(points=Fraction(0)),
    # The unit is listed without a rank, with the reason.
    "unranked": Decision(ranked=False),
}

# A rule of a method: a word of RULES, or a number of points.
type Rule = str | Decimal


def decide(rule: Rule) -> Decision:
    """What a rule decides, whatever the unit (Method § 4).

    >>> decide("leave_out").points, decide("unranked").ranked, decide(Decimal("2.5")).points
    (None, False, Fraction(5, 2))
    """
    return RULES[rule] if isinstance(rule, str) else Decision(points=Fraction(rule))
