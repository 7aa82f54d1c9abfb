"""A mapping: which columns of a file are which attributes and indicators, as people agreed on it in a text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Aggregate = Literal["only", "sum", "weighted_mean", "max", "min"]
Absence = Literal["missing", "not_communicated", "not_applicable", "secret"]

FORMAT = 1
ATTRIBUTES = ("name", "sector", "region", "academie", "city", "website")
SECTORS = ("public", "private_contract", "private", "consular", "")
AGGREGATES: tuple[Aggregate, ...] = ("only", "sum", "weighted_mean", "max", "min")
# The most binding first: what an aggregate is when its rows are absent for several reasons.
ABSENCES: tuple[Absence, ...] = ("secret", "not_communicated", "missing", "not_applicable")
ABSENT_ROWS = ("absent", "leave_out")


@dataclass(frozen=True, slots=True)
class KeyRule:
    """Which column says what school a row is about; `accept`: keys taken as they are, without form or letter."""

    scheme: str
    column: str
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """Which column says an attribute of the school; `values`: its texts → what they mean, () when taken as read."""

    attribute: str
    column: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeepRule:
    """A condition on the rows that count: the text of this column is one of these."""

    column: str
    equals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueRule:
    """Which column says an indicator, and how the rows of one school become one value."""

    indicator: str
    column: str
    aggregate: Aggregate = "only"
    multiply: Decimal = Decimal(1)
    weight: str = ""
    zero_weight: Absence = "missing"
    absent_rows: str = "absent"
    percent_sign: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file; docs/mapping-file.md says what each key means."""

    title: str
    sheet: str
    header_row: int
    reference_year: int
    key: KeyRule
    unit: tuple[AttributeRule, ...]
    absences: tuple[tuple[str, Absence], ...]
    keep: tuple[KeepRule, ...]
    values: tuple[ValueRule, ...]
    format: int = FORMAT

    @property
    def canonical_text(self) -> str:
        """The mapping written the one way: two files that say the same give the same text, itself a mapping file.

        Comments, spacing and the order of keys do not count; the order of the values and of the conditions does.
        """
        return "\n".join(_canonical_lines(self)) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()


def _canonical_lines(mapping: Mapping) -> Iterable[str]:
    key = mapping.key
    yield f"format = {mapping.format}"
    yield f"title = {_quoted(mapping.title)}"
    yield f"sheet = {_quoted(mapping.sheet)}"
    yield f"header_row = {mapping.header_row}"
    yield f"reference_year = {mapping.reference_year}"
    yield f"key = {{ scheme = {_quoted(key.scheme)}, column = {_quoted(key.column)}, accept = {_listed(key.accept)} }}"
    yield "[unit]"
    for rule in mapping.unit:
        pairs = ", ".join(f"{_quoted(text)} = {_quoted(meaning)}" for text, meaning in rule.values)
        values = f", values = {{ {pairs} }}" if pairs else ""
        yield f"{rule.attribute} = {{ column = {_quoted(rule.column)}{values} }}"
    yield "[absences]"
    for token, kind in mapping.absences:
        yield f"{_quoted(token)} = {_quoted(kind)}"
    for condition in mapping.keep:
        yield "[[keep]]"
        yield f"column = {_quoted(condition.column)}"
        yield f"equals = {_listed(condition.equals)}"
    for value in mapping.values:
        yield from _value_lines(value)


def _value_lines(rule: ValueRule) -> Iterable[str]:
    yield "[[value]]"
    yield f"indicator = {_quoted(rule.indicator)}"
    yield f"column = {_quoted(rule.column)}"
    yield f"aggregate = {_quoted(rule.aggregate)}"
    yield f"multiply = {rule.multiply:f}"
    if rule.aggregate == "weighted_mean":
        yield f"weight = {_quoted(rule.weight)}"
        yield f"zero_weight = {_quoted(rule.zero_weight)}"
    yield f"absent_rows = {_quoted(rule.absent_rows)}"
    yield f"percent_sign = {'true' if rule.percent_sign else 'false'}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() or sign == "\u00a0" else _escape(sign) for sign in escaped) + '"'


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"
