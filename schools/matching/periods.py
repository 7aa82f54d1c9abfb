"""School years as spans of days: what holds for the year Y is what held on 1 September Y, its first day."""

from datetime import date, timedelta

# Both ends included; None is without bound.
type Period = tuple[date | None, date | None]

ALWAYS: Period = (None, None)
_DAY = timedelta(days=1)


def first_day(year: int) -> date:
    """The day on which what a source says of this year is looked up."""
    return date(year, 9, 1)


def last_day(year: int) -> date:
    """The last day of the year that begins on `first_day(year)`."""
    return date(year + 1, 8, 31)


def period(first_year: int | None, last_year: int | None) -> Period:
    """The days of these years, both included.

    >>> period(2015, 2019)
    (datetime.date(2015, 9, 1), datetime.date(2020, 8, 31))
    """
    return (
        None if first_year is None else first_day(first_year),
        None if last_year is None else last_day(last_year),
    )


def holds(span: Period, year: int) -> bool:
    """Whether something of this span holds for this year."""
    day = first_day(year)
    return (span[0] is None or span[0] <= day) and (span[1] is None or day <= span[1])


def overlap(one: Period, other: Period) -> bool:
    """Whether a day is in both.

    >>> overlap(period(None, 2019), period(2020, None)), overlap(ALWAYS, period(2020, 2020))
    (False, True)
    """
    return _from(one) <= _to(other) and _from(other) <= _to(one)


def covers(one: Period, other: Period) -> bool:
    """Whether every day of the other is in the first."""
    return _from(one) <= _from(other) and _to(other) <= _to(one)


def joined(one: Period, other: Period) -> Period | None:
    """The span of both when they overlap or follow one another; None when days lie between."""
    if not overlap(_wider(one), other):
        return None
    first, last = min(_from(one), _from(other)), max(_to(one), _to(other))
    return (None if first == date.min else first, None if last == date.max else last)


def without(one: Period, other: Period) -> tuple[Period, ...]:
    """What is left of the first without the days of the other: itself, one or two spans, or nothing.

    >>> without(ALWAYS, period(2020, None))
    ((None, datetime.date(2020, 8, 31)),)
    """
    if not overlap(one, other):
        return (one,)
    left: list[Period] = []
    if other[0] is not None and _from(one) < other[0]:
        left.append((one[0], other[0] - _DAY))
    if other[1] is not None and other[1] < _to(one):
        left.append((other[1] + _DAY, one[1]))
    return tuple(left)


def shared(one: Period, other: Period) -> Period | None:
    """The days of both, None when there are none."""
    if not overlap(one, other):
        return None
    first, last = max(_from(one), _from(other)), min(_to(one), _to(other))
    return (None if first == date.min else first, None if last == date.max else last)


def _from(span: Period) -> date:
    return span[0] or date.min


def _to(span: Period) -> date:
    return span[1] or date.max


def _wider(span: Period) -> Period:
    """The span and the day before and after it."""
    return (
        None if span[0] is None else span[0] - _DAY,
        None if span[1] is None else span[1] + _DAY,
    )
