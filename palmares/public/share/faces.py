"""The two faces of the pages, opened for drawing from the same files, at any size and weight."""

import unicodedata
from functools import cache, lru_cache

from django.conf import settings
from PIL import ImageFont

_FOLDER = settings.BASE_DIR / "palmares" / "static" / "palmares" / "fonts"
_FILES = {"display": "besley-latin-wght-normal.woff2", "text": "hanken-grotesk-latin-wght-normal.woff2"}
# Where the latin files stop and letters do not come apart into one of theirs and an accent.
_NEAREST = str.maketrans("\u202fłŁđĐħĦŧŦıŋŊ\u2011", "\u00a0lLdDhHtTinN-")


@cache
def face(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """« display » or « text » in so many pixels.

    Letters are set one after the other by FreeType alone: the other engine of Pillow depends on what the system has.
    """
    found = ImageFont.truetype(_FOLDER / _FILES[name], size, layout_engine=ImageFont.Layout.BASIC)
    found.set_variation_by_axes([weight])
    return found


@lru_cache(maxsize=4096)
def drawable(text: str, name: str) -> str:
    """The same text in signs that the face has: a letter it lacks gives way to its nearest, never to an empty box."""
    return "".join(_sign(letter, name) for letter in text.translate(_NEAREST))


@lru_cache(maxsize=1024)
def _sign(letter: str, name: str) -> str:
    if has(letter, name):
        return letter
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return plain if plain and all(has(part, name) for part in plain) else "?"


@lru_cache(maxsize=1024)
def has(letter: str, name: str) -> bool:
    """Whether the face has a drawing of its own for this letter."""
    return letter.isspace() or _drawn(letter, name) != _drawn("\uffff", name)


def _drawn(letter: str, name: str) -> tuple[object, bytes]:
    mask = face(name, 40, 400).getmask(letter)
    return mask.size, bytes(mask)
