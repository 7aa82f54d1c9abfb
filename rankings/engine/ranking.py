"""The whole way from values to ranks (Method § 2 to § 9)."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from rankings.engine.dataset import Dataset, DatasetError
from rankings.engine.method import Leaf, Method
from rankings.engine.quotients import Measure, measure
from rankings.engine.ranks import competition_ranks
from rankings.engine.result import Result, Row
from rankings.engine.scales import CutPoints
from rankings.engine.sheet import Sheet


def rank(dataset: Dataset, method: Method) -> Result:
    """The ranking of a dataset under a method: points, scores, ranks, ties, and reasons for those without rank.

    Every unit of the dataset appears once. Indicators the method does not use play no part, nor does the order of
    units and columns; an absence does what the method says of it, and is never a silent zero.
    Raises DatasetError when an indicator of the method has no column at all, even an empty one, or when a
    denominator is negative. Cost: one pass per leaf and unit, in exact arithmetic.

    >>> from decimal import Decimal
    >>> from rankings.engine import parse_method
    >>> method = parse_method('''
    ... format = 1
    ... title = { fr = "Essai" }
    ... aggregate = "mean"
    ... points = 10
    ... rounding = { score = { digits = 1, mode = "half_up" }, ranks_on = "rounded" }
    ... missing = { missing = "leave_out", not_communicated = "zero", not_applicable = "leave_out", secret = "zero" }
    ... [[node]]
    ... key = "doctorants"
    ... title = { fr = "Doctorants" }
    ... weight = 1
    ... indicator = "doctorants"
    ... scale = { kind = "minmax", better = "higher", low = 0 }
    ... ''')
    >>> dataset = Dataset(("a", "b", "c"), {"doctorants": {"a": Decimal(30), "b": Decimal(40)}})
    >>> [(row.unit, row.rank, str(row.score)) for row in rank(dataset, method).rows]
    [('b', 1, '10.0'), ('a', 2, '7.5'), ('c', None, 'None')]
    """
    for indicator in method.indicators:
        if indicator not in dataset.values:
            raise DatasetError(f"the method uses the indicator {indicator!r}, which has no column")
    measured = {leaf.key: {unit: _measure(dataset, leaf, unit) for unit in dataset.units} for leaf in method.leaves}
    cuts = {leaf.key: _fit(leaf, measured[leaf.key].values()) for leaf in method.leaves}
    rows = [
        Sheet(unit, dataset, method, cuts, {key: measures[unit] for key, measures in measured.items()}).row()
        for unit in sorted(dataset.units)
    ]
    return Result(_ranked(rows, method), cuts, method.digest)


def _measure(dataset: Dataset, leaf: Leaf, unit: str) -> Measure:
    """What a leaf's scale is given for one unit (Method § 2)."""
    try:
        return measure(leaf.indicator, leaf.quotient, {code: dataset.value(code, unit) for code in leaf.indicators})
    except DatasetError as error:
        raise DatasetError(f"unit {unit!r}, {error}") from error


def _fit(leaf: Leaf, measures: Iterable[Measure]) -> CutPoints:
    return leaf.scale.fit([measure for measure in measures if isinstance(measure, Fraction)], leaf.points)


def _ranked(rows: list[Row], method: Method) -> tuple[Row, ...]:
    """The rows with their ranks, in the order of a Result; they come sorted by unit id."""
    if method.ranks_on == "rounded":
        ranks = competition_ranks({row.unit: row.score for row in rows if row.score is not None})
    else:
        ranks = competition_ranks({row.unit: row.exact_score for row in rows if row.exact_score is not None})
    of_unit = {row.unit: row for row in rows}
    best_first = [replace(of_unit[unit], rank=rank, tied=tied) for unit, (rank, tied) in ranks.items()]
    return (*best_first, *(row for row in rows if row.unit not in ranks))
