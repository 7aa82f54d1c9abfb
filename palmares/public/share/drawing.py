"""The pictures themselves: a corrected school paper, the rank in the margin, as on the pages (light colours)."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from palmares.public.share.curve import draw_curve
from palmares.public.share.faces import drawable, face
from palmares.public.share.ink import INK, INK_2, MARGIN, MARKER, PAPER, RULE, VIOLET
from palmares.public.share.said import Card, Line, Mark
from palmares.public.share.setting import SMALLEST, Block, Style, fitted

WIDTH, HEIGHT = 1200, 630
# The margin line, and the columns on both sides of it.
_MARGIN_AT, _MARGIN_WIDE = 312, 6
_EDGE, _RIGHT_OF_MARKS, _LEFT, _RIGHT = 40, 284, 364, 1136
_TOP, _FOOT = 62, 548
_COLUMN = _RIGHT - _LEFT
# The height of a curve, its years and ranks included, and of a line of the ranking.
_CURVE, _ROW = 138, 62

_TITLE = Style("display", 700, 66, 32, 116)
_KICKER = Style("text", 600, 28, 20)
_LEAD = Style("text", 400, 30, 22, 132)
_NOTE = Style("text", 600, 30, 25, 132)
_NAME = Style("text", 600, 32, 20, 112)
_FOOT_TEXT = Style("text", 400, 23, 18)
_BELOW = Style("text", 600, 28, 20, 122)
_FIGURE, _ROW_FIGURE = 148, 44
_SHADES = 64


def png(card: Card) -> bytes:
    """The picture of this card, its words inside for who cannot see it. The same card gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((_MARGIN_AT, 0, _MARGIN_AT + _MARGIN_WIDE - 1, HEIGHT), fill=MARGIN)
    pen.rectangle((_LEFT, _FOOT, _RIGHT, _FOOT + 1), fill=RULE)
    _brand(pen, card.site)
    _write(pen, fitted(card.foot, _FOOT_TEXT, _COLUMN, 44), _LEFT, _FOOT + 16, INK_2)
    if card.mark:
        _mark(pen, card.mark)
    below = _head(pen, card)
    if card.lines:
        _lines(pen, card.lines, below)
    else:
        _body(image, pen, card, below)
    said = PngInfo()
    said.add_itxt("Description", card.words)
    kept = io.BytesIO()
    # So many shades are enough for letters on paper, and weigh a third.
    few = image.quantize(_SHADES, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(kept, "PNG", pnginfo=said, compress_level=6)
    return kept.getvalue()


def _brand(pen: ImageDraw.ImageDraw, site: str) -> None:
    """The sign of the site: its margin line and its name."""
    pen.rectangle((60, 561, 65, 593), fill=MARGIN)
    _write(pen, fitted(site, Style("display", 700, 34, 14), 206, 44), 78, 556, VIOLET)


def _head(pen: ImageDraw.ImageDraw, card: Card) -> int:
    """What is above the rest: where it is read, the title, what comes under it. Gives back the ordinate below."""
    below = _TOP
    if card.kicker:
        below = _write(pen, fitted(card.kicker, _KICKER, _COLUMN, 70), _LEFT, below, INK_2) + 10
    room = 150 if card.lines or card.stops else 220
    title = fitted(card.title, _TITLE, _COLUMN, room)
    if card.marked:
        for place, line in enumerate(title.lines):
            top = below + place * title.step
            swipe = (_LEFT - 10, top + title.size // 8, _LEFT + title.width(line) + 10, top + title.step - 2)
            pen.rectangle(swipe, fill=MARKER)
    below = _write(pen, title, _LEFT, below, INK) + 20
    if card.lead:
        below = _write(pen, fitted(card.lead, _LEAD, _COLUMN, _FOOT - 20 - below), _LEFT, below, INK_2) + 12
    return below


def _body(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card, below: int) -> None:
    """The notes that find room as they are, and the curve under them."""
    last = _FOOT - 14 - (_CURVE if len(card.stops) > 1 else 0)
    for text in card.notes:
        note = fitted(text, _NOTE, _COLUMN - 30, 400)
        if not note.whole or len(note.lines) > 2 or below + note.height > last:
            continue
        pen.rectangle((_LEFT, below + 8, _LEFT + 5, below + note.height - 10), fill=VIOLET)
        below = _write(pen, note, _LEFT + 24, below, INK) + 8
    if len(card.stops) > 1 and below <= last:
        draw_curve(image, card.stops, (_LEFT, _FOOT - 14 - _CURVE, _RIGHT, _FOOT - 14))


def _lines(pen: ImageDraw.ImageDraw, lines: Sequence[Line], below: int) -> None:
    """The first places of a ranking, their ranks left of the margin line."""
    top = max(below, _FOOT - 12 - _ROW * len(lines))
    step = min(_ROW, (_FOOT - 12 - top) // len(lines))
    for place, line in enumerate(lines):
        y = top + place * step
        if place:
            pen.rectangle((_LEFT, y, _RIGHT, y), fill=RULE)
        _figure(pen, line.mark, _ROW_FIGURE, y + step - 16)
        name = fitted(line.name, _NAME, _COLUMN - (220 if line.place else 0), step - 6)
        _write(pen, name, _LEFT, y + (step - name.height) // 2, INK)
        if line.place:
            where = fitted(line.place, Style("text", 400, 24, 16), 210, step - 6)
            x = _RIGHT - max(where.width(each) for each in where.lines)
            _write(pen, where, x, y + (step - where.height) // 2 + 2, INK_2)


def _mark(pen: ImageDraw.ImageDraw, mark: Mark) -> None:
    """The mark of the whole paper."""
    y = _TOP + 130
    if mark.figure:
        _figure(pen, Mark(mark.figure, mark.raised), _FIGURE, y)
    else:
        y = _TOP
    for text in mark.below:
        block = fitted(text, _BELOW, 230, 120)
        for line in block.lines:
            x = _RIGHT_OF_MARKS - block.width(line)
            pen.text((x, y + block.step), line, fill=INK_2, font=block.font, anchor="ls")
            y += block.step


def _figure(pen: ImageDraw.ImageDraw, mark: Mark, size: int, base: int) -> None:
    """A figure with its raised letters, ending at the margin; what is said below it comes before, small."""
    figure, letters = drawable(mark.figure, "display"), drawable(mark.raised, "display")
    while True:
        digits, raised = face("display", size, 800), face("display", size * 45 // 100, 700)
        wide = digits.getlength(figure) + raised.getlength(letters)
        if wide <= _RIGHT_OF_MARKS - _EDGE or size <= SMALLEST:
            break
        size -= 2
    x = _RIGHT_OF_MARKS - round(raised.getlength(letters))
    pen.text((x, base - size * 38 // 100), letters, fill=VIOLET, font=raised, anchor="ls")
    x -= round(digits.getlength(figure))
    pen.text((x, base), figure, fill=VIOLET, font=digits, anchor="ls")
    for text in mark.below:
        small = fitted(text, Style("text", 600, 21, 14), max(x - 40, 60), 60)
        pen.text((x - 12 - small.width(text), base), text, fill=INK_2, font=small.font, anchor="ls")


def _write(pen: ImageDraw.ImageDraw, block: Block, x: int, top: int, colour: str) -> int:
    """The lines, from this ordinate on. Gives back the ordinate below them."""
    for place, line in enumerate(block.lines):
        base = top + place * block.step + block.size
        pen.text((x, base), line, fill=colour, font=block.font, anchor="ls")
    return top + block.height
