"""One way of writing a thing, so that two equal things have one digest: TOML for methods, JSON for results."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from rankings.engine.exact import exact_text

# What a method's document is made of; a tuple holds numbers or texts, a list holds tables.
type Toml = str | bool | Decimal | tuple[Decimal, ...] | tuple[str, ...] | Mapping[str, Toml] | list[Mapping[str, Toml]]
# What a result's document is made of; numbers are texts, for JSON readers turn numbers into binary floats.
type Json = str | bool | Sequence[Json] | Mapping[str, Json] | None


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal.

    >>> digest("palmarès")[:8]
    '9a2e1b66'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def toml_text(document: Mapping[str, Toml]) -> str:
    """A document as TOML, in the order given: one line per key, small tables inline, lists of tables after all else.

    >>> print(toml_text({"format": Decimal(1), "node": [{"title": {"fr": "École"}}]}), end="")
    format = 1
    <BLANKLINE>
    [[node]]
    title = { fr = "École" }
    """
    return "".join(f"{line}\n" for line in _toml_lines(document, ()))


def json_text(document: Json) -> str:
    """A document as canonical JSON: sorted keys, no space, no escaping of letters.

    >>> json_text({"b": None, "a": ["é", True]})
    '{"a":["é",true],"b":null}'
    """
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _toml_lines(table: Mapping[str, Toml], path: tuple[str, ...]) -> Iterator[str]:
    for key, value in table.items():
        if not isinstance(value, list):
            yield f"{key} = {_inline(value)}"
    for key, value in table.items():
        if isinstance(value, list):
            for child in value:
                yield ""
                yield f"[[{'.'.join((*path, key))}]]"
                yield from _toml_lines(child, (*path, key))


def _inline(value: Toml) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return exact_text(Fraction(value))
    if isinstance(value, str):
        # JSON escapes all that TOML wants escaped, but the delete character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_inline(inner)}" for key, inner in value.items()) + " }"
    return "[" + ", ".join(_inline(inner) for inner in value if isinstance(inner, Decimal | str)) + "]"
