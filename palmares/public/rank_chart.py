"""The geometry of ranks over editions, one line a school: the first place on top, names at the end of the lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

# In the units of a drawing 372 wide: ranks left of the lines, names right of them, years below.
LEFT, RIGHT, NAMES = Decimal(34), Decimal(212), Decimal(226)
TOP = Decimal(22)
LEAST_HEIGHT = Decimal(150)
LINE_HEIGHT, NAME_GAP = Decimal(15), Decimal(7)
# How many letters of a name stand right of the lines.
LETTERS = 20
MOST_LEVELS = 5


@dataclass(frozen=True)
class Run:
    """One school: its ranks by year, and how its last place is written. `number`: which of the four signs it has."""

    number: int
    name: str
    words: str
    ranks: Mapping[int, int]


@dataclass(frozen=True)
class Label:
    """What stands at the end of a line: from where it is led, where it stands, its lines of text."""

    number: int
    leader: str
    y: str
    words: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """One school's line: `paths` are broken where an edition does not rank it."""

    number: int
    paths: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RankChart:
    """A drawing: `sill` is below the lines, `foot` where the years are written. `levels`: (rank, ordinate);
    `years`: (year, abscissa); `changes`: abscissas where the rules changed."""

    height: str
    sill: str
    foot: str
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    levels: tuple[tuple[int, str], ...]
    years: tuple[tuple[int, str], ...]
    changes: tuple[str, ...]


def rank_chart(runs: Sequence[Run], years: Sequence[int], changes: Iterable[int]) -> RankChart | None:
    """The drawing of these schools over these editions; None when there is no line to draw: fewer than two editions,
    or no rank in any.

    `changes`: the years whose rules are not those of the edition before.
    """
    told = [run for run in runs if run.ranks]
    if len(years) < 2 or not told:
        return None
    levels = levels_of([rank for run in told for rank in run.ranks.values()])
    wrapped = {run.number: wrap(run.name) for run in told}
    bottom = TOP + max(LEAST_HEIGHT, sum(_height(lines) for lines in wrapped.values()) - NAME_GAP)
    step = (RIGHT - LEFT) / (len(years) - 1)
    x = {year: LEFT + step * place for place, year in enumerate(years)}
    y = {rank: _ordinate(rank, levels, bottom) for run in told for rank in run.ranks.values()}
    ends = {run.number: (x[max(run.ranks)], y[run.ranks[max(run.ranks)]]) for run in told}
    return RankChart(
        height=_text(bottom + 34),
        sill=_text(bottom + 6),
        foot=_text(bottom + 26),
        lines=tuple(_line(run, years, x, y) for run in told),
        labels=tuple(_labels(told, ends, wrapped, bottom)),
        levels=tuple((level, _text(_ordinate(level, levels, bottom))) for level in levels),
        years=tuple((year, _text(x[year])) for year in years),
        changes=tuple(_text(x[year] - step / 2) for year in years[1:] if year in set(changes)),
    )


def levels_of(ranks: Sequence[int]) -> tuple[int, ...]:
    """The ranks to draw hairlines at, three to five, round and around all those given; the first is never 0.

    >>> levels_of([16, 52]), levels_of([1, 1]), levels_of([97, 104])
    ((1, 20, 40, 60), (1, 2, 3), (96, 98, 100, 102, 104))
    """
    least, greatest = min(ranks), max(ranks)
    for size in _sizes():
        low = least // size
        high = max(-(-greatest // size), low + 2)
        if high - low < MOST_LEVELS:
            return tuple(max(place * size, 1) for place in range(low, high + 1))
    raise AssertionError("a step of any size is tried")


def _sizes() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def wrap(name: str) -> tuple[str, ...]:
    """A name as lines of about LETTERS letters, broken between words; none is cut.

    >>> wrap("École des eaux et forêts du Morvan")
    ('École des eaux et', 'forêts du Morvan')
    """
    lines = [""]
    for word in name.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > LETTERS and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _height(lines: Sequence[str]) -> Decimal:
    return LINE_HEIGHT * (len(lines) + 1) + NAME_GAP


def _ordinate(rank: int, levels: Sequence[int], bottom: Decimal) -> Decimal:
    return TOP + (bottom - TOP) * (rank - levels[0]) / (levels[-1] - levels[0])


def _line(run: Run, years: Sequence[int], x: Mapping[int, Decimal], y: Mapping[int, Decimal]) -> Line:
    points: list[list[str]] = [[]]
    for year in years:
        if year in run.ranks:
            points[-1].append(f"{_text(x[year])} {_text(y[run.ranks[year]])}")
        elif points[-1]:
            points.append([])
    paths = tuple("M" + "L".join(part) for part in points if len(part) > 1)
    dots = tuple((_text(x[year]), _text(y[rank])) for year, rank in sorted(run.ranks.items()))
    return Line(run.number, paths, dots)


def _labels(
    runs: Sequence[Run],
    ends: Mapping[int, tuple[Decimal, Decimal]],
    wrapped: Mapping[int, tuple[str, ...]],
    bottom: Decimal,
) -> Iterator[Label]:
    """The names, from top to bottom in the order of the lines' ends: each as near to its end as the others let it."""
    ordered = sorted(runs, key=lambda run: (ends[run.number][1], run.number))
    tops = _stacked([(ends[run.number][1] - 10, _height(wrapped[run.number])) for run in ordered], bottom + NAME_GAP)
    for run, top in zip(ordered, tops, strict=True):
        x, y = ends[run.number]
        first = top + 14
        lines = tuple((_text(first + LINE_HEIGHT * place), line) for place, line in enumerate(wrapped[run.number], 1))
        leader = f"M{_text(x + 6)} {_text(y)}L{_text(NAMES - 4)} {_text(first - 4)}"
        yield Label(run.number, leader, _text(first), run.words, lines)


def _stacked(blocks: Sequence[tuple[Decimal, Decimal]], bottom: Decimal) -> list[Decimal]:
    """The top of each block (wanted top, height), in their order, without one over another; all above `bottom`."""
    tops: list[Decimal] = []
    least = TOP - 14
    for wanted, height in blocks:
        tops.append(max(wanted, least))
        least = tops[-1] + height
    limit = bottom
    for place in range(len(blocks) - 1, -1, -1):
        limit = min(limit, tops[place] + blocks[place][1]) - blocks[place][1]
        tops[place] = limit
    return tops


def _text(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_EVEN):f}"
