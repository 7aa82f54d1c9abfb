"""The whole way from values to ranks (Method § 2 to § 9)."""

from rankings.engine.columns import Column
from rankings.engine.dataset import Dataset, DatasetError
from rankings.engine.marks import Marks, leaf_marks
from rankings.engine.method import Method
from rankings.engine.quotients import measured
from rankings.engine.result import Result
from rankings.engine.scales import CutPoints, naming
from rankings.engine.sheet import Sheet


def rank(dataset: Dataset, method: Method) -> Result:
    """The ranking of a dataset under a method: points, scores, ranks, ties, and reasons for those without rank.

    Every unit of the dataset appears once. Indicators the method does not use play no part, nor does the order of
    units and columns; an absence does what the method says of it, and is never a silent zero.
    Raises DatasetError when an indicator of the method has no column at all, even an empty one, when a grouping is not
    there, when a denominator is negative, when a scale cannot be applied to a value, or when negative points would
    enter a geometric or harmonic mean.
    Cost: one pass per leaf and unit, in exact arithmetic; the rows are made when read.

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
    for grouping in method.placing.groups:
        if grouping not in dataset.groups:
            raise DatasetError(f"the method ranks within the grouping {grouping!r}, which the data do not say")
    values: dict[str, Column] = {}
    cuts: dict[str, CutPoints] = {}
    leaves: dict[str, Marks] = {}
    for leaf in method.leaves:
        values[leaf.key] = measured(leaf.indicator, leaf.quotient, dataset.columns, dataset.ordered)
        with naming(leaf.indicator, values[leaf.key], dataset.ordered):
            cuts[leaf.key] = leaf.scale.fit(values[leaf.key], leaf.points, method.digits)
            marks = leaf_marks(leaf, values[leaf.key], cuts[leaf.key])
        leaves[leaf.key] = marks.rounded(leaf.rounding or method.rounding.points)
    return Result(Sheet(dataset, method, values, cuts, leaves))
