"""Figures repeated beyond chance: a gap somebody filled in, not a measurement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd

from schools.anomalies.checks import Checks, ConstantCheck
from schools.anomalies.exact import chance, simplest, slack
from schools.anomalies.found import Anomaly, listed
from schools.anomalies.making import Maker, plain
from schools.anomalies.rows import Rows

# How improbable a repetition is before it is one, over all the figures of a column together.
LEVEL = Decimal("1e-6")
# A figure is among frequent ones when its neighbours are at least a tenth as frequent as itself.
FREQUENT = 10
# Steps of the grid, on each side, that make the local frequency of a rounded figure.
WINDOW = 3
# Beyond this denominator a fraction has no neighbours worth counting.
LARGEST = 60


@dataclass(frozen=True, slots=True)
class Constant:
    """One figure of one column that occurs too often. `near`: how frequent its neighbours are, `expected`: at most."""

    check: ConstantCheck
    column: str
    value: Fraction
    rows: frozenset[int]
    near: Fraction
    expected: Fraction
    impossible: frozenset[int]


def constants(rows: Rows, checks: Checks) -> tuple[Constant, ...]:
    """The repeated figures of every column looked at, over every row of the file; method in docs/checks-file.md."""
    found: list[Constant] = []
    for check in checks.constants:
        for column in check.columns:
            if rows.has([column]):
                found += _of_column(rows, check, column)
    return tuple(found)


def constant_anomalies(rows: Rows, found: Sequence[Constant], maker: Maker) -> Iterator[tuple[Anomaly, frozenset[int]]]:
    """One anomaly a constant, with the rows it explains: those it is held to have been filled in, none for a remark.

    Constants that go together, each in half the rows of the other or more, are judged together: a row that holds one
    of them alone is taken as measured, unless no count allows it.
    """
    for each in found:
        others = [other for other in found if other.column != each.column and _together(each, other)]
        explained = each.rows
        if others:
            explained = each.rows & (each.impossible | frozenset().union(*(other.rows for other in others)))
        said = {
            "value_read": _as_read(rows, each),
            "count": str(len(explained)),
            "column": each.column,
            "expected": plain(each.expected, 1),
            "base": each.check.base,
            "impossible": str(len(each.impossible)),
        }
        severity = each.check.severity
        if others:
            said["value_others"] = listed([_as_read(rows, other) for other in others])
            sentence = "constant_with_others"
        elif each.impossible:
            sentence = "constant_of_nobody"
        elif each.near * FREQUENT >= len(each.rows):
            sentence, severity = "constant_among_frequent", "remark"
            said["near"] = plain(each.near, 1)
        else:
            sentence = "constant"
        held = tuple(sorted(explained))
        yield (
            maker.made("repeated_constant", severity, held, [each.column], sentence, said),
            frozenset() if sentence == "constant_among_frequent" else explained,
        )


def _of_column(rows: Rows, check: ConstantCheck, column: str) -> Iterator[Constant]:
    places: dict[Fraction, list[int]] = {}
    for row in rows.every:
        value = rows.number(row, column)
        if value is not None:
            places.setdefault(value, []).append(row)
    if not places:
        return
    counts = {value: len(found) for value, found in places.items()}
    floor = Fraction(sum(counts.values()), len(counts))
    step = _step(counts)
    for value, found in sorted(places.items()):
        # Nobody and everybody are natural shares, however often.
        if len(found) < check.least or value in {0, Fraction(check.scale)}:
            continue
        near = _near(counts, value, step, check, rows.text(found[0], column))
        expected = max(floor, near)
        if chance(len(found), expected) * len(counts) < LEVEL:
            impossible = frozenset(row for row in found if _impossible(rows, check, row, value, column))
            yield Constant(check, column, value, frozenset(found), near, expected, impossible)


def _step(counts: Mapping[Fraction, int]) -> Fraction | None:
    """The step of the grid that a rounded column lies on; None for a fine one."""
    for decimals in range(3):
        if all((value * 10**decimals).denominator == 1 for value in counts):
            return Fraction(1, 10**decimals)
    return None


def _near(
    counts: Mapping[Fraction, int], value: Fraction, step: Fraction | None, check: ConstantCheck, text: str
) -> Fraction:
    """How often the neighbours of a figure occur, on average; 0 when it has none.

    Neighbours are the next steps of a rounded column; and, where the people are known, the fractions of a denominator
    one less, the same or one more, rounded as the column is: shares of few people fall on few fractions.
    """
    averages = [Fraction(0)]
    if step is not None:
        beside = [value + step * k for k in range(-WINDOW, WINDOW + 1) if k]
        averages.append(_mean([counts.get(other, 0) for other in beside if min(counts) <= other <= max(counts)]))
    if check.base:
        averages.append(_near_fractions(counts, value, step, Fraction(check.scale), text))
    return max(averages)


def _near_fractions(
    counts: Mapping[Fraction, int], value: Fraction, step: Fraction | None, scale: Fraction, text: str
) -> Fraction:
    own = simplest(value / scale, slack(text, value) / scale)
    if own.denominator > LARGEST:
        return Fraction(0)
    # A fine column holds each fraction as programs write it, to fifteen digits or so.
    digits = 12
    by_written = {_cut(other / scale, step, digits, scale): n for other, n in counts.items()}
    beside = [
        Fraction(k, q)
        for q in range(max(2, own.denominator - 1), own.denominator + 2)
        for k in range(1, q)
        if gcd(k, q) == 1 and Fraction(k, q) != own
    ]
    return _mean([by_written.get(_cut(other, step, digits, scale), 0) for other in beside])


def _cut(share: Fraction, step: Fraction | None, digits: int, scale: Fraction) -> int:
    unit = step / scale if step is not None else Fraction(1, 10**digits)
    return int((share / unit * 2 + 1) // 2)


def _mean(numbers: Sequence[int]) -> Fraction:
    return Fraction(sum(numbers), len(numbers)) if numbers else Fraction(0)


def _impossible(rows: Rows, check: ConstantCheck, row: int, value: Fraction, column: str) -> bool:
    """Whether no number of people not above the base gives this share."""
    if not check.base or not rows.has([check.base]):
        return False
    base, scale = rows.number(row, check.base), Fraction(check.scale)
    if base is None:
        return False
    return simplest(value / scale, slack(rows.text(row, column), value) / scale).denominator > base


def _together(one: Constant, other: Constant) -> bool:
    return 2 * len(one.rows & other.rows) >= max(len(one.rows), len(other.rows))


def _as_read(rows: Rows, constant: Constant) -> str:
    return rows.text(min(constant.rows), constant.column)
