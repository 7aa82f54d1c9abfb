"""Values that a scale cannot be applied to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction

from rankings.engine.columns import Column
from rankings.engine.dataset import DatasetError
from rankings.engine.exact import exact_text


class OffScale(ValueError):
    """A value that has no points on a scale. `said`: what it is, and what was expected."""

    def __init__(self, value: Fraction, said: str) -> None:
        self.value = value
        self.said = said
        super().__init__(f"{exact_text(value)} {said}")


@contextmanager
def naming(code: str, values: Column, units: Sequence[str]) -> Iterator[None]:
    """Turns OffScale into a DatasetError that names the unit, the first of those with that value, and the indicator."""
    try:
        yield
    except OffScale as error:
        held = (unit for at, unit in enumerate(units) if at not in values.absent and values[at] == error.value)
        raise DatasetError(f"unit {next(held)!r}, indicator {code!r}: {error}") from error
