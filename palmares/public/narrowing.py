"""Addresses of the same ranking filtered or sorted otherwise, and its filters as links that remove themselves."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public.board import Board
from palmares.public.filters import CHOICES, SEVERAL, UnitFilter, orders_of
from palmares.public.thresholds import PREFIX
from rankings.models import ReleaseNode
from schools.typography import number


def chips_of(query: QueryDict, filters: UnitFilter) -> list[dict[str, str]]:
    """The filters in force: what each keeps, and the address without it."""
    valid = filters.valid
    chips = []
    if valid.get("q"):
        chips.append({"label": _("« %(words)s »") % {"words": valid["q"]}, "url": address(without(query, "page", "q"))})
    for name in CHOICES:
        chosen = valid.get(name) or ()
        labels = {option.value: capfirst(option.label) for option in filters.options[name]}
        for value in chosen if name in SEVERAL else filter(None, [chosen]):
            chips.append({"label": labels[value], "url": address(_less(query, name, value))})
    return [*chips, *_thresholds(query, filters)]


def _thresholds(query: QueryDict, filters: UnitFilter) -> Iterator[dict[str, str]]:
    for node, points in filters.least.items():
        said = {"family": node.title, "points": number(points, None, get_language())}
        label = _("%(family)s : %(points)s au moins") % said
        yield {"label": label, "url": address(without(query, "page", PREFIX + node.key))}


def _less(query: QueryDict, name: str, value: str) -> QueryDict:
    """The query without one of the values of a field."""
    left = without(query, "page", name)
    if others := [other for other in query.getlist(name) if other and other != value]:
        left.setlist(name, others)
    return left


def order_links(query: QueryDict, board: Board) -> dict[str, str]:
    """Order → the address of the same schools in that order."""
    keys = ["rank", "name", *(node.key for node in orders_of(board))]
    return {key: address(without(query, "page", "order", add=("order", key))) for key in keys}


def order_groups(board: Board) -> list[dict[str, Any]]:
    """The nodes a ranking may be sorted by, each family with the criteria below it, in the order of the method."""
    found: list[dict[str, Any]] = []
    for node in orders_of(board):
        if node.level == 0 or not found:
            found.append({"family": node, "below": []})
        else:
            below: list[ReleaseNode] = found[-1]["below"]
            below.append(node)
    return found


def without(query: QueryDict, *names: str, add: tuple[str, str] | None = None) -> QueryDict:
    """A query that can be changed, without these fields nor any empty one."""
    left = query.copy()
    for name in {*names, *(name for name in query if not any(query.getlist(name)))}:
        left.pop(name, None)
    if add:
        left[add[0]] = add[1]
    return left


def address(query: QueryDict) -> str:
    """The query as the address of the page it stands on."""
    return f"?{query.urlencode()}" if query else "?"
