"""Counts against shares: what contradicts itself in one row, and shares of nobody."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import median

from schools.anomalies.checks import Checks, ShareCheck, SumCheck
from schools.anomalies.exact import simplest, slack
from schools.anomalies.found import Anomaly
from schools.anomalies.making import Maker, plain
from schools.anomalies.rows import Rows

type Place = tuple[int, str]


def contradictions(rows: Rows, checks: Checks, maker: Maker, explained: frozenset[Place]) -> Iterator[Anomaly]:
    """Shares that no count gives, parts above their whole, sums that are not their whole; row by row.

    `explained`: (row, column) of figures already said to be filled in, which are not said twice.
    """
    for share in checks.shares:
        if rows.has([share.share, *share.whole, *share.part]):
            for row in rows.kept:
                if (row, share.share) not in explained:
                    yield from _share(rows, share, maker, row)
    for total in checks.sums:
        if rows.has([*total.parts, *([total.whole] if total.whole else [])]):
            yield from _sums(rows, total, maker)


def shares_of_nobody(rows: Rows, checks: Checks, maker: Maker) -> Iterator[Anomaly]:
    """For each share, the rows where it is given although the whole is zero; one anomaly a share, over every row."""
    for check in checks.shares:
        if not rows.has([check.share, *check.whole]):
            continue
        found = [
            row for row in rows.every if rows.total(row, check.whole) == 0 and (rows.number(row, check.share) or 0) != 0
        ]
        if found:
            params = {"share": check.share, "base": " + ".join(check.whole), "count": str(len(found))}
            # The share alone is doubtful: the zero is a count like another.
            yield maker.made(
                "zero_denominator", check.severity, found, [check.share], "share_of_nobody", params, shown=check.whole
            )


def _share(rows: Rows, check: ShareCheck, maker: Maker, row: int) -> Iterator[Anomaly]:
    read, whole = rows.number(row, check.share), rows.total(row, check.whole)
    if read is None or whole is None or whole == 0:
        return
    columns = [*check.part, *check.whole, check.share]
    part = rows.total(row, check.part) if check.part else None
    said = {"share": check.share, "base": " + ".join(check.whole), "read": rows.text(row, check.share)}
    said |= {"whole": plain(whole), "scale": plain(Fraction(check.scale))}
    within = slack(rows.text(row, check.share), read)
    if part is not None and part > whole and not check.part_may_exceed:
        said |= {"part": plain(part), "parts": " + ".join(check.part)}
        yield maker.made("contradiction", check.severity, [row], columns, "part_exceeds_whole", said)
    elif part is not None:
        computed = part / whole * Fraction(check.scale)
        if abs(computed - read) > within:
            said |= {"part": plain(part), "computed": plain(computed)}
            yield maker.made("contradiction", check.severity, [row], columns, "share_is_not_the_ratio", said)
    elif not check.part:
        yield from _countless(check, maker, row, read / Fraction(check.scale), within / Fraction(check.scale), said)


def _countless(
    check: ShareCheck, maker: Maker, row: int, share: Fraction, within: Fraction, said: dict[str, str]
) -> Iterator[Anomaly]:
    """A share that no number of people gives; without a part there is nothing else to hold it against."""
    whole = Fraction(said["whole"])
    columns = [*check.whole, check.share]
    if check.at_most:
        needed = simplest(share, within).denominator
        if needed > whole:
            said = said | {"needed": str(needed)}
            yield maker.made("contradiction", check.severity, [row], [check.share], "share_of_no_fewer", said)
        return
    people = share * whole
    nearest = Fraction(round(people))
    if abs(people - nearest) > within * whole:
        yield maker.made("contradiction", check.severity, [row], columns, "share_of_no_count", said)


def _sums(rows: Rows, check: SumCheck, maker: Maker) -> Iterator[Anomaly]:
    gaps: list[Fraction] = []
    far: list[Anomaly] = []
    columns = [*check.parts, *([check.whole] if check.whole else [])]
    for row in rows.kept:
        total = rows.total(row, check.parts)
        whole = rows.number(row, check.whole) if check.whole else Fraction(check.whole_is)
        if total is None or not whole:
            continue
        gap, percent = abs(whole - total), abs(whole - total) / abs(whole) * 100
        if gap <= _written(rows, row, columns):
            continue
        gaps.append(percent)
        exceeds = bool(check.whole) and total > whole
        if percent > Fraction(check.most_percent) or exceeds:
            said = _gap(check, total, whole, gap, percent)
            far.append(maker.made("contradiction", check.severity, [row], columns, "sum_is_not_whole", said))
    yield from far
    if len(gaps) > len(far):
        said = {"count": str(len(gaps)), "rows": str(len(rows.kept)), "parts": " + ".join(check.parts)}
        said |= {"whole": check.whole, "percent": plain(median(gaps), 1), "most": plain(Fraction(check.most_percent))}
        yield maker.remark("contradiction", columns, "sum_differs_often", said)


def _gap(check: SumCheck, total: Fraction, whole: Fraction, gap: Fraction, percent: Fraction) -> dict[str, str]:
    return {
        "parts": " + ".join(check.parts),
        "sum": plain(total),
        "whole": check.whole or plain(whole),
        "read": plain(whole),
        "gap": plain(gap),
        "percent": plain(percent, 1),
    }


def _written(rows: Rows, row: int, columns: Sequence[str]) -> Fraction:
    """What the rounding of these figures as written may add up to."""
    found = Fraction(0)
    for column in columns:
        value = rows.number(row, column)
        if value is not None and value.denominator != 1:
            found += slack(rows.text(row, column), value)
    return found
