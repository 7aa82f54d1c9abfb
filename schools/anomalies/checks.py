"""What is looked for in a file that reads well, as people wrote it in a text beside its mapping."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

FORMAT = 1
SEVERITIES = ("blocking", "remark")


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """A share beside the counts it comes from.

    With `part`, share = part ÷ whole × scale. Without, share × whole is a whole number; or, with `at_most`, some
    number of people not above the whole gives it (the share is of an unknown part of the whole).
    """

    share: str
    whole: tuple[str, ...]
    part: tuple[str, ...] = ()
    scale: Decimal = Decimal(1)
    at_most: bool = False
    part_may_exceed: bool = False
    severity: str = "blocking"


@dataclass(frozen=True, slots=True)
class SumCheck:
    """Parts that make a whole: a column, or a number; a gap of at most `most_percent` of the whole is let pass."""

    parts: tuple[str, ...]
    whole: str = ""
    whole_is: Decimal = Decimal(0)
    most_percent: Decimal = Decimal(0)
    severity: str = "blocking"


@dataclass(frozen=True, slots=True)
class JumpCheck:
    """A count of one school from year to year: not `times` more or less, where the greater is `least` or more."""

    column: str
    times: Decimal
    least: Decimal
    severity: str = "blocking"


@dataclass(frozen=True, slots=True)
class ConstantCheck:
    """Columns of shares where a figure repeated `least` times or more beyond chance was filled in.

    `base`: the column of the people they are shares of, empty when there is none; `scale`: 100 for percentages.
    """

    columns: tuple[str, ...]
    base: str = ""
    scale: Decimal = Decimal(1)
    least: int = 10
    severity: str = "blocking"


@dataclass(frozen=True, slots=True)
class ScaleCheck:
    """Columns that are all shares, and should be on one scale."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComponentCheck:
    """A mark at the end of a name that says: counted in another row too.

    `kind` and `wider`: which rows may hold it; `place`: the column where both are the same; `counts`: columns in which
    the holder has at least as many people.
    """

    name: str
    mark: str
    kind: str
    wider: tuple[str, ...]
    place: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """A whole checks file; docs/checks-file.md says what each key means."""

    title: str
    mapping: str
    year: str = ""
    name: str = ""
    keys: tuple[str, ...] = ()
    duplicates_but_one: bool = False
    shares: tuple[ShareCheck, ...] = ()
    sums: tuple[SumCheck, ...] = ()
    jumps: tuple[JumpCheck, ...] = ()
    constants: tuple[ConstantCheck, ...] = ()
    scales: tuple[ScaleCheck, ...] = ()
    components: tuple[ComponentCheck, ...] = ()
    format: int = FORMAT

    @property
    def canonical_text(self) -> str:
        """The checks written the one way, itself a checks file; comments, spacing and order of keys do not count."""
        return "\n".join(_lines(self)) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()


# The tables of a checks file and the fields that hold them, in the order of the canonical text.
TABLES = {
    "share": "shares",
    "sum": "sums",
    "jump": "jumps",
    "constant": "constants",
    "scale": "scales",
    "component": "components",
}


def _lines(checks: Checks) -> Iterator[str]:
    for name in ("format", "title", "mapping", "year", "name", "keys", "duplicates_but_one"):
        yield f"{name} = {_written(getattr(checks, name))}"
    for table, plural in TABLES.items():
        for check in getattr(checks, plural):
            yield f"[[{table}]]"
            for field in fields(check):
                yield f"{field.name} = {_written(getattr(check, field.name))}"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(_quoted(str(each)) for each in value) + "]"
    raise TypeError(type(value).__name__)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() or sign == "\u00a0" else _escape(sign) for sign in escaped) + '"'


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"
