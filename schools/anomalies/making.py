"""Writes an anomaly down: its cells, its subjects, and how grave it is once it is known what it touches."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from schools.anomalies.found import Anomaly, Severity
from schools.anomalies.rows import Rows
from schools.anomalies.touching import Touching
from schools.importing.figures import rounded_half_up


def plain(value: Fraction, decimals: int = 6) -> str:
    """A figure as a parameter keeps it: plain digits, at most so many decimals.

    >>> plain(Fraction(45, 2)), plain(Fraction(1, 3), 3)
    ('22.5', '0.333')
    """
    text = f"{rounded_half_up(value, decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Maker:
    """Makes the anomalies of one file; what they touch is worked out here, in one way for all detectors."""

    def __init__(self, rows: Rows, year_column: str = "") -> None:
        self.rows, self.touching = rows, Touching(rows)
        self.year_column = year_column if year_column and rows.has([year_column]) else ""

    def made(
        self,
        code: str,
        severity: str,
        found: Sequence[int],
        columns: Sequence[str],
        sentence: str,
        params: Mapping[str, str],
        *,
        shown: Sequence[str] = (),
    ) -> Anomaly:
        """An anomaly of these rows and columns; a remark when it touches no value. `shown`: columns to look at only."""
        touches = self.touching.of(found, columns)
        grave: Severity = "blocking" if severity == "blocking" and touches else "remark"
        every = list(dict.fromkeys([*shown, *columns]))
        years = {year for row in found if (year := self.year(row)) is not None}
        return Anomaly(
            code=code,
            severity=grave,
            sheet=self.rows.sheet.name,
            cells=self.rows.references(found, every),
            columns=tuple(every),
            subjects=self.rows.keys(found),
            year=years.pop() if len(years) == 1 else None,
            sentence=sentence,
            params=dict(params),
            touches=touches,
        )

    def remark(self, code: str, columns: Sequence[str], sentence: str, params: Mapping[str, str]) -> Anomaly:
        """A remark on whole columns: no row is pointed at, no value is held back."""
        sheet = self.rows.sheet.name
        return Anomaly(code, "remark", sheet, (), tuple(columns), (), None, sentence, dict(params))

    def year(self, row: int) -> int | None:
        """The year of a row, when the file says one."""
        number = self.rows.number(row, self.year_column) if self.year_column else None
        return int(number) if number is not None and number.denominator == 1 else None
