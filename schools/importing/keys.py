"""The numbers by which files name schools."""

import re

# The letter of a UAI is the rest of its seven digits divided by 23, in this alphabet without I, O and Q.
_UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_FORMS = {
    "uai": re.compile(r"[0-9]{7}[A-Z]"),
    "paysage": re.compile(r"[A-Za-z0-9]{5}"),
    "ror": re.compile(r"(?:https://ror\.org/)?0[a-z0-9]{8}"),
    "siren": re.compile(r"[0-9]{9}"),
    "wikidata": re.compile(r"Q[1-9][0-9]*"),
    "cti": re.compile(r"[1-9][0-9]{0,5}"),
}
SCHEMES = tuple(_FORMS)


def normal_key(scheme: str, text: str) -> str | None:
    """The key without spaces around, in the scheme's own case; None when it has not the scheme's form."""
    key = text.strip()
    if scheme == "uai":
        key = key.upper()
    if not key.isascii() or not _FORMS[scheme].fullmatch(key):
        return None
    return key.removeprefix("https://ror.org/") if scheme == "ror" else key


def expected_letter(uai: str) -> str:
    """The letter that the seven digits of this UAI call for.

    >>> expected_letter("0062197F")
    'F'
    """
    return _UAI_LETTERS[int(uai[:7]) % 23]
