"""Rows changed in memory as they are read."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.query import BaseIterable


def mended[Q: QuerySet[Any], M: Model](rows: Q, mend: Callable[[M], None]) -> Q:
    """The same rows, each changed in memory as it is read, after what was asked before; nothing is written."""
    found = rows.all()
    found._iterable_class = _mending(found._iterable_class, mend)
    return found


def _mending(rows: "type[BaseIterable[Any]]", mend: Callable[[Any], None]) -> "type[BaseIterable[Any]]":
    class Mended(rows):  # type: ignore[misc, valid-type]
        def __iter__(self) -> Any:
            for row in super().__iter__():
                mend(row)
                yield row

    return Mended
