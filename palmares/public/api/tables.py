"""The lists of the API as CSV: the same fields under the same names, what is inside another after a dot."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from schools.csv_writing import neutral


def flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """The fields of one row, each with its path.

    A list of texts is written with spaces between, a list of anything else as JSON; nothing for null.

    >>> list(flat({"slug": "lac", "points": {"a": {"points": "8"}}, "identifiers": ["uai 1", "ror 2"], "rank": None}))
    [('slug', 'lac'), ('points.a.points', '8'), ('identifiers', 'uai 1 ror 2'), ('rank', '')]
    """
    for name, field in row.items():
        path = f"{before}{name}"
        if isinstance(field, Mapping):
            yield from flat(field, f"{path}.")
        elif isinstance(field, list):
            yield path, _listed(field)
        else:
            yield path, _text(field)


def _listed(field: list[Any]) -> str:
    if all(isinstance(item, (str, int)) for item in field):
        return " ".join(str(item) for item in field)
    return json.dumps(field, ensure_ascii=False, separators=(",", ":"))


def _text(field: Any) -> str:
    if field is None:
        return ""
    return str(field).lower() if isinstance(field, bool) else str(field)


def table(rows: Iterable[Mapping[str, Any]], fields: Iterable[str] = ()) -> str:
    """An RFC 4180 table: the paths of all the rows in the order they are met, then a line each.

    `fields`: the head of a table without rows.
    """
    lines = [dict(flat(row)) for row in rows]
    head = list(dict.fromkeys(path for line in lines for path in line)) or list(fields)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(neutral(path) for path in head)
    writer.writerows([neutral(line.get(path, "")) for path in head] for line in lines)
    return text.getvalue()


class CsvRenderer(BaseRenderer):
    """The rows of a list, in UTF-8."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """The bytes of the table."""
        rows = data.get("results") if isinstance(data, Mapping) else data
        if not isinstance(rows, list):
            raise TypeError("only lists are tables")
        shape = renderer_context["view"].row if renderer_context else None
        return table(rows, shape().fields if shape else ()).encode()
