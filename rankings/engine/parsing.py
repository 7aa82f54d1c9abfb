"""From the text of a method file to a Method, or to every problem it has (docs/method-file.md)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from rankings.engine.absence import Absence
from rankings.engine.aggregates import AGGREGATES
from rankings.engine.arithmetic import DIGITS, read_digits
from rankings.engine.arithmetic import KEYS as ARITHMETIC_KEYS
from rankings.engine.counting import KEYS as COUNTING_KEYS
from rankings.engine.counting import Counting
from rankings.engine.derived import KEYS as DERIVED_KEYS
from rankings.engine.derived import Derived, needed, read_derived
from rankings.engine.exact import MODES, Rounding, exact_text
from rankings.engine.method import RANKS_ON, Branch, Leaf, Method, Node, RoundingRules, is_bonus
from rankings.engine.missing import ABSENCES, Rule, carried_codes, read_rules, rules_of_a_leaf
from rankings.engine.placing import KEYS as PLACING_KEYS
from rankings.engine.placing import Placing
from rankings.engine.preparation import CAPS_KEYS, read_preparation
from rankings.engine.preparation import KEYS as PREPARING
from rankings.engine.problems import MethodError, MethodProblem
from rankings.engine.quotients import UNITS, Quotient
from rankings.engine.scales import check_scale_of_a_bonus, read_scale
from rankings.engine.tables import ABOVE_ZERO, SHARE, Range, Table

# Every key of a method file, by the table it belongs to; those of scales are in scales.py.
KEYS: Mapping[str, tuple[str, ...]] = {
    "method": (
        "format",
        "title",
        "aggregate",
        "points",
        "minimum_coverage",
        *COUNTING_KEYS,
        "best_score",
        "rounding",
        "missing",
        "arithmetic",
        "ranks",
        "tie_breaker",
        "derived",
        "node",
    ),
    "rounding": ("points", "score", "shown", "ranks_on"),
    "one rounding": ("digits", "mode"),
    "missing": ABSENCES,
    "arithmetic": ARITHMETIC_KEYS,
    **PLACING_KEYS,
    "derived": DERIVED_KEYS,
    "caps": CAPS_KEYS,
    "branch": ("key", "title", "weight", "points", "aggregate", "minimum_coverage", *COUNTING_KEYS, "rounding", "node"),
    "leaf": (
        "key",
        "title",
        "weight",
        "bonus",
        "points",
        "indicator",
        "denominator",
        "scale",
        "rounding",
        "missing",
        *PREPARING,
    ),
    "quotient": ("multiply", "ratio_digits", "zero_denominator", "unit"),
}
MAXIMUM_LENGTH = 1_000_000
MAXIMUM_DEPTH = 20
# What replaces a maximum that could not be read, so that no other number is found too great because of it.
_NO_MAXIMUM = Decimal(10**15)
_ONE = Decimal(1)
_DIGITS = Range("a whole number from 0 to 12", low=Decimal(0), high=Decimal(12), whole=True)
_FORMAT = Range("1, the only format there is", low=_ONE, high=_ONE)
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)


def parse_method(text: str) -> Method:
    """The method that a file describes.

    Raises MethodError, with every problem found, when the text is not TOML, lacks a key, has an unknown one, or
    says something that cannot be applied. Keys are those of docs/method-file.md. Reads no file.

    >>> try:
    ...     parse_method("format = 2")
    ... except MethodError as error:
    ...     print(error.problems[0].message)
    format: read 2, expected 1, the only format there is
    """
    top = Table(_load(text), "")
    method = _Reading(top).method()
    if top.problems:
        raise MethodError(top.problems)
    return method


def _load(text: str) -> Mapping[str, object]:
    if len(text) > MAXIMUM_LENGTH:
        params = {"read": str(len(text)), "expected": str(MAXIMUM_LENGTH)}
        raise MethodError([MethodProblem("", "too-long", params)])
    try:
        text.encode()  # lone surrogates pass through tomllib, and would break the digest later
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # tomllib's own error, an integer too long for Python, no Unicode
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        spot = {"line": found[1], "column": found[2]} if found else {}
        where = f"line {found[1]}" if found else ""
        raise MethodError([MethodProblem(where, "syntax", {"detail": str(error), **spot})]) from error


@dataclass(frozen=True)
class _Inherited:
    """What a node takes from above when it does not say."""

    points: Decimal
    aggregate: str
    missing: dict[Absence, Rule]
    rounding: Rounding | None
    depth: int = 1


@dataclass
class _Reading:
    """One reading of one file. `places`: node key → where it was first used."""

    top: Table
    places: dict[str, str] = field(default_factory=dict)
    digits: int = DIGITS
    derived: tuple[Derived, ...] = ()

    def method(self) -> Method:
        top = self.top
        top.close(KEYS["method"])
        top.number("format", _FORMAT)
        title = _title(top)
        aggregate = top.word("aggregate", AGGREGATES)
        points = top.number("points", ABOVE_ZERO, _NO_MAXIMUM)
        coverage = _coverage(top)
        rounding, ranks_on = _rounding_rules(top)
        missing = read_rules(top)
        self.digits, self.derived = read_digits(top), read_derived(top)
        nodes = self.nodes(top, _Inherited(points, aggregate, missing, rounding.points))
        if nodes and all(is_bonus(node) for node in nodes):
            top.note("node", "bonuses-alone")
        counted = Counting.read(top, sum(not is_bonus(node) for node in nodes))
        root = Branch("", title, _ONE, points, aggregate, coverage, nodes, counting=counted)
        placing = Placing.read(top, tuple(self.places))
        best = top.number("best_score", ABOVE_ZERO) if "best_score" in top.raw else None
        return Method(title, root, rounding, ranks_on, missing, self.digits, placing, best, self.derived)

    def nodes(self, table: Table, above: _Inherited) -> tuple[Node, ...]:
        children = table.tables("node")
        if above.depth > MAXIMUM_DEPTH:
            table.note(table.where, "too-deep", expected=str(MAXIMUM_DEPTH))
            return ()
        return tuple(self.node(child, above) for child in children)

    def node(self, table: Table, above: _Inherited) -> Node:
        has_children, has_indicator = "node" in table.raw, "indicator" in table.raw
        if has_children and has_indicator:
            table.note(table.where, "two-natures")
            table.close(KEYS["branch"] + KEYS["leaf"] + KEYS["quotient"])
        elif has_children:
            table.close((*KEYS["branch"], "bonus"))
        elif "denominator" in table.raw:
            table.close(KEYS["leaf"] + KEYS["quotient"])
        else:
            table.close(KEYS["leaf"])
        bonus = table.flag("bonus")
        if bonus and (has_children or above.depth > 1):
            table.note(table.place("bonus"), "misplaced-bonus")
        return self.branch(table, above) if has_children else self.leaf(table, above, bonus=bonus)

    def branch(self, table: Table, above: _Inherited) -> Branch:
        key, title, weight = self.key(table), _title(table), table.number("weight", ABOVE_ZERO)
        aggregate = table.word("aggregate", AGGREGATES) if "aggregate" in table.raw else above.aggregate
        points = _points(table, above)
        if aggregate == "sum" and "points" in table.raw:
            table.note(table.place("points"), "points-of-a-sum")
        children = self.nodes(table, replace(above, points=points, aggregate=aggregate, depth=above.depth + 1))
        coverage = _coverage(table)
        rounding = _rounding(table, "rounding") if "rounding" in table.raw else None
        counted = Counting.read(table, len(children))
        branch = Branch(key, title, weight, points, aggregate, coverage, children, rounding, counted)
        # What a branch is out of can be said of a sound one only.
        if rounding is not None and not table.problems:
            _check_reached(table, "rounding.digits", branch.out_of, rounding)
        return branch

    def leaf(self, table: Table, above: _Inherited, *, bonus: bool) -> Leaf:
        key, title = self.key(table), _title(table)
        weight = Decimal(0) if bonus else table.number("weight", ABOVE_ZERO)
        points = _points(table, above)
        rounding = _rounding_of_a_leaf(table, above, points)
        indicator = ""
        if "indicator" in table.raw:
            indicator = table.text("indicator", "the code of an indicator")
        else:
            table.note(table.where, "no-nature")
        quotient = _quotient(table) if "denominator" in table.raw else None
        scale = read_scale(table, points)
        if bonus:
            _check_bonus(table)
            check_scale_of_a_bonus(table, scale)
            missing: Mapping[Absence, Rule] = dict.fromkeys(Absence, "leave_out")
        else:
            missing = rules_of_a_leaf(table, above.missing, points)
        codes = (indicator, *(quotient.denominators if quotient else ()), *carried_codes(missing))
        preparation = read_preparation(table, scale, self.digits, needed(codes, self.derived))
        applied = preparation.scale(scale)
        return Leaf(key, title, weight, points, indicator, quotient, applied, missing, bonus, rounding, preparation)

    def key(self, table: Table) -> str:
        key = table.text("key", "a key such as “salaires”")
        if key and not _KEY.fullmatch(key):
            expected = "small letters without accent, digits, - and _"
            table.note(table.place("key"), "wrong-text", read=key, expected=expected)
        elif key in self.places:
            table.note(table.place("key"), "duplicate-key", read=key, first=self.places[key])
        elif key:
            self.places[key] = table.where
        return key


def _points(table: Table, above: _Inherited) -> Decimal:
    return table.number("points", ABOVE_ZERO, _NO_MAXIMUM) if "points" in table.raw else above.points


def _coverage(table: Table) -> Decimal:
    return table.number("minimum_coverage", SHARE) if "minimum_coverage" in table.raw else Decimal(0)


def _title(table: Table) -> Mapping[str, str]:
    titles = table.table("title")
    if titles is None:
        return {}
    if "fr" not in titles.raw:
        titles.get("fr", "the title in French")
    for language in titles.raw:
        if not _LANGUAGE.fullmatch(language):
            expected = "a language code of two letters"
            titles.note(titles.place(language), "wrong-text", read=language, expected=expected)
    return {language: titles.text(language, "a title") for language in titles.raw}


def _quotient(table: Table) -> Quotient:
    denominators = table.texts("denominator", "the code of an indicator")
    multiply = table.number("multiply", ABOVE_ZERO) if "multiply" in table.raw else _ONE
    digits = None
    # Two figures divided may count exact; a share that is printed counts as it is printed, and says with what decimals.
    if "ratio_digits" in table.raw or "multiply" in table.raw or len(denominators) > 1:
        digits = int(table.number("ratio_digits", _DIGITS))
    zero = table.word("zero_denominator", ABSENCES) if "zero_denominator" in table.raw else ""
    unit = table.word("unit", UNITS) if "unit" in table.raw else UNITS[0]
    return Quotient(denominators, multiply, digits, Absence(zero or Absence.NOT_APPLICABLE), unit)


def _rounding_rules(top: Table) -> tuple[RoundingRules, str]:
    table = top.table("rounding")
    if table is None:
        return RoundingRules(None, Rounding(0, ""), Rounding(0, "")), ""
    table.close(KEYS["rounding"])
    points = _rounding(table, "points") if "points" in table.raw else None
    score = _rounding(table, "score")
    shown = _rounding(table, "shown") if "shown" in table.raw else score
    return RoundingRules(points, score, shown), table.word("ranks_on", RANKS_ON)


def _rounding(table: Table, key: str) -> Rounding:
    read = table.table(key)
    if read is None:
        return Rounding(0, "")
    read.close(KEYS["one rounding"])
    return Rounding(int(read.number("digits", _DIGITS)), read.word("mode", MODES))


def _rounding_of_a_leaf(table: Table, above: _Inherited, points: Decimal) -> Rounding | None:
    """The rounding it says for itself; None for that of the method."""
    own = _rounding(table, "rounding") if "rounding" in table.raw else None
    rounding = own or above.rounding
    if rounding is not None and not table.problems:
        _check_reached(table, "rounding.digits" if own else "points", Fraction(points), rounding)
    return None if own == above.rounding else own


def _check_bonus(table: Table) -> None:
    """Note what would weigh a bonus, or rule its absences, or let the bonus of one unit move those of the others."""
    for key in ("weight", "missing", "outliers"):
        if key in table.raw:
            table.note(table.place(key), "key-of-a-bonus", key=key)


def _check_reached(table: Table, key: str, out_of: Fraction, rounding: Rounding) -> None:
    """Note a rounding that would carry points beyond their maximum, or keep them from it."""
    if Fraction(rounding.apply(out_of)) != out_of:
        table.note(table.place(key), "rounded-away", read=str(rounding.digits), points=exact_text(out_of))
