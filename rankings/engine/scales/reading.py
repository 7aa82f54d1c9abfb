"""What several scales read alike in a method file."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from operator import gt, le, lt

from rankings.engine.tables import Table, up_to

BETTER = ("higher", "lower")


def better_of(table: Table) -> str:
    """Which values are better: the `higher` or the `lower`."""
    return table.word("better", BETTER)


def values_in_order(table: Table, key: str, values: tuple[Decimal, ...], better: str) -> None:
    """Note the values of a list that do not go from the easiest to the hardest to reach."""
    if better == "lower":
        check_order(table, key, values, gt, "a smaller number: from the easiest bound to the hardest")
    else:
        check_order(table, key, values, lt, "a greater number: from the easiest bound to the hardest")


def points_in_order(table: Table, out_of: Decimal) -> tuple[Decimal, ...]:
    """The list `points` of a scale that goes by steps: from 0 to the maximum, and never down."""
    points = table.numbers("points", up_to(out_of))
    check_order(table, "points", points, le, "at least as many points: from the worst value to the best")
    return points


def limits(table: Table, out_of: Decimal) -> tuple[Decimal, Decimal] | None:
    """The list `points` of a scale that goes in a line: the least and the most; None for 0 and the maximum."""
    if "points" not in table.raw:
        return None
    points = table.numbers("points", up_to(out_of))
    length(table, "points", points, 2, "the least points and the most")
    check_order(table, "points", points, lt, "more points: the least, then the most")
    return None if len(points) != 2 or points == (Decimal(0), out_of) else (points[0], points[1])


def kept_within(table: Table, out_of: Decimal) -> tuple[tuple[Decimal, Decimal] | None, bool]:
    """The same list for a scale whose points it bounds, and `clamp`; not both, for without it nothing bounds them."""
    points, clamp = limits(table, out_of), clamped(table)
    if "points" in table.raw and not clamp:
        table.note(table.place("points"), "idle-limits")
    return points, clamp


def clamped(table: Table) -> bool:
    """Whether what lies beyond the last points gets those points; it does unless the file says otherwise."""
    return table.flag("clamp") if "clamp" in table.raw else True


def check_order(
    table: Table, key: str, numbers: tuple[Decimal, ...], ordered: Callable[[Decimal, Decimal], bool], expected: str
) -> None:
    """Note each number of a list that does not follow the one before it as it should."""
    for position, (previous, number) in enumerate(pairwise(numbers), start=2):
        if not ordered(previous, number):
            place = f"{table.place(key)}[{position}]"
            table.note(place, "wrong-order", read=f"{number:f}", previous=f"{previous:f}", expected=expected)


def length(table: Table, key: str, numbers: tuple[Decimal, ...], expected: int, why: str) -> None:
    """Note a list that has not as many numbers as another one calls for."""
    if numbers and len(numbers) != expected:
        table.note(table.place(key), "wrong-length", read=f"{len(numbers)} numbers", expected=f"{expected}: {why}")
