"""A result as lines of text: a table to read, CSV to compute with, JSON to check."""

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from rankings.engine.effects import CAUSES, Move
from rankings.engine.exact import decimal_text, exact_text, round_value
from rankings.engine.result import Result
from rankings.engine.rows import Row
from rankings.engine.uncertainty import Robustness, UnitRobustness

_DRAWN = ("median", "low", "high", "first_ten", "precedes", "group")
_MOVE = ("before", "after", "gained", *CAUSES)


def as_table(result: Result, drawn: Robustness | None = None) -> Iterator[str]:
    """Ranks with « = » for ties, scores, the ranks of 90 % of the draws, and the reasons of the unranked."""
    intervals = {unit.unit: f"{unit.low}–{unit.high}" for unit in drawn.units} if drawn else {}
    more = ("5–95 %",) if drawn else ()
    rows = [
        (place(row), row.unit, score(row), f"{int(row.coverage * 100)} %", intervals.get(row.unit, ""))[: 4 + len(more)]
        for row in result.rows
    ]
    yield from aligned(("rank", "unit", "score", "known", *more), rows, right=(0, 2, 3, 4))
    for row in result.rows:
        if row.reason is not None:
            yield unranked(row)
    if drawn:
        shift = decimal_text(round_value(drawn.mean_shift, 1, "half_up"))
        yield f"a unit moves by {shift} places on average of the draws"
        for source, share in drawn.shares.items():
            yield f"{source}: {decimal_text(round_value(share * 100, 0, 'half_up'))} % of the movement"


def as_csv(result: Result, drawn: Robustness | None = None) -> Iterator[str]:
    """One row a unit: rank, tie, score, coverage, reason, the draws, and the points at each node of the method."""
    nodes = [node.key for node in result.sheet.method.root.walk()]
    of_unit = {unit.unit: unit for unit in drawn.units} if drawn else {}
    yield csv_line(["unit", "rank", "tied", "score", "coverage", "reason", *(_DRAWN if drawn else ()), *nodes])
    for row in result.rows:
        points = (row.points[key].points for key in nodes)
        yield csv_line([
            row.unit,
            "" if row.rank is None else str(row.rank),
            "yes" if row.tied else "no",
            score(row),
            f"{row.coverage.numerator}/{row.coverage.denominator}",
            row.reason.code if row.reason else "",
            *(_drawn_cells(of_unit.get(row.unit)) if drawn else ()),
            *("" if number is None else decimal_text(number) for number in points),
        ])  # fmt: skip


def as_json(result: Result, drawn: Robustness | None = None) -> Iterator[str]:
    """The canonical documents, indented, each with its digest beside it."""
    document = {"digest": result.digest, "result": json.loads(result.canonical_text)}
    if drawn:
        document |= {"robustness_digest": drawn.digest, "robustness": json.loads(drawn.canonical_text)}
    yield json.dumps(document, ensure_ascii=False, indent=2)


def _drawn_cells(unit: UnitRobustness | None) -> list[str]:
    if unit is None:
        return [""] * len(_DRAWN)
    precedes = "" if unit.precedes is None else exact_text(unit.precedes)
    ranks = [str(rank) for rank in (unit.median, unit.low, unit.high)]
    return [*ranks, exact_text(unit.first_ten), precedes, str(unit.group)]


def moves_as_table(found: Mapping[str, Move]) -> Iterator[str]:
    """Each unit by its rank after, with the places it gained (−: lost) and the part of each cause."""
    yield from aligned(("unit", *_MOVE), [(unit, *cells) for unit, cells in _move_rows(found)], right=range(1, 7))


def moves_as_csv(found: Mapping[str, Move]) -> Iterator[str]:
    """The same for a program; a figure whose decimals never end is a fraction."""
    yield csv_line(["unit", *_MOVE])
    yield from (csv_line([unit, *cells]) for unit, cells in _move_rows(found))


def moves_as_json(found: Mapping[str, Move]) -> Iterator[str]:
    """The same in JSON; every figure is a text, empty where there is none."""
    rows = [{"unit": unit, **dict(zip(_MOVE, cells, strict=True))} for unit, cells in _move_rows(found)]
    yield json.dumps(rows, ensure_ascii=False, indent=2)


def _move_rows(found: Mapping[str, Move]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for unit, move in sorted(found.items(), key=lambda item: (item[1].after is None, item[1].after or 0, item[0])):
        places = ["" if place is None else str(place) for place in (move.before, move.after, move.gained)]
        effects = ["" if move.effects is None else exact_text(move.effects[cause]) for cause in CAUSES]
        yield unit, (*places, *effects)


FORMATS: Mapping[str, Callable[[Result, Robustness | None], Iterable[str]]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}
MOVES_FORMATS: Mapping[str, Callable[[Mapping[str, Move]], Iterable[str]]] = {
    "table": moves_as_table,
    "csv": moves_as_csv,
    "json": moves_as_json,
}


def place(row: Row) -> str:
    """A rank as it is printed, « = » after it when it is shared; a dash without one."""
    return "–" if row.rank is None else f"{row.rank}{'=' if row.tied else ''}"


def score(row: Row) -> str:
    """A score with the decimals that the method declares; nothing without one."""
    return "" if row.score is None else decimal_text(row.score)


def unranked(row: Row) -> str:
    """Why a unit has no rank, in one line."""
    reason = row.reason
    params = ", ".join(f"{name} {text}" for name, text in reason.params.items()) if reason else ""
    return f"{row.unit}: not ranked, {reason.code if reason else ''} ({params})"


def aligned(head: tuple[str, ...], rows: list[tuple[str, ...]], *, right: Collection[int] = ()) -> Iterator[str]:
    """A table in columns of their own width; those of `right` end at the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = (
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def csv_line(cells: list[str]) -> str:
    """One line of CSV, without its end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
