"""Setting a text in a box: as large as it can be, over as many lines as there is room for, never cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from PIL import ImageFont

from palmares.public.share.faces import drawable, face


@dataclass(frozen=True)
class Style:
    """A face and its weight; `largest` and `least` sizes, below which words come apart; `leading` in hundredths."""

    name: str
    weight: int
    largest: int
    least: int
    leading: int = 125


# Where a text still does not fit, it is set this small at worst.
SMALLEST = 12


@dataclass(frozen=True)
class Block:
    """Lines that were set, at one size."""

    style: Style
    size: int
    lines: tuple[str, ...]

    @cached_property
    def font(self) -> ImageFont.FreeTypeFont:
        return face(self.style.name, self.size, self.style.weight)

    @property
    def step(self) -> int:
        """From one baseline to the next."""
        return self.size * self.style.leading // 100

    @property
    def height(self) -> int:
        return self.step * len(self.lines)

    def width(self, line: str) -> int:
        return _width(line, self.font)

    @property
    def whole(self) -> bool:
        """Whether its words stayed whole, and as large as its style wants them."""
        return self.size >= self.style.least


def fitted(text: str, style: Style, width: int, height: int) -> Block:
    """The text as large as the box allows. Raises ValueError when even the smallest size is too large for it."""
    words = drawable(text, style.name).split(" ")
    sizes = range(style.largest, style.least - 1, -2)
    small = range(style.least - 1, SMALLEST - 1, -1)
    for size, apart in (*((size, False) for size in sizes), *((size, True) for size in (style.least, *small))):
        font = face(style.name, size, style.weight)
        lines = _wrapped(words, font, width, apart=apart)
        block = Block(style, size, tuple(lines))
        if lines and block.height <= height:
            return Block(style, size, tuple(_balanced(words, font, width, lines, apart=apart)))
    raise ValueError(f"no room for a text of {len(text)} signs")


def _wrapped(words: Sequence[str], font: ImageFont.FreeTypeFont, width: int, *, apart: bool) -> list[str]:
    """The words over lines; none when one of them is too long and may not come apart."""
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined, font) <= width:
            lines[-1] = joined
        elif _width(word, font) <= width:
            lines.append(word)
        elif not apart:
            return []
        else:
            lines += _pieces(word, font, width)
    return lines


def _pieces(word: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and _width(piece + letter, font) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _balanced(
    words: Sequence[str], font: ImageFont.FreeTypeFont, width: int, lines: list[str], *, apart: bool
) -> list[str]:
    """The same number of lines, as even as they can be: in the narrowest box that holds them."""
    narrow, wide = width // 2, width
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        tried = _wrapped(words, font, middle, apart=apart)
        if tried and len(tried) == len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _width(text: str, font: ImageFont.FreeTypeFont) -> int:
    return int(font.getlength(text)) + 1
