"""What each kind of absence does to a leaf (Method § 4). A new rule is one entry of RULES."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rankings.engine.absence import Absence
from rankings.engine.canonical import Toml
from rankings.engine.imputing import FILLERS, CarryOver, Impute
from rankings.engine.tables import Range, Table, nearest, up_to

ABSENCES = tuple(kind.value for kind in Absence)
MAXIMUM_CHAIN = 5
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

# A rule of a method: a word of RULES, a number of points, or what may stand in for the value.
type Rule = str | Decimal | Impute | CarryOver


def last(rule: Rule) -> str | Decimal:
    """What a rule comes to for a unit of which nothing stands in."""
    while isinstance(rule, Impute | CarryOver):
        rule = rule.otherwise
    return rule


def chain(rule: Rule) -> tuple[Rule, ...]:
    """A rule, then the one for when it finds nothing, and so on to the last."""
    return (rule, *chain(rule.otherwise)) if isinstance(rule, Impute | CarryOver) else (rule,)


def carried_codes(rules: Mapping[Absence, Rule]) -> tuple[str, ...]:
    """The codes of the columns whose value may stand in."""
    found = (each.code for rule in rules.values() for each in chain(rule) if isinstance(each, CarryOver))
    return tuple(dict.fromkeys(found))


def decide(rule: Rule) -> Decision:
    """What a rule decides of a unit of which nothing is known and nothing stands in (Method § 4).

    >>> decide("leave_out").points, decide("unranked").ranked, decide(Decimal("2.5")).points
    (None, False, Fraction(5, 2))
    """
    word = last(rule)
    return RULES[word] if isinstance(word, str) else Decision(points=Fraction(word))


def read_rules(top: Table) -> dict[Absence, Rule]:
    """The rules common to all leaves, in the table `missing` of a method file."""
    table = top.table("missing")
    if table is None:
        return {}
    # No default: a method that is silent about an absence would decide without saying so.
    for kind in ABSENCES:
        table.get(kind, "a rule for this kind of absence")
    return _rules(table, _NOT_NEGATIVE, common=True)


def rules_of_a_leaf(leaf: Table, common: Mapping[Absence, Rule], points: Decimal) -> Mapping[Absence, Rule]:
    """The rules of one leaf: its own, and those common to all where it has none."""
    own = leaf.table("missing") if "missing" in leaf.raw else None
    rules = {**common, **({} if own is None else _rules(own, up_to(points)))}
    for kind, rule in common.items():
        given = last(rule)
        if rules[kind] is rule and isinstance(given, Decimal) and given > points:
            expected = f"a rule of its own, for the common one gives more than its {points:f} points"
            leaf.note(leaf.place(f"missing.{kind}"), "out-of-range", read=f"{given:f}", expected=expected)
    return rules


def written_rules(rules: Mapping[Absence, Rule]) -> Toml:
    """Rules as they are written in the canonical text."""
    return {kind.value: _written(rules[kind]) for kind in Absence if kind in rules}


def _written(rule: Rule) -> Toml:
    if isinstance(rule, Impute | CarryOver):
        return {**rule.written(), "otherwise": _written(rule.otherwise)}
    return rule


def _rules(table: Table, allowed: Range, *, common: bool = False) -> dict[Absence, Rule]:
    table.close(ABSENCES)
    rules = {kind: _rule(table, kind.value, allowed) for kind in Absence if kind.value in table.raw}
    for kind, rule in rules.items():
        if common and any(isinstance(each, CarryOver) for each in chain(rule)):
            table.note(table.place(kind.value), "common-carry-over")
    return rules


def _rule(table: Table, key: str, allowed: Range, depth: int = 1) -> Rule:
    value = table.raw[key]
    if isinstance(value, dict):
        return _filler(Table(value, table.place(key), table.problems), allowed, depth)
    if not isinstance(value, str):
        number = table.as_number(value, table.place(key), allowed)
        return number if number else "zero"
    if value not in RULES:
        words = (*RULES, "a number of points")
        expected = ", ".join(words)
        table.note(table.place(key), "unknown-word", read=value, expected=expected, **nearest(value, words))
    return value


def _filler(table: Table, allowed: Range, depth: int) -> Rule:
    filler = FILLERS[next((key for key in FILLERS if key in table.raw), "impute")]
    table.close(filler.keys)
    otherwise: Rule = "leave_out"
    if depth > MAXIMUM_CHAIN:
        expected = f"at most {MAXIMUM_CHAIN} rules in a row"
        table.note(table.where, "out-of-range", read=f"{depth} rules in a row", expected=expected)
    elif table.get("otherwise", "a rule for when this one finds nothing") is not None:
        otherwise = _rule(table, "otherwise", allowed, depth + 1)
    return filler.read(table, otherwise)
