"""Spaces, apostrophes and signs of a running text."""

import re

NBSP = "\u00a0"
NNBSP = "\u202f"
APOSTROPHE = "\u2019"

_SPACES = r"[ \u00a0\u202f\u2009]*"
# After a real punctuation sign comes a blank, an end, a closing sign or markup; otherwise it belongs to a word,
# to a query or to a time of day.
_CLOSED = r"(?=[\s)\]»”’\".,…<&]|$)"
# Left to right in one pass; what the first branch takes is given back untouched.
_FRENCH = re.compile(
    r"(?P<kept>(?:https?://|www\.|mailto:)[^\s<>\"«»]+|<!--.*?-->|</?[A-Za-z][^<>]*>|&(?:\#\w+|\w+);)"
    rf"|(?P<empty>«{_SPACES}»)"
    rf"|(?P<open>«{_SPACES}(?=\S))"
    rf"|(?P<close>{_SPACES}»)"
    rf"|(?P<high>{_SPACES}[;!?]+{_CLOSED})"
    rf"|(?P<colon>{_SPACES}:{_CLOSED})"
    rf"|(?P<unit>(?<=\d){_SPACES}[%€‰](?!\w))"
    r"|(?P<apostrophe>(?<=[^\W\d_])'(?=[^\W_]|«))",
    re.DOTALL,
)
# A sign that follows one of these opens something or doubles another sign: « (?) », « : ! » stay as written.
_NOT_BEFORE_PUNCTUATION = frozenset("([{«“‘:;!?/\\&=<")


def is_french(lang: str | None) -> bool:
    """Whether a language code means French; no language at all means French, the language of the house."""
    return lang is None or lang == "" or lang.lower().split("-")[0] == "fr"


def french(text: str) -> str:
    """The same text with French spaces and apostrophes.

    U+202F before ; ! ?, U+00A0 before : and before % ‰ € after a digit, U+00A0 inside « », ’ between letters.
    Addresses, tags and HTML entities are left alone, as is a sign glued to what follows (16:20, ?page=2).
    Idempotent: applied twice, it changes nothing more.
    """
    return _FRENCH.sub(_set, text)


def _set(match: re.Match[str]) -> str:
    """What replaces one match of `_FRENCH`."""
    found, kind = match.group(), match.lastgroup
    if kind == "kept":
        return found
    if kind == "empty":
        return f"«{NBSP}»"
    if kind == "open":
        return f"«{NBSP}"
    if kind == "apostrophe":
        return APOSTROPHE
    if kind == "unit":
        return NBSP + found[-1]
    before = match.string[match.start() - 1] if match.start() else "\n"
    sign = found.lstrip(f" {NBSP}{NNBSP}\u2009")
    if before.isspace() or (kind != "close" and before in _NOT_BEFORE_PUNCTUATION):
        return found
    return (NNBSP if kind == "high" else NBSP) + sign


def typeset(text: str, lang: str | None = "fr") -> str:
    """The text as its language wants it: `french` for French, untouched otherwise."""
    return french(text) if is_french(lang) else text
