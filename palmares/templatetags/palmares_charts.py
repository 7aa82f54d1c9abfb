"""Geometry of the small drawings, as canonical texts: no binary float, no decimal comma in an SVG attribute."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypedDict

from django import template

from schools.typography import Figure, exact

register = template.Library()

_TENTH = Decimal("0.1")


class Bar(TypedDict):
    """Lengths in hundredths of the track; an empty text draws nothing."""

    width: str
    median: str


class Strip(TypedDict):
    """Abscissas of a drawing 200 wide; `sticks` is the path of all the schools."""

    sticks: str
    median: str
    mine: str


class Interval(TypedDict):
    """Abscissas in hundredths of the axis."""

    start: str
    at: str
    end: str


def _coordinate(value: Decimal) -> str:
    return f"{value.quantize(_TENTH, rounding=ROUND_HALF_EVEN):f}"


def _known(value: Figure | None) -> Decimal | None:
    """The figure, or None for what a template gives for a missing one."""
    return None if value is None or value == "" else exact(value)


@register.simple_tag
def bar_geometry(value: Figure | None, maximum: Figure, median: Figure | None = None) -> Bar:
    """The length of a bar and the place of its median tick, kept between nothing and the whole track.

    A missing value has no bar. Raises ValueError when the maximum is not above zero.
    """
    whole = exact(maximum)
    if whole <= 0:
        raise ValueError(f"a bar needs a maximum above zero, not {maximum}")

    def share(figure: Figure | None) -> str:
        known = _known(figure)
        return "" if known is None else _coordinate(min(max(known / whole, Decimal(0)), Decimal(1)) * 100)

    return Bar(width=share(value), median=share(median))


@register.simple_tag
def strip_geometry(
    values: Iterable[Figure],
    median: Figure | None = None,
    mine: Figure | None = None,
    lower_is_better: bool = False,
) -> Strip:
    """Where the schools stand between the least and the greatest value; all equal, they stand in the middle.

    The best is always on the right. No value at all draws nothing.
    """
    known = [exact(value) for value in values or ()]
    if not known:
        return Strip(sticks="", median="", mine="")
    least, greatest = min(known), max(known)

    def place(figure: Figure | None) -> str:
        value = _known(figure)
        if value is None:
            return ""
        share = Decimal("0.5") if least == greatest else (value - least) / (greatest - least)
        share = min(max(share, Decimal(0)), Decimal(1))
        return _coordinate(6 + 188 * (1 - share if lower_is_better else share))

    # Schools at the same place are one stick: the drawing keeps its weight down.
    sticks = sorted({place(value) for value in known}, key=Decimal)
    return Strip(sticks="".join(f"M{x} 6.5v13.5" for x in sticks), median=place(median), mine=place(mine))


@register.simple_tag
def rank_strip_geometry(ranks: Iterable[int], last: int, median: Figure | None = None) -> Strip:
    """Where some schools stand among all, from the first place on the left to the `last`; no rank draws no stick."""

    def at(place: Decimal) -> str:
        return _coordinate(6 + 188 * min((place - 1) / max(last - 1, 1), Decimal(1)))

    sticks = sorted({at(Decimal(rank)) for rank in ranks}, key=Decimal)
    middle = _known(median)
    return Strip(sticks="".join(f"M{x} 4v16" for x in sticks), median="" if middle is None else at(middle), mine="")


@register.simple_tag
def interval_geometry(best: int, rank: int, worst: int, last: int) -> Interval:
    """The interval of ranks on an axis from the first place to `last`; a bar is at least one hundredth long."""
    if not 1 <= best <= rank <= worst:
        raise ValueError(f"places out of order: {best}, {rank}, {worst}")

    def at(place: int) -> Decimal:
        return min(Decimal(place - 1) / max(last - 1, 1), Decimal(1)) * 100

    start, end = at(best), max(at(worst), min(at(best) + 1, Decimal(100)))
    return Interval(start=_coordinate(start), at=_coordinate(at(rank)), end=_coordinate(end))
