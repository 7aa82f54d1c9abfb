"""The geometry of a small curve over years: exact decimals, written as canonical texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Literal

# In the units of a drawing 372 wide and 182 high: the curve lies between these, its figures left, its years below.
LEFT, RIGHT, TOP, BOTTOM = Decimal(54), Decimal(350), Decimal(24), Decimal(136)
MOST_INTERVALS = 4
MOST_YEARS = 6

type Point = tuple[int, Decimal]


@dataclass(frozen=True)
class Dot:
    """One year of the curve, where it is drawn. `words`: where its figure is written, off the line; empty for none."""

    year: int
    x: str
    y: str
    words: Literal["", "above", "below"] = ""


@dataclass(frozen=True)
class Tick:
    """A hairline and the figure it stands for, or a year and its place."""

    value: Decimal
    at: str


@dataclass(frozen=True)
class Curve:
    """A drawing: `lines` are paths, broken where a year says nothing."""

    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    levels: tuple[Tick, ...]
    years: tuple[Tick, ...]


def curve_of(points: Sequence[Point]) -> Curve | None:
    """The curve of these figures, by year; None for fewer than two, which make no line. Years are in order."""
    if len(points) < 2:
        return None
    levels = levels_of([value for _year, value in points])
    first, last = points[0][0], points[-1][0]

    def x(year: int) -> Decimal:
        return LEFT + (RIGHT - LEFT) * (year - first) / (last - first)

    def y(value: Decimal) -> Decimal:
        return BOTTOM - (BOTTOM - TOP) * (value - levels[0]) / (levels[-1] - levels[0])

    lines = []
    for run in _runs(points):
        lines.append("M" + "L".join(f"{_text(x(year))} {_text(y(value))}" for year, value in run))
    return Curve(
        tuple(lines),
        tuple(Dot(year, _text(x(year)), _text(y(value)), words) for (year, value), words in _written(points)),
        tuple(Tick(level, _text(y(level))) for level in levels),
        tuple(Tick(Decimal(year), _text(x(year))) for year in _years(first, last)),
    )


def _written(points: Sequence[Point]) -> Iterator[tuple[Point, Literal["", "above", "below"]]]:
    """Where the figure of each point is written: at both ends only, on the side the line does not go to."""
    for place, point in enumerate(points):
        neighbour = {0: 1, len(points) - 1: -2}.get(place)
        if neighbour is None:
            yield point, ""
        else:
            yield point, "below" if points[neighbour][1] > point[1] else "above"


def levels_of(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The round figures to draw hairlines at, three to five, around all the values.

    >>> [str(level) for level in levels_of([Decimal("21.3"), Decimal("34")])]
    ['20', '25', '30', '35']
    >>> [str(level) for level in levels_of([Decimal(90), Decimal(90)])]
    ['90', '100', '110']
    """
    least, greatest = min(values), max(values)
    # Equal values are told apart by no step: a tenth of their size is enough then.
    smallest = Decimal(0) if least < greatest else max(abs(greatest), Decimal(1)) / 10
    for step in _steps():
        if step < smallest:
            continue
        low = (least / step).to_integral_value(ROUND_FLOOR)
        high = max((greatest / step).to_integral_value(ROUND_CEILING), low + 2)
        if high - low <= MOST_INTERVALS:
            return tuple((low + place) * step for place in range(int(high - low) + 1))
    raise AssertionError("a step of any size is tried")


def _steps() -> Iterator[Decimal]:
    exponent = -6
    while True:
        for digit in (1, 2, 5):
            yield Decimal(digit).scaleb(exponent) if exponent < 0 else Decimal(digit * 10**exponent)
        exponent += 1


def _runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The points year after year; a year that is not there ends a run."""
    run: list[Point] = []
    for point in points:
        if run and point[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(point)
    yield run


def _years(first: int, last: int) -> list[int]:
    """The years to write below: the last, and every so many before it."""
    step = -(-(last - first) // (MOST_YEARS - 1))
    return sorted(range(last, first - 1, -step))


def _text(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_EVEN):f}"
