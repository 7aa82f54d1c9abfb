"""How a file is laid out: scales that mix, rows that repeat, keys."""

from collections.abc import Iterator, Sequence

from schools.anomalies.checks import Checks
from schools.anomalies.found import Anomaly, listed
from schools.anomalies.making import Maker
from schools.anomalies.rows import Rows
from schools.importing.keys import expected_letter, normal_key

# One figure in so many, between 0 and 1 and above 1 alike, makes a column of two scales: small percentages exist.
MIXED = 10


def scale_anomalies(rows: Rows, checks: Checks, maker: Maker) -> Iterator[Anomaly]:
    """Columns that mix fractions and percentages, and a remark on those of one file that do not share a scale."""
    for check in checks.scales:
        fractions, percentages = [], []
        for column in check.columns:
            if not rows.has([column]):
                continue
            small = [row for row in rows.every if 0 < (rows.number(row, column) or 0) < 1]
            large = [row for row in rows.every if (rows.number(row, column) or 0) > 1]
            if min(len(small), len(large)) * MIXED >= len(small) + len(large) > 0:
                said = {"column": column, "small": str(len(small)), "large": str(len(large))}
                fewer = min(small, large, key=len)
                yield maker.made("mixed_scales", "blocking", fewer, [column], "scale_mixed", said)
            elif large:
                percentages.append(column)
            elif small:
                fractions.append(column)
        if fractions and percentages:
            said = {"fractions": _named(fractions), "percentages": _named(percentages)}
            yield maker.remark("mixed_scales", [*fractions, *percentages], "scales_differ", said)


def duplicate_rows(rows: Rows, checks: Checks, maker: Maker) -> Iterator[Anomaly]:
    """Rows that are identical, and, when the checks say so, those that differ by one column alone.

    Linear: each row is hashed once, and once less each of its columns; what the hashes bring together is compared.
    """
    key = rows.mapping.key.column
    texts = {row: tuple(cell.text.strip() for cell in rows.sheet.rows[row - 1]) for row in rows.kept}
    same: dict[tuple[str, ...], list[int]] = {}
    for row, text in texts.items():
        same.setdefault(text, []).append(row)
    for found in same.values():
        if len(found) > 1:
            columns = [rule.column for rule in rows.mapping.values if rows.has([rule.column])]
            said = {"value_rows": listed([str(row) for row in found])}
            yield maker.made("duplicate_rows", "blocking", found, [key, *columns], "rows_identical", said)
    if checks.duplicates_but_one:
        for found, column in _alike([found[0] for found in same.values()], texts, rows):
            said = {"value_rows": listed([str(row) for row in found]), "column": column}
            yield maker.made("duplicate_rows", "remark", found, [column], "rows_alike", said)


def _alike(distinct: Sequence[int], texts: dict[int, tuple[str, ...]], rows: Rows) -> Iterator[tuple[list[int], str]]:
    groups: dict[tuple[int, int], list[int]] = {}
    for row in distinct:
        marks = [hash((place, text)) for place, text in enumerate(texts[row])]
        whole = sum(marks)
        for place, mark in enumerate(marks):
            groups.setdefault((place, whole - mark), []).append(row)
    names = {column: header for header, column in rows.headers.items()}
    for (place, _hash), found in groups.items():
        first = texts[found[0]]
        alike = [row for row in found if _but(texts[row], place) == _but(first, place)]
        if len(alike) > 1:
            yield alike, names.get(place + 1, "")


def _but(text: tuple[str, ...], place: int) -> tuple[str, ...]:
    return text[:place] + text[place + 1 :]


def key_anomalies(rows: Rows, checks: Checks, maker: Maker) -> Iterator[Anomaly]:
    """UAI of other columns than the key whose letter is wrong, and one key on rows of two names in one year."""
    for column in checks.keys:
        if not rows.has([column]):
            continue
        for row in rows.kept:
            for text in rows.text(row, column).replace(";", ",").split(","):
                key = normal_key("uai", text)
                if key is not None and expected_letter(key) != key[-1]:
                    said = {"key": key, "column": column, "value_letter": expected_letter(key)}
                    yield maker.made("wrong_key_letter", "remark", [row], [column], "key_letter", said)
    if checks.name and rows.has([checks.name]):
        named: dict[tuple[str, int | None], dict[str, int]] = {}
        for row in rows.kept:
            named.setdefault((rows.key(row), maker.year(row)), {}).setdefault(rows.text(row, checks.name), row)
        for (key, _year), names in named.items():
            if key and len(names) > 1:
                said = {"key": key, "names": _named(list(names))}
                columns = [rows.mapping.key.column, checks.name]
                yield maker.made("repeated_key", "remark", list(names.values()), columns, "key_of_two_names", said)


def _named(texts: Sequence[str]) -> str:
    return listed([f"«\u00a0{text}\u00a0»" for text in texts])
