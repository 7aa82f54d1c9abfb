"""Between what is measured at a leaf and its scale: caps, stand-ins, outliers, a function of the value (Method § 2.2).

In this order: what is measured, caps, what stands in for the absent (Method § 4.1), outliers, the function, the scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from rankings.engine.absence import Absence
from rankings.engine.arithmetic import DIGITS
from rankings.engine.canonical import Json, Toml
from rankings.engine.columns import Column
from rankings.engine.dataset import DatasetError
from rankings.engine.derived import Derived
from rankings.engine.exact import exact_text
from rankings.engine.imputing import FilledStatus
from rankings.engine.outliers import Limits, Treatment
from rankings.engine.scales import CutPoints, Scale
from rankings.engine.skewness import TREATMENTS
from rankings.engine.tables import ANY_NUMBER, Table
from rankings.engine.transformed import Transformed
from rankings.engine.transforms import TRANSFORMS, Transform

KEYS = ("caps", "transform", "out_of_domain", "outliers")
CAPS_KEYS = ("low", "high")


@dataclass(frozen=True)
class Caps:
    """A value below `low` counts as `low`, one above `high` as `high`; None where there is no such bound."""

    low: Decimal | None
    high: Decimal | None

    def bring(self, value: Fraction) -> Fraction:
        """What a value counts as.

        >>> Caps(None, Decimal(75000)).bring(Fraction(80000))
        Fraction(75000, 1)
        """
        low, high = (None if bound is None else Fraction(bound) for bound in (self.low, self.high))
        return Limits(low, high).bring(value)

    def written(self) -> Mapping[str, Toml]:
        """The caps as the canonical text has them."""
        bounds = {"low": self.low, "high": self.high}
        return {side: bound for side, bound in bounds.items() if bound is not None}


@dataclass(frozen=True)
class Preparation:
    """What a leaf does to its values before the scale.

    `derived`: the derived indicators it needs, in the order of the method. `out_of_domain`: the absence that a value
    makes of which the function cannot be taken; None makes it a fault of the data. `digits`: those of logarithms.
    """

    derived: tuple[Derived, ...] = ()
    caps: Caps | None = None
    transform: Transform | None = None
    out_of_domain: Absence | None = None
    outliers: Treatment | None = None
    digits: int = DIGITS

    def written(self) -> Mapping[str, Toml]:
        """The keys of the leaf in the canonical text."""
        caps: Mapping[str, Toml] = {} if self.caps is None else {"caps": self.caps.written()}
        transform: Mapping[str, Toml] = {} if self.transform is None else {"transform": self.transform.kind}
        domain: Mapping[str, Toml] = {} if self.out_of_domain is None else {"out_of_domain": self.out_of_domain.value}
        outliers: Mapping[str, Toml] = {} if self.outliers is None else {"outliers": self.outliers.written()}
        return {**caps, **transform, **domain, **outliers}

    def scale(self, scale: Scale) -> Scale | Transformed:
        """The scale as it is applied to the values so prepared."""
        takes_log = self.outliers is not None and getattr(self.outliers, "otherwise", "") == "log"
        return Transformed(scale, self.transform) if self.transform or takes_log else scale

    def admitted(self, values: Column, leaf: str, units: Sequence[str]) -> Column:
        """The values within the caps, and absent or refused where the function cannot be taken of them."""
        held = values if self.caps is None else values.apply(self.caps.bring)
        if self.transform is None:
            return held
        return self._in_domain(held, self.transform, leaf, units)

    def _in_domain(self, values: Column, transform: Transform, leaf: str, units: Sequence[str]) -> Column:
        absent = dict(values.absent)
        for at in range(len(values.nums)):
            figure = values[at]
            if isinstance(figure, Absence) or transform.holds(figure):
                continue
            if self.out_of_domain is None:
                place = f"unit {units[at]!r}, " if units else ""
                raise DatasetError(
                    f"{place}criterion {leaf!r}: {exact_text(figure)} has no “{transform.kind}”; "
                    f"expected {transform.words}"
                )
            absent[at] = self.out_of_domain
        return Column([0 if at in absent else num for at, num in enumerate(values.nums)], values.den, absent)


# What a leaf that says nothing does to its values.
AS_MEASURED = Preparation()


@dataclass(frozen=True)
class Prepared:
    """The values of one leaf, ready for its scale, before the function if there is one.

    `measured`: what they were at first. `filled`: the units for whom something stands in, and how it was found.
    `limits`: what was done to outliers; None when the method does not treat them.
    """

    values: Column
    measured: Column
    filled: Mapping[int, FilledStatus] = field(default_factory=dict)
    limits: Limits | None = None

    def fit(self, scale: Scale | Transformed, out_of: Decimal, digits: int = DIGITS) -> CutPoints:
        """The cut points of the leaf's scale for these values. Raises OffScale for one that it cannot be applied to."""
        if isinstance(scale, Transformed) and self.limits is not None and self.limits.transform is not None:
            scale = replace(scale, transform=self.limits.transform)
        return scale.fit(self.values, out_of, digits)

    def measure(self, at: int) -> Fraction | Absence | None:
        """What was measured of one unit, where its scale was given something else; None where it was not."""
        measured = self.measured[at]
        return None if measured == self.values[at] else measured

    @property
    def document(self) -> Mapping[str, Json]:
        """What the canonical text of a result says of it beside the cut points."""
        return {} if self.limits is None else {"outliers": self.limits.document}


def treated(preparation: Preparation, values: Column, measured: Column, filled: Mapping[int, FilledStatus]) -> Prepared:
    """The values once outliers are brought back."""
    if preparation.outliers is None:
        return Prepared(values, measured, filled)
    limits = preparation.outliers.limits(values, preparation.digits)
    brought = values.apply(limits.bring) if limits.treated else values
    return Prepared(brought, measured, filled, limits)


def read_preparation(table: Table, scale: Scale, digits: int, derived: tuple[Derived, ...]) -> Preparation:
    """What a leaf of a method file does to its values; problems go to the table."""
    kind = table.word("transform", TRANSFORMS) if "transform" in table.raw else ""
    transform = Transform(kind, digits) if kind else None
    domain = table.word("out_of_domain", Absence) if "out_of_domain" in table.raw else ""
    if "out_of_domain" in table.raw and "transform" not in table.raw:
        table.note(table.where, "missing-key", key="transform", expected="the function whose domain it is")
    outliers = _read_outliers(table) if "outliers" in table.raw else None
    if transform is not None:
        _check_bounds(table, scale, transform)
    if getattr(outliers, "otherwise", "") == "log":
        if transform is not None:
            table.note(table.place("transform"), "two-logarithms")
        if _declared_bounds(scale) or not scale.fitted:
            table.note(table.place("scale"), "bounds-of-a-logarithm")
    caps = _read_caps(table) if "caps" in table.raw else None
    # Where no logarithm can be taken, their digits are no part of what is done.
    counted = digits if transform or outliers else DIGITS
    return Preparation(derived, caps, transform, Absence(domain) if domain else None, outliers, counted)


def _read_outliers(table: Table) -> Treatment | None:
    read = table.table("outliers")
    kind = read.word("kind", TREATMENTS) if read else ""
    if read is None or not kind:
        return None
    read.close(TREATMENTS[kind].keys)
    return TREATMENTS[kind].read(read)


def _read_caps(table: Table) -> Caps | None:
    read = table.table("caps")
    if read is None:
        return None
    read.close(CAPS_KEYS)
    if not read.raw:
        read.get("low", "a cap, “low” or “high”")
    low = read.number("low", ANY_NUMBER) if "low" in read.raw else None
    high = read.number("high", ANY_NUMBER, Decimal("Infinity")) if "high" in read.raw else None
    if low is not None and high is not None and low >= high:
        expected = "a number above “low”"
        read.note(read.place("high"), "wrong-order", read=f"{high:f}", previous=f"{low:f}", expected=expected)
    return Caps(low, high)


def _declared_bounds(scale: Scale) -> Mapping[str, Decimal]:
    """The bounds that a scale declares, by their place in its table."""
    single = {key: getattr(scale, key, None) for key in ("low", "high", "best")}
    listed = {f"from[{at}]": bound for at, bound in enumerate(getattr(scale, "bounds", ()), start=1)}
    return {key: bound for key, bound in (single | listed).items() if isinstance(bound, Decimal) and bound.is_finite()}


def _check_bounds(table: Table, scale: Scale, transform: Transform) -> None:
    for key, bound in _declared_bounds(scale).items():
        if not transform.holds(Fraction(bound)):
            expected = f"{transform.words}, for its “{transform.kind}”"
            table.note(f"{table.place('scale')}.{key}", "out-of-range", read=f"{bound:f}", expected=expected)
