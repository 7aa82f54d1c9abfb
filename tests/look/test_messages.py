"""The messages of the interface: French typography in the source, English for every one of them."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from schools.typography import french

CATALOGUE = Path(__file__).resolve().parents[2] / "locale" / "en" / "LC_MESSAGES" / "django.po"


def messages() -> list[tuple[str, str]]:
    """Each French message beside its English; plural forms count as messages of their own."""
    with CATALOGUE.open("rb") as text:
        catalogue = read_po(text, locale="en")
    found = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
        strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        found += [(said, english) for said, english in zip(ids, strings, strict=True) if said]
    return found


def test_french_messages_have_french_spaces_and_apostrophes() -> None:
    assert [said for said, _english in messages() if french(said) != said] == []


def test_english_messages_have_english_punctuation() -> None:
    # No space, of any width, before a sign of punctuation; no French quotation marks.
    odd = re.compile(r"«|»|[ \u00a0\u202f][:;!?%]")
    placeholder = re.compile(r"%\(\w+\)s|%s|%%")
    assert [said for _french, said in messages() if odd.search(placeholder.sub("X", said))] == []
