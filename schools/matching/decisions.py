"""What people decided where a number or a name is not enough, as they wrote it in a text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from schools.importing.mapping_keys import MappingProblem
from schools.matching.periods import Period, period
from schools.naming import search_key

Verdict = Literal["same", "site", "component", "wider", "predecessor", "outside", "unsaid"]

FORMAT = 1
VERDICTS: tuple[Verdict, ...] = ("same", "site", "component", "wider", "predecessor", "outside", "unsaid")
# The figures under these are the school's own.
COUNTED: tuple[Verdict, ...] = ("same", "site")
# These speak of no school.
WITHOUT_UNIT: tuple[Verdict, ...] = ("outside", "unsaid")
NAME = "name"


class DecisionsRefused(Exception):
    """The decisions cannot be used; `problems` says why, all of it, each with its entry and key, at least one."""

    def __init__(self, problems: tuple[MappingProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A school by a number it already has, such as cti:204."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was said of some keys or names of a source; `path`: its entry in the text, such as decision[3].

    first_year and last_year: the years it holds for, both included; None is without bound.
    """

    dataset: str
    scheme: str
    values: tuple[str, ...]
    verdict: Verdict
    unit: UnitRef | None
    reason: str
    first_year: int | None = None
    last_year: int | None = None
    despite_identifier: bool = False
    path: str = field(default="", compare=False)

    @property
    def lookups(self) -> tuple[str, ...]:
        """The values as subjects are asked for them: keys as they are, names by their search key."""
        return tuple(search_key(value) for value in self.values) if self.scheme == NAME else self.values

    @property
    def counts(self) -> bool:
        """Whether the figures are the school's own."""
        return self.verdict in COUNTED

    @property
    def span(self) -> Period:
        """The days it holds for."""
        return period(self.first_year, self.last_year)

    @property
    def key_name(self) -> str:
        """The key under which the text lists its values."""
        return "names" if self.scheme == NAME else "keys"

    def covers(self, year: int) -> bool:
        """Whether it holds for this year."""
        return (self.first_year is None or self.first_year <= year) and (
            self.last_year is None or year <= self.last_year
        )

    def meets(self, other: "Decision") -> bool:
        """Whether there is a year for which both hold."""
        first = [year for year in (self.first_year, other.first_year) if year is not None]
        last = [year for year in (self.last_year, other.last_year) if year is not None]
        return not first or not last or max(first) <= min(last)

    def says(self) -> tuple[str, str]:
        """What it says, apart from when and why."""
        return (self.verdict, str(self.unit or ""))


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A whole file of decisions; docs/matching.md says what each key means."""

    title: str
    decided_by: str
    decisions: tuple[Decision, ...]
    format: int = FORMAT

    @property
    def canonical_text(self) -> str:
        """The decisions written the one way: two files that say the same in the same order give the same text."""
        return "\n".join(_canonical_lines(self)) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()

    def of(self, dataset: str) -> tuple[Decision, ...]:
        """Those about one source."""
        return tuple(decision for decision in self.decisions if decision.dataset == dataset)


def _canonical_lines(file: DecisionFile) -> Iterable[str]:
    yield f"format = {file.format}"
    yield f"title = {_quoted(file.title)}"
    yield f"decided_by = {_quoted(file.decided_by)}"
    for decision in file.decisions:
        yield "[[decision]]"
        yield f"dataset = {_quoted(decision.dataset)}"
        yield f"scheme = {_quoted(decision.scheme)}"
        yield f"{decision.key_name} = {_listed(decision.values)}"
        yield f"verdict = {_quoted(decision.verdict)}"
        if decision.unit:
            yield f"unit = {_quoted(str(decision.unit))}"
        if decision.first_year is not None:
            yield f"from = {decision.first_year}"
        if decision.last_year is not None:
            yield f"until = {decision.last_year}"
        if decision.despite_identifier:
            yield "despite_identifier = true"
        yield f"reason = {_quoted(decision.reason)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() or sign == "\u00a0" else _escape(sign) for sign in escaped) + '"'


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"
