"""Reading a TOML table with care: every getter checks, notes what is wrong, and goes on.

After a problem a getter answers with a stand-in, so that the reading finds the other problems too; a stand-in never
leaves the parser, which raises as soon as one problem is noted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from rankings.engine.dataset import is_short
from rankings.engine.problems import MethodProblem

_DIGITS = 15


@dataclass(frozen=True)
class Range:
    """The numbers a key takes, and the words that say so."""

    words: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool = True
    whole: bool = False

    def holds(self, number: Decimal) -> bool:
        """Whether a finite number is one of them."""
        if self.low is not None and (number < self.low or (number == self.low and not self.low_included)):
            return False
        if self.high is not None and number > self.high:
            return False
        return not self.whole or number == number.to_integral_value()


ANY_NUMBER = Range("a number")
ABOVE_ZERO = Range("a number above 0", low=Decimal(0), low_included=False)
SHARE = Range("a number from 0 to 1", low=Decimal(0), high=Decimal(1))


def up_to(points: Decimal) -> Range:
    """The points a leaf can be given: from zero to its maximum."""
    return Range(f"a number from 0 to {points:f}", low=Decimal(0), high=points)


@dataclass
class Table:
    """A table being read: what it holds, its place in the file, and the one list where problems are noted."""

    raw: Mapping[str, object]
    where: str
    problems: list[MethodProblem] = field(default_factory=list)

    def place(self, key: str) -> str:
        """The path of one of its keys."""
        return f"{self.where}.{key}" if self.where else key

    def note(self, where: str, code: str, **params: str) -> None:
        """Note that something is wrong."""
        self.problems.append(MethodProblem(where, code, params))

    def close(self, known: tuple[str, ...]) -> None:
        """Note every key that is not one of those known here, with the nearest of them."""
        for key in self.raw:
            if key not in known:
                self.note(self.place(key), "unknown-key", key=key, expected=", ".join(known), **nearest(key, known))

    def get(self, key: str, expected: str) -> object | None:
        """What is under a key; None, and a problem, when it is absent (TOML has no null)."""
        if key not in self.raw:
            self.note(self.where, "missing-key", key=key, expected=expected)
        return self.raw.get(key)

    def number(self, key: str, allowed: Range, stand_in: Decimal = Decimal(1)) -> Decimal:
        """The number under a key, an integer or a decimal alike."""
        value = self.get(key, allowed.words)
        return stand_in if value is None else self.as_number(value, self.place(key), allowed, stand_in)

    def as_number(self, value: object, where: str, allowed: Range, stand_in: Decimal = Decimal(1)) -> Decimal:
        """A value of the file as a number."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.note(where, "wrong-type", read=described(value), expected=allowed.words)
            return stand_in
        number = Decimal(value)
        if not number.is_finite() or not is_short(number, _DIGITS):
            limit = f"a number with at most {_DIGITS} digits on each side of the decimal mark"
            self.note(where, "out-of-range", read=_shortened(str(number)), expected=limit)
            return stand_in
        if not allowed.holds(number):
            self.note(where, "out-of-range", read=format(number, "f"), expected=allowed.words)
            return stand_in
        return number

    def numbers(self, key: str, allowed: Range) -> tuple[Decimal, ...]:
        """The list of numbers under a key, at least one."""
        values = self.get(key, "a list of numbers")
        if not isinstance(values, list):
            if values is not None:
                self.note(self.place(key), "wrong-type", read=described(values), expected="a list of numbers")
            return ()
        if not values:
            self.note(self.place(key), "wrong-length", read="0 numbers", expected="at least 1")
        return tuple(
            self.as_number(value, f"{self.place(key)}[{position}]", allowed)
            for position, value in enumerate(values, start=1)
        )

    def text(self, key: str, expected: str) -> str:
        """The text under a key: no space around it, no control character, not empty."""
        value = self.get(key, expected)
        return "" if value is None else self.as_text(value, self.place(key), expected)

    def as_text(self, value: object, where: str, expected: str) -> str:
        """A value of the file as a text."""
        if not isinstance(value, str):
            self.note(where, "wrong-type", read=described(value), expected=expected)
            return ""
        if not value or value != value.strip() or not value.isprintable():
            self.note(where, "wrong-text", read=_shortened(value), expected=expected)
        return value

    def texts(self, key: str, expected: str) -> tuple[str, ...]:
        """The texts under a key, one or a list of them, each once."""
        value = self.get(key, expected)
        if not isinstance(value, list):
            return (self.text(key, expected),)
        if not value:
            self.note(self.place(key), "wrong-length", read="0 texts", expected="at least 1")
        found: list[str] = []
        for position, item in enumerate(value, start=1):
            where = f"{self.place(key)}[{position}]"
            text = self.as_text(item, where, expected)
            if text in found:
                self.note(where, "wrong-text", read=_shortened(text), expected=f"{expected} that is not there already")
            found.append(text)
        return tuple(found)

    def word(self, key: str, words: Iterable[str]) -> str:
        """The word under a key, one of those given; "" after a problem."""
        choices = tuple(words)
        expected = f"one of: {', '.join(choices)}"
        value = self.get(key, expected)
        if value is None or value in choices:
            return str(value or "")
        if isinstance(value, str):
            hint = nearest(value, choices)
            self.note(self.place(key), "unknown-word", read=_shortened(value), expected=", ".join(choices), **hint)
        else:
            self.note(self.place(key), "wrong-type", read=described(value), expected=expected)
        return ""

    def flag(self, key: str) -> bool:
        """Whether a key says `true`; a key that is not there says `false`."""
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            self.note(self.place(key), "wrong-type", read=described(value), expected="true or false")
        return value is True

    def table(self, key: str) -> "Table | None":
        """The table under a key; None after a problem."""
        value = self.get(key, "a table")
        return None if value is None else self.as_table(value, self.place(key))

    def tables(self, key: str) -> list["Table"]:
        """The list of tables under a key, at least one."""
        values = self.get(key, "a list of tables")
        if not isinstance(values, list):
            if values is not None:
                self.note(self.place(key), "wrong-type", read=described(values), expected="a list of tables")
            return []
        if not values:
            self.note(self.place(key), "wrong-length", read="0 tables", expected="at least 1")
        found = (self.as_table(value, f"{self.place(key)}[{at}]") for at, value in enumerate(values, start=1))
        return [table for table in found if table is not None]

    def as_table(self, value: object, where: str) -> "Table | None":
        """A value of the file as a table to read."""
        if isinstance(value, dict):
            return Table(value, where, self.problems)
        self.note(where, "wrong-type", read=described(value), expected="a table")
        return None


def nearest(word: str, known: tuple[str, ...]) -> dict[str, str]:
    """The known word that resembles one read, as a param; nothing when none does."""
    matches = get_close_matches(word, known, n=1)
    return {"nearest": matches[0]} if matches else {}


def described(value: object) -> str:
    """What a value of the file is, in words, for a message."""
    if isinstance(value, str):
        return f"the text “{_shortened(value)}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        # By way of a Decimal: Python refuses to write an integer of more than 4,300 digits, which TOML's 0x… can hold.
        return f"the number {_shortened(str(Decimal(value)))}"
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list) else f"the date or time {value}"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
