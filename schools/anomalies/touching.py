"""Which values a cell makes: an anomaly holds back those alone."""

from collections.abc import Iterable, Sequence

from schools.anomalies.rows import Rows
from schools.importing.mapping import ValueRule
from schools.importing.texts import same_text_key


class Touching:
    """Knows, of each value of the mapping, which columns it is made of and which rows say something of it."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.rules = [rule for rule in rows.mapping.values if rows.has(_columns(rule))]
        self.kept = frozenset(rows.kept)

    def of(self, rows: Iterable[int], columns: Sequence[str]) -> frozenset[tuple[str, str]]:
        """(indicator, reference of its value cell) of the values made of one of these cells."""
        wanted = {same_text_key(column) for column in columns}
        rules = [rule for rule in self.rules if wanted & {same_text_key(column) for column in _columns(rule)}]
        return frozenset(
            (rule.indicator, self.rows.cell(row, rule.column).reference)
            for row in rows
            if row in self.kept
            for rule in rules
            if self._says(rule, row)
        )

    def _says(self, rule: ValueRule, row: int) -> bool:
        """Whether this row counts for this value: its factor is not zero, and it is not declared as not measured."""
        for factor in _factors(rule):
            if self.rows.number(row, factor) == 0:
                return False
        for condition in rule.not_measured:
            texts = {same_text_key(text) for text in condition.equals}
            if all(self.rows.text(row, column) in texts for column in condition.columns):
                return False
        return True


def _factors(rule: ValueRule) -> list[str]:
    return [column for column in (rule.weight, rule.times) if column]


def _columns(rule: ValueRule) -> list[str]:
    return [rule.column, *_factors(rule)]
