"""The ranks of a school over the editions, the first place on top."""

from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from palmares.public.share.faces import drawable, face
from palmares.public.share.ink import INK, INK_2, MARKER, PAPER, VIOLET
from palmares.public.share.said import Stop

type Box = tuple[int, int, int, int]

# Lines are drawn so many times larger, and come out smooth.
_FINE = 4
_DISC, _LAST_DISC, _LINE, _DASH = 7, 11, 4, 9
# Kept on the sides for half a label, above for a rank, below for a year.
_SIDE, _ABOVE, _BELOW = 46, 44, 36


def draw_curve(image: Image.Image, stops: Sequence[Stop], box: Box) -> None:
    """Draws the line, a disc and a rank for each year. Dotted where ranks are not of the same rules."""
    dots = _dots(stops, box)
    _strokes(image, stops, dots, box)
    pen = ImageDraw.Draw(image)
    for place, (stop, (x, y)) in enumerate(zip(stops, dots, strict=True)):
        last = place == len(stops) - 1
        rank, year = face("display", 30 if last else 24, 700), face("text", 22, 600 if last else 400)
        ink = VIOLET if last else INK
        pen.text((x, y - (20 if last else 14)), drawable(stop.said, "display"), fill=ink, font=rank, anchor="ms")
        pen.text((x, box[3] - 4), str(stop.year), fill=INK if last else INK_2, font=year, anchor="ms")


def _dots(stops: Sequence[Stop], box: Box) -> list[tuple[int, int]]:
    """Where each stop is: years from left to right, ranks from top to bottom."""
    left, top, right, bottom = box[0] + _SIDE, box[1] + _ABOVE, box[2] - _SIDE, box[3] - _BELOW - 12
    first, years = stops[0].year, max(stops[-1].year - stops[0].year, 1)
    best = min(stop.rank for stop in stops)
    ranks = max(max(stop.rank for stop in stops) - best, 1)
    return [
        (left + (right - left) * (stop.year - first) // years, top + (bottom - top) * (stop.rank - best) // ranks)
        for stop in stops
    ]


def _strokes(image: Image.Image, stops: Sequence[Stop], dots: Sequence[tuple[int, int]], box: Box) -> None:
    """The lines and the discs."""
    left, top, right, bottom = box
    fine = Image.new("RGB", ((right - left) * _FINE, (bottom - top) * _FINE), PAPER)
    pen = ImageDraw.Draw(fine)
    placed = [((x - left) * _FINE, (y - top) * _FINE) for x, y in dots]
    for (earlier, stop), (before, after) in zip(pairwise(stops), pairwise(placed), strict=True):
        if stop.year - earlier.year > 1:
            # An edition that does not rank it, or a year without any, lies between the two: nothing joins them.
            continue
        for start, end in _dashes(before, after) if stop.apart else [(before, after)]:
            pen.line((*start, *end), fill=VIOLET, width=_LINE * _FINE)
    for place, (x, y) in enumerate(placed):
        last = place == len(placed) - 1
        wide = (_LAST_DISC if last else _DISC) * _FINE
        if last:
            pen.ellipse((x - wide, y - wide, x + wide, y + wide), fill=INK)
            wide -= 3 * _FINE
        pen.ellipse((x - wide, y - wide, x + wide, y + wide), fill=MARKER if last else VIOLET)
    image.paste(fine.resize((right - left, bottom - top), Image.Resampling.BOX), (left, top))


type Point = tuple[int, int]


def _dashes(start: Point, end: Point) -> list[tuple[Point, Point]]:
    """The pieces of a dotted line between two points."""
    across, down = end[0] - start[0], end[1] - start[1]
    count = max(max(abs(across), abs(down)) // (_DASH * _FINE), 1)
    steps = [(start[0] + across * n // count, start[1] + down * n // count) for n in range(count + 1)]
    return list(pairwise(steps))[::2]
