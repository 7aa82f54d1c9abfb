"""An explanation as lines of text, in the three formats."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from rankings.engine.absence import Absence
from rankings.engine.dataset import Value
from rankings.engine.exact import decimal_text, exact_text, round_value
from rankings.engine.explaining import Explanation
from rankings.engine.result import Result
from rankings.engine.rows import Row
from rankings.engine.shell.printing import aligned, csv_line, place

_DECIMALS = 3
_PARTS = ("node", "value", "points", "out_of", "worth", "at_most", "lost", "behind_first")


def as_table(result: Result, told: Explanation) -> Iterator[str]:
    """The rank and the gap to the next one, what each node brings, and what the next thresholds would."""
    row = _row(result, told)
    yield f"{told.unit}: rank {place(row)}, score {decimal_text(told.score)}"
    if told.ahead:
        points = "point" if told.gap == 1 else "points"
        yield f"next rank: {', '.join(told.ahead)}, {decimal_text(told.gap)} {points} ahead"
    yield ""
    rows = [(*texts, *map(_short, figures)) for texts, figures in _lines(row, told)]
    yield from aligned(_PARTS, rows, right=range(1, len(_PARTS)))
    if told.next_steps:
        yield ""
    for step in told.next_steps:
        got = f"{decimal_text(step.points)} points, score {decimal_text(step.score)}, rank {step.rank}"
        yield f"{step.leaf} at {exact_text(step.value)}: {got}"


def as_csv(result: Result, told: Explanation) -> Iterator[str]:
    """One line a node; figures whose decimals never end are fractions."""
    yield csv_line(list(_PARTS))
    for texts, figures in _lines(_row(result, told), told):
        yield csv_line([*texts, *map(exact_text, figures)])


def as_json(result: Result, told: Explanation) -> Iterator[str]:
    """Everything; every figure is a text."""
    lines = [
        dict(zip(_PARTS, (*texts, *map(exact_text, figures)), strict=True))
        for texts, figures in _lines(_row(result, told), told)
    ]
    steps = [
        {
            "leaf": step.leaf,
            "value": exact_text(step.value),
            "points": decimal_text(step.points),
            "score": decimal_text(step.score),
            "rank": str(step.rank),
        }
        for step in told.next_steps
    ]
    document = {
        "unit": told.unit,
        "rank": str(told.rank),
        "score": decimal_text(told.score),
        "ahead": list(told.ahead),
        "gap": decimal_text(told.gap),
        "nodes": lines,
        "next_steps": steps,
    }
    yield json.dumps(document, ensure_ascii=False, indent=2)


EXPLANATION_FORMATS: Mapping[str, Callable[[Result, Explanation], Iterable[str]]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}


def _lines(row: Row, told: Explanation) -> Iterator[tuple[tuple[str, ...], tuple[Fraction, ...]]]:
    """For each node what it is said to have, in texts, and what it brings, in figures."""
    for part in told.contributions:
        points = row.points[part.node]
        value = "" if points.value is None else _said(points.value)
        got = "" if points.points is None else decimal_text(points.points)
        texts = (part.node, value, got, decimal_text(points.out_of))
        yield texts, (part.worth, part.at_most, part.lost, part.behind)


def _said(value: Value) -> str:
    return value.value if isinstance(value, Absence) else decimal_text(value)


def _row(result: Result, told: Explanation) -> Row:
    return next(row for row in result.rows if row.unit == told.unit)


def _short(figure: Fraction) -> str:
    return decimal_text(round_value(figure, _DECIMALS, "half_up"))
