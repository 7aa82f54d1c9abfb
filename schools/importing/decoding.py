"""From bytes to text, without ever guessing wrong in silence."""

import re

from schools.importing.problems import refusal, shortened

# What French uses beyond ASCII, with the neighbours' letters that proper names bring.
_PLAUSIBLE = frozenset(
    "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆñÑáíóúÁÍÓÚãõåÅøØßìòÌÒ«»‘’“”–—…€£°²³½¼¾±×·•§µªº†‡©®™\u00a0\u202f\u2009"
)
_TWICE_ENCODED = re.compile(r"Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”\u009d¦\u2018\u2019]|Â[\u00a0«»°²]")
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 with or without mark, UTF-16 with mark, or cp1252.

    cp1252 accepts nearly any bytes, so it is believed only when every letter it yields is one that French writes.
    Raises FileRefused when no encoding fits the whole file, naming the first line that does not, when the file holds
    NUL bytes, or when its accents were encoded twice.
    """
    text, encoding = _decoded(content, name)
    if "\0" in text:
        raise refusal(name, "nul_bytes", line=_line(text, text.index("\0")))
    twice = _TWICE_ENCODED.search(text)
    if twice:
        raise refusal(name, "encoding_twice", line=_line(text, twice.start()), read=_around(text, twice.start()))
    return text, encoding


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise refusal(name, "encoding_utf16") from error
    try:
        text = content.decode("utf-8")
        return (text[1:], "utf-8-sig") if text.startswith("\ufeff") else (text, "utf-8")
    except UnicodeDecodeError as error:
        return _western(content, name, error.start), "cp1252"


def _western(content: bytes, name: str, first_bad_byte: int) -> str:
    if b"\0" in content:
        raise refusal(name, "nul_bytes", line=content[: content.index(b"\0")].count(b"\n") + 1)
    text = content.decode("cp1252", errors="replace")
    for index, sign in enumerate(text):
        if sign >= "\x80" and sign not in _PLAUSIBLE:
            if _has_utf8_letters(content):
                # Most of it is UTF-8: the place to show is the first that is not.
                before, around = content[:first_bad_byte].decode("utf-8"), content.decode("utf-8", errors="replace")
                raise refusal(name, "encoding_mixed", line=_line(before, None), read=_around(around, len(before)))
            raise refusal(name, "encoding_unknown", line=_line(text, index), read=_around(text, index))
    return text


def _has_utf8_letters(content: bytes) -> bool:
    return re.search(rb"[\xc3][\x80-\xbf]|\xe2\x80[\x90-\xaf]", content) is not None


def _line(text: str, index: int | None) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:index])) + 1


def _around(text: str, index: int) -> str:
    """The word around this place, to be found again in the file."""
    start = max(text.rfind(sign, 0, index) for sign in ' ;,\t\r\n"') + 1
    end = min(found if (found := text.find(sign, index)) >= 0 else len(text) for sign in ' ;,\t\r\n"')
    return shortened(text[start:end])
