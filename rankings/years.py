"""Which of a unit's values in force an edition uses for one of its columns, and which it keeps for the evolution."""

from collections.abc import Mapping

from rankings.models import EditionIndicator
from schools.models import WITH_VALUE, Kind, ValueRevision


def years_read(column: EditionIndicator) -> range:
    """The years a column can take its figure from: its own, and those a figure may be carried over from."""
    return range(column.reference_year - column.carry_over_years, column.reference_year + 1)


def context_years(column: EditionIndicator) -> range:
    """The years before its own that a column keeps for the evolution of a unit; maybe none."""
    first = column.reference_year if column.context_from_year is None else column.context_from_year
    return range(first, column.reference_year)


def used(column: EditionIndicator, in_force: Mapping[int, ValueRevision]) -> ValueRevision | None:
    """The value in force a column uses, of those of one unit by year; None when there is none.

    That of its own year; where that year has none, or says only that nobody has it, the latest figure of the years it
    may be carried over from. A school that does not answer, a figure that is secret or has no object, stay as they are.
    """
    own = in_force.get(column.reference_year)
    if own is not None and own.kind != Kind.MISSING:
        return own
    earlier = [in_force[year] for year in reversed(years_read(column)[:-1]) if year in in_force]
    return next((revision for revision in earlier if revision.kind in WITH_VALUE), own)


def would_be_used(column: EditionIndicator, year: int, in_force: Mapping[int, ValueRevision]) -> bool:
    """Whether a figure of this year would be used by a column, were it in force too: no later one stands before it."""
    if year == column.reference_year:
        return True
    now = used(column, in_force)
    return now is None or now.kind == Kind.MISSING or year >= now.reference_year


def kind_used(column: EditionIndicator, revision: ValueRevision) -> str:
    """The kind of a value as this column uses it: a known one of an earlier year is carried over.

    An estimated one stays so, and its year tells that it is carried over too.
    """
    known_earlier = revision.kind == Kind.KNOWN and revision.reference_year < column.reference_year
    return Kind.CARRIED_OVER.value if known_earlier else revision.kind
