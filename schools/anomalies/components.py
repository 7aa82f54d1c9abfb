"""Components that a file marks as counted in a wider establishment too, beside that establishment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schools.anomalies.checks import Checks, ComponentCheck
from schools.anomalies.found import Anomaly, spans
from schools.anomalies.making import Maker
from schools.anomalies.rows import Rows


@dataclass(frozen=True, slots=True)
class _Holder:
    """The row of the wider establishment, and the column that tells it; how: a sentence."""

    row: int
    column: str
    sentence: str


def components(rows: Rows, checks: Checks, maker: Maker) -> Iterator[Anomaly]:
    """One remark for each component and establishment that holds it, over all the years in which it does.

    Told when one wider row of the year, and one alone, has exactly as many people in one of the columns of counts;
    else when one alone of the same place has at least as many in all. Otherwise the file does not tell.
    """
    for check in checks.components:
        if rows.has([check.name, check.kind, check.place, *check.counts]):
            yield from _of(rows, check, maker)


def _of(rows: Rows, check: ComponentCheck, maker: Maker) -> Iterator[Anomaly]:
    wider: dict[int | None, list[int]] = {}
    places: dict[str, str] = {}
    for row in rows.every:
        if rows.text(row, check.kind) in check.wider and not rows.text(row, check.name).endswith(check.mark):
            wider.setdefault(maker.year(row), []).append(row)
        if rows.text(row, check.place):
            # A marked row may not say where it is; the same school says it in other years.
            places.setdefault(rows.key(row), rows.text(row, check.place))
    pairs: dict[tuple[str, str, str, str], list[int]] = {}
    for row in rows.kept:
        name = rows.text(row, check.name)
        if not name.endswith(check.mark):
            continue
        holder = _holder(rows, check, row, wider.get(maker.year(row), []), places)
        told = (rows.text(holder.row, check.name), holder.sentence, holder.column) if holder else ("", "", "")
        pairs.setdefault((name, *told), []).extend([row, holder.row] if holder else [row])
    for (name, told_name, sentence, column), found in pairs.items():
        years = sorted({year for row in found if (year := maker.year(row)) is not None})
        said = {"name": name, "wider": told_name, "column": column, "value_years": spans(years)}
        columns = [check.name, *check.counts]
        yield maker.made("counted_twice", "remark", found, columns, sentence or "component_untold", said)


def _holder(
    rows: Rows, check: ComponentCheck, row: int, wider: Sequence[int], places: dict[str, str]
) -> _Holder | None:
    large = [other for other in wider if _holds(rows, check, other, row)]
    for column in check.counts:
        same = [other for other in large if rows.number(other, column) == rows.number(row, column)]
        if len(same) == 1:
            return _Holder(same[0], column, "component_same_count")
    place = rows.text(row, check.place) or places.get(rows.key(row), "")
    near = [other for other in large if place and rows.text(other, check.place) == place]
    return _Holder(near[0], check.place, "component_only_one") if len(near) == 1 else None


def _holds(rows: Rows, check: ComponentCheck, other: int, row: int) -> bool:
    """Whether this other row has at least as many people as the component, wherever both are counted."""
    return all((rows.number(other, column) or 0) >= (rows.number(row, column) or 0) > 0 for column in check.counts)
