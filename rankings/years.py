"""Which of a unit's values in force an edition uses for one of its columns, and which it keeps for the evolution."""

from collections.abc import Mapping

from rankings.models import EditionIndicator
from schools.models import Kind, ValueRevision


def years_read(column: EditionIndicator) -> range:
    """The years a column can take its figure from: its own, and those a figure may be carried over from."""
    return range(column.reference_year - column.carry_over_years, column.reference_year + 1)


def context_years(column: EditionIndicator) -> range:
    """The years before its own that a column keeps for the evolution of a unit; maybe none."""
    first = column.reference_year if column.context_from_year is None else column.context_from_year
    return range(first, column.reference_year)


def used(column: EditionIndicator, in_force: Mapping[int, ValueRevision]) -> ValueRevision | None:
    """The value in force a column uses, of those of one unit by year; None when there is none.

    That of its own year, else that of the latest year it may be carried over from: the last year that says anything,
    even that it is missing. A figure of one year is so never divided by one of another, where a source says them
    together: nothing older is looked for behind a gap in its last row.
    """
    return next((in_force[year] for year in reversed(years_read(column)) if year in in_force), None)


def would_be_used(column: EditionIndicator, year: int, in_force: Mapping[int, ValueRevision]) -> bool:
    """Whether a value of this year would be used by a column, were it in force too: no later one stands before it."""
    now = used(column, in_force)
    return year in years_read(column) and (now is None or year >= now.reference_year)


def kind_used(column: EditionIndicator, revision: ValueRevision) -> str:
    """The kind of a value as this column uses it: a known one of an earlier year is carried over.

    An estimated one stays so, and its year tells that it is carried over too.
    """
    known_earlier = revision.kind == Kind.KNOWN and revision.reference_year < column.reference_year
    return Kind.CARRIED_OVER.value if known_earlier else revision.kind
