"""Correlations as lines of text, in the three formats."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rankings.engine.correlations import Correlation
from rankings.engine.exact import decimal_text
from rankings.engine.shell.printing import aligned, csv_line

_HEAD = ("first", "second", "units", "coefficient", "warning")


def as_table(found: Sequence[Correlation]) -> Iterator[str]:
    """Every pair, those that call for a warning first."""
    ordered = sorted(found, key=lambda one: not one.warning)
    yield from aligned(_HEAD, [_cells(one) for one in ordered], right=(2, 3))


def as_csv(found: Sequence[Correlation]) -> Iterator[str]:
    """Every pair, in the order of the method."""
    yield csv_line([*_HEAD])
    yield from (csv_line([*_cells(one)]) for one in found)


def as_json(found: Sequence[Correlation]) -> Iterator[str]:
    """The same in JSON; figures are texts, empty where there is none."""
    rows = [dict(zip(_HEAD, _cells(one), strict=True)) for one in found]
    yield json.dumps(rows, ensure_ascii=False, indent=2)


CORRELATION_FORMATS: Mapping[str, Callable[[Sequence[Correlation]], Iterable[str]]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}


def _cells(one: Correlation) -> tuple[str, ...]:
    shown = "" if one.coefficient is None else decimal_text(one.coefficient)
    return one.first, one.second, str(one.units), shown, one.warning
