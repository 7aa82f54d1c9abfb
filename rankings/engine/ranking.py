"""The whole way from values to ranks (Method § 2 to § 9)."""

from rankings.engine.columns import Column
from rankings.engine.dataset import Dataset
from rankings.engine.leaves import Ground
from rankings.engine.marks import Marks, leaf_marks
from rankings.engine.method import Method
from rankings.engine.preparation import Prepared
from rankings.engine.result import Result
from rankings.engine.scales import CutPoints, naming
from rankings.engine.sheet import Sheet


def rank(dataset: Dataset, method: Method) -> Result:
    """The ranking of a dataset under a method: points, scores, ranks, ties, and reasons for those without rank.

    Every unit of the dataset appears once. Indicators the method does not use play no part, nor does the order of
    units and columns; an absence does what the method says of it, and is never a silent zero.
    Raises DatasetError when an indicator of the method has no column at all, even an empty one, when a grouping is not
    there, when a denominator is negative, when a scale cannot be applied to a value or a function cannot be taken of
    it, or when negative points would enter a geometric or harmonic mean.
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
    ground = Ground.of(dataset, method)
    values: dict[str, Column] = {}
    cuts: dict[str, CutPoints] = {}
    leaves: dict[str, Marks] = {}
    prepared: dict[str, Prepared] = {}
    for leaf in method.leaves:
        ready = ground.prepared(leaf)
        if not leaf.is_plain:
            prepared[leaf.key] = ready
        values[leaf.key] = ready.values
        with naming(leaf.indicator, ready.values, dataset.ordered):
            cuts[leaf.key] = ready.fit(leaf.scale, leaf.points, method.digits)
            marks = leaf_marks(leaf, ready.values, cuts[leaf.key], ready.filled)
        leaves[leaf.key] = marks.rounded(leaf.rounding or method.rounding.points)
    return Result(Sheet(dataset, method, values, cuts, leaves, prepared))
