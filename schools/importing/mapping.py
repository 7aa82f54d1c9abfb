"""A mapping: which columns of a file are which attributes and indicators, as people agreed on it in a text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from schools.importing.keys import normal_key

Aggregate = Literal["only", "sum", "weighted_mean", "max", "min"]
Absence = Literal["missing", "not_communicated", "not_applicable", "secret"]
Purpose = Literal["figures", "register"]

FORMAT = 1
PURPOSES: tuple[Purpose, ...] = ("figures", "register")
ATTRIBUTES = ("name", "nature", "sector", "entry", "duration_years", "region", "academie", "city", "website")
SECTORS = ("public", "private_contract", "private", "consular", "")
# Whether an establishment is a school or something larger, of which a school may be a part.
NATURES = ("school", "wider", "")
# After which studies students enter, and for how many years.
ENTRIES = ("post_bac", "post_prepa", "")
DURATIONS = ("1", "2", "3", "4", "5", "6", "7", "8", "")
AGGREGATES: tuple[Aggregate, ...] = ("only", "sum", "weighted_mean", "max", "min")
# The most binding first: what an aggregate is when its rows are absent for several reasons.
ABSENCES: tuple[Absence, ...] = ("secret", "not_communicated", "missing", "not_applicable")
ABSENT_ROWS = ("absent", "leave_out")


@dataclass(frozen=True, slots=True)
class KeyRule:
    """Which column says what school a row is about; `accept`: keys taken as they are, without form or letter.

    `separator` stands between the keys of a cell that holds several, empty when a cell holds one. `otherwise`: the
    register, among the other numbers, of what names the school of a row without usable keys; empty for none.
    """

    scheme: str
    column: str
    accept: tuple[str, ...] = ()
    separator: str = ""
    otherwise: str = ""

    def scheme_of(self, keys: Sequence[str]) -> str:
        """The register that the keys of one row are of."""
        own = any(key in self.accept or normal_key(self.scheme, key) for key in keys)
        return self.scheme if own or not self.otherwise else self.otherwise


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """Which column says an attribute of the school; `values`: its texts → what they mean, () when taken as read."""

    attribute: str
    column: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NumberRule:
    """Which column says another number of the school, in the register `scheme`; `separator` as in `KeyRule`."""

    scheme: str
    column: str
    separator: str = ""


@dataclass(frozen=True, slots=True)
class KeepRule:
    """A condition on the rows that count: the text of this column is one of these, or begins with one of those."""

    column: str
    equals: tuple[str, ...] = ()
    starts_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """When a row says nothing of a value, whatever it holds: each of these columns has one of these texts; and why."""

    columns: tuple[str, ...]
    equals: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ValueRule:
    """Which column says an indicator, and how the rows of one school become one value.

    `times`: the column by which each number is multiplied before the sum, empty for none.
    """

    indicator: str
    column: str
    aggregate: Aggregate = "only"
    multiply: Decimal = Decimal(1)
    weight: str = ""
    zero_weight: Absence = "missing"
    absent_rows: str = "absent"
    percent_sign: bool = False
    times: str = ""
    not_measured: tuple[NotMeasured, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file; docs/mapping-file.md says what each key means.

    Either `reference_year` is the year of every row, or it is None and `year_column` says each row's.
    """

    title: str
    sheet: str
    header_row: int
    reference_year: int | None
    key: KeyRule
    unit: tuple[AttributeRule, ...]
    absences: tuple[tuple[str, Absence], ...]
    keep: tuple[KeepRule, ...]
    values: tuple[ValueRule, ...]
    format: int = FORMAT
    purpose: Purpose = "figures"
    dataset: str = ""
    year_column: str = ""
    other_names: tuple[str, ...] = ()
    names_from: date | None = None
    names_to: date | None = None
    numbers: tuple[NumberRule, ...] = ()

    @property
    def canonical_text(self) -> str:
        """The mapping written the one way: two files that say the same give the same text, itself a mapping file.

        Comments, spacing and the order of keys do not count; the order of the values and of the conditions does. Keys
        that came after the first mappings are written only where they are used, so that digests stay what they were.
        """
        return "\n".join(_canonical_lines(self)) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()


def _canonical_lines(mapping: Mapping) -> Iterable[str]:
    key = mapping.key
    yield f"format = {mapping.format}"
    if mapping.purpose != "figures":
        yield f"purpose = {_quoted(mapping.purpose)}"
    if mapping.dataset:
        yield f"dataset = {_quoted(mapping.dataset)}"
    yield f"title = {_quoted(mapping.title)}"
    yield f"sheet = {_quoted(mapping.sheet)}"
    yield f"header_row = {mapping.header_row}"
    year = f"{{ column = {_quoted(mapping.year_column)} }}" if mapping.year_column else mapping.reference_year
    yield f"reference_year = {year}"
    accept = f"accept = {_listed(key.accept)}{_separator(key.separator)}"
    if key.otherwise:
        accept += f", otherwise = {_quoted(key.otherwise)}"
    yield f"key = {{ scheme = {_quoted(key.scheme)}, column = {_quoted(key.column)}, {accept} }}"
    yield from _unit_lines(mapping)
    yield "[absences]"
    for token, kind in mapping.absences:
        yield f"{_quoted(token)} = {_quoted(kind)}"
    for condition in mapping.keep:
        yield "[[keep]]"
        yield f"column = {_quoted(condition.column)}"
        if condition.equals:
            yield f"equals = {_listed(condition.equals)}"
        if condition.starts_with:
            yield f"starts_with = {_listed(condition.starts_with)}"
    for value in mapping.values:
        yield from _value_lines(value)


def _unit_lines(mapping: Mapping) -> Iterable[str]:
    yield "[unit]"
    for rule in mapping.unit:
        pairs = ", ".join(f"{_quoted(text)} = {_quoted(meaning)}" for text, meaning in rule.values)
        values = f", values = {{ {pairs} }}" if pairs else ""
        yield f"{rule.attribute} = {{ column = {_quoted(rule.column)}{values} }}"
    if mapping.other_names:
        yield f"other_names = {_listed(mapping.other_names)}"
    for name, day in (("names_from", mapping.names_from), ("names_to", mapping.names_to)):
        if day is not None:
            yield f"{name} = {day.isoformat()}"
    if mapping.numbers:
        yield "[unit.numbers]"
    for number in mapping.numbers:
        yield f"{number.scheme} = {{ column = {_quoted(number.column)}{_separator(number.separator)} }}"


def _separator(separator: str) -> str:
    return f", separator = {_quoted(separator)}" if separator else ""


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
    if rule.times:
        yield f"times = {_quoted(rule.times)}"
    if rule.not_measured:
        yield f"not_measured = [{', '.join(_not_measured(each) for each in rule.not_measured)}]"


def _not_measured(rule: NotMeasured) -> str:
    columns, texts = _listed(rule.columns), _listed(rule.equals)
    return f"{{ columns = {columns}, equals = {texts}, why = {_quoted(rule.why)} }}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() or sign == "\u00a0" else _escape(sign) for sign in escaped) + '"'


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"
