"""One school from year to year: figures that jump, and figures that vanish then come back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from schools.anomalies.checks import Checks, JumpCheck
from schools.anomalies.found import Anomaly, spans
from schools.anomalies.making import Maker, plain
from schools.anomalies.rows import Rows


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure that cannot follow the one before. `back`: the year in which the series is itself again, or None."""

    before: int
    year: int
    back: int | None


def jumps(series: Mapping[int, Fraction], *, times: Fraction, least: Fraction) -> tuple[Jump, ...]:
    """The impossible changes of one series (year → figure), in order; years without a figure are passed over.

    A change is impossible when one figure is more than `times` the other and the greater is at least `least`; a zero
    beside such a figure is. When the figure after is within `times` of the figure before, only the one between is
    doubted: it is a jump and back.

    >>> jumps({2020: Fraction(354), 2021: Fraction(12), 2022: Fraction(368)}, times=Fraction(3), least=Fraction(50))
    (Jump(before=2020, year=2021, back=2022),)
    """
    years = sorted(series)
    found: list[Jump] = []
    place = 0
    while place + 1 < len(years):
        before, year = years[place], years[place + 1]
        if not _impossible(series[before], series[year], times, least):
            place += 1
            continue
        after = years[place + 2] if place + 2 < len(years) else None
        if after is not None and not _impossible(series[before], series[after], times, least):
            found.append(Jump(before, year, after))
            place += 2
        else:
            found.append(Jump(before, year, None))
            place += 1
    return tuple(found)


def gaps(series: Mapping[int, Fraction], years: frozenset[int]) -> tuple[int, ...]:
    """The years of the file, between the first figure and the last, for which there is none.

    >>> gaps({2006: Fraction(3), 2009: Fraction(4)}, frozenset({2006, 2007, 2009, 2010}))
    (2007,)
    """
    if not series:
        return ()
    return tuple(year for year in sorted(years - set(series)) if min(series) < year < max(series))


def _impossible(one: Fraction, other: Fraction, times: Fraction, least: Fraction) -> bool:
    low, high = sorted((one, other))
    return high >= least and high > low * times


def series_anomalies(rows: Rows, checks: Checks, maker: Maker) -> Iterator[Anomaly]:
    """The jumps and the gaps of every school of the file, by the key of its rows as read."""
    if not maker.year_column:
        return
    places: dict[str, dict[int, int]] = {}
    for row in rows.kept:
        year = maker.year(row)
        if year is not None:
            places.setdefault(rows.key(row), {})[year] = row
    for check in checks.jumps:
        if rows.has([check.column]):
            for by_year in places.values():
                yield from _of_school(rows, check, maker, by_year)


def _of_school(rows: Rows, check: JumpCheck, maker: Maker, by_year: Mapping[int, int]) -> Iterator[Anomaly]:
    read = {year: rows.number(row, check.column) for year, row in by_year.items()}
    series = {year: figure for year, figure in read.items() if figure is not None}
    for jump in jumps(series, times=Fraction(check.times), least=Fraction(check.least)):
        yield _jump(check, maker, series, by_year, jump)
    missing = gaps(series, frozenset(by_year))
    if missing:
        said = {"column": check.column, "value_years": spans(missing)}
        found = [by_year[year] for year in missing]
        yield maker.made("jump", "remark", found, [check.column], "vanishes_and_returns", said)


def _jump(
    check: JumpCheck, maker: Maker, series: Mapping[int, Fraction], by_year: Mapping[int, int], jump: Jump
) -> Anomaly:
    said = {
        "column": check.column,
        "before": plain(series[jump.before]),
        "year_before": str(jump.before),
        "read": plain(series[jump.year]),
        "year": str(jump.year),
    }
    if jump.back is not None:
        said |= {"after": plain(series[jump.back]), "year_after": str(jump.back)}
        return maker.made("jump", check.severity, [by_year[jump.year]], [check.column], "jump_and_back", said)
    low, high = sorted((series[jump.before], series[jump.year]))
    said["times"] = plain(high / low, 1) if low else "∞"
    # Which of the two is wrong nobody can tell from the file: both wait.
    both = [by_year[jump.before], by_year[jump.year]]
    return maker.made("jump", check.severity, both, [check.column], "jump", said)
