"""From the columns of a dataset to the marks of each leaf (Method § 2 to § 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rankings.engine.absence import Absence
from rankings.engine.columns import Column
from rankings.engine.dataset import Dataset, DatasetError, Value
from rankings.engine.derived import derive, needed
from rankings.engine.imputing import Beside, fill
from rankings.engine.method import Leaf, Method
from rankings.engine.preparation import Prepared, treated
from rankings.engine.quotients import Measure, measured


@dataclass(frozen=True)
class Ground:
    """What the leaves of a method are measured on: a dataset, and the columns the method derives of it.

    Raises DatasetError when the dataset lacks a column or a grouping that the method uses.
    """

    dataset: Dataset
    columns: Mapping[str, Column]

    @classmethod
    def of(cls, dataset: Dataset, method: Method) -> "Ground":
        """The ground of a method."""
        for indicator in method.indicators:
            if indicator not in dataset.values:
                raise DatasetError(f"the method uses the indicator {indicator!r}, which has no column")
        for grouping in method.placing.groups:
            if grouping not in dataset.groups:
                raise DatasetError(f"the method ranks within the grouping {grouping!r}, which the data do not say")
        for grouping in method.groupings:
            if grouping not in dataset.groups:
                raise DatasetError(f"the method imputes by the grouping {grouping!r}, which the data do not say")
        used = {each.key for leaf in method.leaves for each in leaf.preparation.derived}
        derived = [each for each in method.derived if each.key in used]
        columns = derive(derived, dataset.columns, dataset.ordered) if derived else dataset.columns
        return cls(dataset, columns)

    def prepared(self, leaf: Leaf) -> Prepared:
        """The values of one leaf, ready for its scale. Raises DatasetError for a value that it cannot take."""
        units = self.dataset.ordered
        first = measured(leaf.indicator, leaf.quotient, self.columns, units)
        if leaf.is_plain:
            return Prepared(first, first)
        preparation = leaf.preparation
        figures = preparation.admitted(first, leaf.key, units)

        def column(code: str) -> Column:
            return preparation.admitted(self.columns[code], leaf.key, units)

        filled, status = fill(leaf.missing, Beside(figures, column, self._labels))
        return treated(preparation, filled, first, status)

    def _labels(self, grouping: str) -> Sequence[str | None]:
        return [self.dataset.group(grouping, unit) for unit in self.dataset.ordered]


def leaf_measure(leaf: Leaf, values: Mapping[str, Value]) -> Measure:
    """What a leaf measures of one unit, before any preparation, from its values by indicator code.

    A code that is not there is missing. Raises DatasetError, naming the indicator, when a divisor is negative.

    >>> from decimal import Decimal
    >>> from rankings.engine import parse_method
    >>> (leaf,) = parse_method('''
    ... format = 1
    ... title = { fr = "Essai" }
    ... aggregate = "mean"
    ... points = 10
    ... rounding = { score = { digits = 1, mode = "half_up" }, ranks_on = "rounded" }
    ... missing = { missing = "zero", not_communicated = "zero", not_applicable = "zero", secret = "zero" }
    ... [[derived]]
    ... key = "tous"
    ... operation = "sum"
    ... of = ["femmes", "hommes"]
    ... [[node]]
    ... key = "parite"
    ... title = { fr = "Parité" }
    ... weight = 1
    ... indicator = "femmes"
    ... denominator = "tous"
    ... scale = { kind = "minmax", better = "higher" }
    ... ''').leaves
    >>> leaf_measure(leaf, {"femmes": Decimal(1), "hommes": Decimal(3)}), leaf_measure(leaf, {"femmes": Decimal(1)})
    (Fraction(1, 4), <Absence.MISSING: 'missing'>)
    """
    figures = {code: values.get(code, Absence.MISSING) for code in leaf.indicators}
    columns = {
        code: Column.of([figure if isinstance(figure, Absence) else Fraction(figure)])
        for code, figure in figures.items()
    }
    codes = (leaf.indicator, *(leaf.quotient.denominators if leaf.quotient else ()))
    derived = needed(codes, leaf.preparation.derived)
    return measured(leaf.indicator, leaf.quotient, derive(derived, columns))[0]
