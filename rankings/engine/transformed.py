"""A scale that looks at a function of the value, while its bounds are said of the value itself (Method § 2.3)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Toml
from rankings.engine.columns import Column
from rankings.engine.scales import CutPoints, OffScale, Scale
from rankings.engine.transforms import Transform

# The scales that measure distances between values: their cut points are found on what the function gives, and are in
# its unit. Those of any other scale are values, found and shown before the function is taken.
CUT_AFTERWARDS = frozenset({"zscore", "gaps"})


@dataclass(frozen=True)
class Transformed:
    """A scale applied to a function of the value.

    `transform`: the function; None when the outliers of each dataset decide whether there is one. `fit` notes it in
    the cut points, where `mark` and `marks` find it.

    >>> from rankings.engine.scales import MinMax
    >>> scale = Transformed(MinMax("higher", Decimal(1), Decimal(100)), Transform("log10"))
    >>> cuts = scale.fit(Column.of([Fraction(10)]), Decimal(10))
    >>> scale.mark(Fraction(10), cuts), cuts.bounds
    (Fraction(5, 1), (Fraction(1, 1), Fraction(100, 1)))
    """

    inner: Scale
    transform: Transform | None

    @property
    def kind(self) -> str:
        """The kind of the scale inside."""
        return self.inner.kind

    @property
    def better(self) -> str:
        """Which values are better, before the function is taken."""
        return self.inner.better

    @property
    def fitted(self) -> bool:
        """Whether the cut points follow from the data."""
        return self.inner.fitted

    def written(self) -> Mapping[str, Toml]:
        """The scale as it is written in the canonical text; the function is written beside it."""
        return self.inner.written()

    def fit(self, values: Column, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        """The cut points for the values of a dataset. Raises OffScale for a value that the scale does not take."""
        transform = self.transform
        if transform is None or self.kind not in CUT_AFTERWARDS:
            return replace(self.inner.fit(values, out_of, digits), transform=transform)
        with _said_of_the_value(values, transform):
            return replace(self.inner.fit(values.apply(transform.of), out_of, digits), transform=transform)

    def mark(self, value: Fraction, cuts: CutPoints) -> Fraction:
        """The points of a value. Raises OffScale for one that has none."""
        if cuts.transform is None:
            return self.inner.mark(value, cuts)
        with _said_of_the_value(Column.of([value]), cuts.transform):
            return self.inner.mark(cuts.transform.of(value), self._inside(cuts, cuts.transform))

    def marks(self, values: Column, cuts: CutPoints) -> Column:
        """The points of each value; what stands where a value is absent means nothing. Raises OffScale too."""
        if cuts.transform is None:
            return self.inner.marks(values, cuts)
        with _said_of_the_value(values, cuts.transform):
            return self.inner.marks(values.apply(cuts.transform.of), self._inside(cuts, cuts.transform))

    def _inside(self, cuts: CutPoints, transform: Transform) -> CutPoints:
        """The cut points as the scale inside compares values with them."""
        if self.kind in CUT_AFTERWARDS:
            return cuts
        return replace(cuts, bounds=tuple(map(transform.of, cuts.bounds)))


@contextmanager
def _said_of_the_value(values: Column, transform: Transform) -> Iterator[None]:
    """Turns what is said of the function of a value into what is said of the value."""
    try:
        yield
    except OffScale as error:
        known = (Fraction(num) / values.den for num in values.known)
        raise OffScale(next(value for value in known if transform.of(value) == error.value), error.said) from error


def declared(scale: Scale | Transformed) -> Scale:
    """The scale as the method file declares it, whatever is done to the value before."""
    return scale.inner if isinstance(scale, Transformed) else scale
