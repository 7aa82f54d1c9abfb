"""Texts as they are compared, and what no text may hold."""

import unicodedata

from schools.importing.limits import MAX_TEXT


def same_text_key(text: str) -> str:
    """What two spellings of one text share: composed accents (NFC), single plain spaces, none around. Case counts."""
    # What is plain is composed already.
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def text_fault(text: str) -> str:
    """The code of what is wrong with this text, empty when nothing is.

    Refused: more than MAX_TEXT characters; control signs other than tabs and ends of lines, and lone surrogates, which
    databases refuse or cut; invisible and direction signs, which make two texts look the same; U+FFFD, which stands
    where a letter was already lost.
    """
    if len(text) > MAX_TEXT:
        return "text_too_long"
    if text.isascii() and text.isprintable():
        return ""
    for sign in text:
        category = unicodedata.category(sign)
        if category in {"Cf", "Cs", "Co"} or (category == "Cc" and sign not in "\t\r\n"):
            return "text_invisible_sign"
        if sign == "\ufffd":
            return "text_letter_lost"
    return ""
