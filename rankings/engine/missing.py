"""What each kind of absence does to a leaf (Method § 4). A new rule is one entry of RULES."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rankings.engine.absence import Absence
from rankings.engine.canonical import Toml
from rankings.engine.tables import Range, Table, nearest, up_to

ABSENCES = tuple(kind.value for kind in Absence)
_NOT_NEGATIVE = Range("a number of points, 0 or more", low=Decimal(0))


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


def read_rules(top: Table) -> dict[Absence, Rule]:
    """The rules common to all leaves, in the table `missing` of a method file."""
    table = top.table("missing")
    if table is None:
        return {}
    # No default: a method that is silent about an absence would decide without saying so.
    for kind in ABSENCES:
        table.get(kind, "a rule for this kind of absence")
    return _rules(table, _NOT_NEGATIVE)


def rules_of_a_leaf(leaf: Table, common: Mapping[Absence, Rule], points: Decimal) -> Mapping[Absence, Rule]:
    """The rules of one leaf: its own, and those common to all where it has none."""
    own = leaf.table("missing") if "missing" in leaf.raw else None
    rules = {**common, **({} if own is None else _rules(own, up_to(points)))}
    for kind, rule in common.items():
        if rules[kind] is rule and isinstance(rule, Decimal) and rule > points:
            expected = f"a rule of its own, for the common one gives more than its {points:f} points"
            leaf.note(leaf.place(f"missing.{kind}"), "out-of-range", read=f"{rule:f}", expected=expected)
    return rules


def written_rules(rules: Mapping[Absence, Rule]) -> Toml:
    """Rules as they are written in the canonical text."""
    return {kind.value: rules[kind] for kind in Absence if kind in rules}


def _rules(table: Table, allowed: Range) -> dict[Absence, Rule]:
    table.close(ABSENCES)
    return {kind: _rule(table, kind.value, allowed) for kind in Absence if kind.value in table.raw}


def _rule(table: Table, key: str, allowed: Range) -> Rule:
    value = table.raw[key]
    if not isinstance(value, str):
        number = table.as_number(value, table.place(key), allowed)
        return number if number else "zero"
    if value not in RULES:
        words = (*RULES, "a number of points")
        expected = ", ".join(words)
        table.note(table.place(key), "unknown-word", read=value, expected=expected, **nearest(value, words))
    return value
