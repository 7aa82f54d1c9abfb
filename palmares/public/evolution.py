"""The years before, for one school: each criterion again, year by year, by the rule of its method."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from palmares.public import wording
from palmares.public.board import method_of
from palmares.public.curve import Curve, curve_of
from palmares.public.quotients import formula_of, formula_words, unit_of, unit_words, value_words
from palmares.public.sheet import Sheet
from rankings.engine import Absence, DatasetError, Leaf, Value, leaf_measure
from rankings.engine.exact import shown_decimal
from rankings.models import ReleaseIndicator, ReleaseNode
from rankings.models.sourced import Sourced


@dataclass(frozen=True)
class Moment:
    """One year of a criterion. `value` is None for an absence, which `words` says then; `figures`: the formula's.

    `now`: whether it is what this edition counts.
    """

    year: int
    value: Decimal | None
    words: str
    figures: str
    cells: tuple[str, ...]
    now: bool


@dataclass(frozen=True)
class Evolution:
    """A criterion, or an indicator given for information, over the years."""

    key: str
    title: str
    formula: str
    unit: str
    moments: tuple[Moment, ...]
    sources: tuple[Sourced, ...]

    @cached_property
    def curve(self) -> Curve | None:
        """Its drawing; None when fewer than two years have a figure."""
        return curve_of([(moment.year, moment.value) for moment in self.moments if moment.value is not None])

    @property
    def dots(self) -> list[dict[str, object]]:
        """The dots of the curve, each with the year it is of."""
        by_year = {moment.year: moment for moment in self.moments}
        return [{"dot": dot, "moment": by_year[dot.year]} for dot in (self.curve.dots if self.curve else ())]

    @property
    def levels(self) -> list[tuple[str, str]]:
        """(ordinate, figure) of each hairline."""
        ticks = self.curve.levels if self.curve else ()
        return [(tick.at, unit_words(tick.value, self.unit, None)) for tick in ticks]


@dataclass
class Past:
    """The earlier years of one school's sheet. One query beside those of the sheet, and the method's text."""

    sheet: Sheet

    @cached_property
    def rows(self) -> Mapping[str, Mapping[int, Sourced]]:
        """Indicator code → year → what the release says: the years before, and the figure it counts, in its own year.

        Empty when it keeps no earlier year of any indicator.
        """
        codes = {indicator.pk: code for code, indicator in self.sheet.indicators.items()}
        found: dict[str, dict[int, Sourced]] = defaultdict(dict)
        for row in self.sheet.unit.series.all():
            found[codes[row.indicator_id]][row.year] = row
        for code in found:
            value = self.sheet.values.get(code)
            if value is not None:
                found[code][value.year] = value
        return found

    @cached_property
    def evolutions(self) -> list[Evolution]:
        """Each criterion whose indicators all have earlier years, in the order of the method; the others after."""
        if not self.rows:
            return []
        leaves = method_of(self.sheet.release.method_text).leaves
        nodes = {node.key: node for node in self.sheet.board.nodes}
        told = [self._of_leaf(leaf, nodes[leaf.key]) for leaf in leaves if set(leaf.indicators) <= set(self.rows)]
        read = {code for leaf in leaves for code in leaf.indicators}
        alone = [self._of_indicator(self.sheet.indicators[code]) for code in sorted(set(self.rows) - read)]
        return [evolution for evolution in (*told, *alone) if evolution.curve is not None]

    def _of_leaf(self, leaf: Leaf, node: ReleaseNode) -> Evolution:
        indicators = self.sheet.indicators
        moments = tuple(self._moment(leaf, node, year) for year in self._years(leaf.indicators))
        formula = formula_words(node, indicators)
        unit = unit_of(node, indicators)
        return Evolution(leaf.key, node.title, formula, unit, moments, self._sources(leaf.indicators))

    def _of_indicator(self, indicator: ReleaseIndicator) -> Evolution:
        node = ReleaseNode(key=indicator.code, indicator=indicator.code)
        moments = tuple(self._plain(node, year) for year in self._years((indicator.code,)))
        return Evolution(
            indicator.code, indicator.label, "", indicator.measure, moments, self._sources((indicator.code,))
        )

    def _years(self, codes: tuple[str, ...]) -> list[int]:
        return sorted({year for code in codes for year in self.rows[code]})

    def _sources(self, codes: tuple[str, ...]) -> tuple[Sourced, ...]:
        rows = (row for code in codes for row in self.rows[code].values())
        return tuple({(row.source_title, row.source_licence): row for row in rows}.values())

    def _moment(self, leaf: Leaf, node: ReleaseNode, year: int) -> Moment:
        rows = {code: self.rows[code][year] for code in leaf.indicators if year in self.rows[code]}
        if any(row.withheld for row in rows.values()):
            return self._absent(node, year, rows, wording.withheld_words())
        try:
            found = leaf_measure(leaf, {code: _value(row) for code, row in rows.items()})
        except DatasetError:
            # A year that no release was computed of may hold what a computation refuses.
            found = Absence.MISSING
        if isinstance(found, Absence):
            silent = found is Absence.MISSING and set(rows) < set(leaf.indicators)
            words = wording.unverified_words() if silent else wording.kind_words(found.value)
            return self._absent(node, year, rows, words)
        return self._present(node, year, rows, shown_decimal(found))

    def _plain(self, node: ReleaseNode, year: int) -> Moment:
        row = self.rows[node.indicator][year]
        if not row.figure:
            words = wording.withheld_words() if row.withheld else wording.kind_words(row.kind)
            return self._absent(node, year, {node.indicator: row}, words)
        return self._present(node, year, {node.indicator: row}, Decimal(row.figure))

    def _present(self, node: ReleaseNode, year: int, rows: Mapping[str, Sourced], value: Decimal) -> Moment:
        words = value_words(node, self.sheet.indicators, value)
        counted = {code: self.sheet.values.get(code) for code in rows}
        now = all(counted[code] is row for code, row in rows.items())
        return Moment(year, value, words, self._figures(node, rows, value), tuple(_cells(rows)), now)

    def _absent(self, node: ReleaseNode, year: int, rows: Mapping[str, Sourced], words: str) -> Moment:
        return Moment(year, None, words, self._figures(node, rows, None), tuple(_cells(rows)), False)

    def _figures(self, node: ReleaseNode, rows: Mapping[str, Sourced], value: Decimal | None) -> str:
        formula = formula_of(node, self.sheet.indicators, rows, "" if value is None else str(value))
        return formula.words if formula and formula.told else ""


def _value(row: Sourced) -> Value:
    return Decimal(row.figure) if row.figure else Absence(row.kind)


def _cells(rows: Mapping[str, Sourced]) -> Iterator[str]:
    """Where the figures of a year are read: « Effectifs, F47 »; of many cells the first, and how many others."""
    for row in rows.values():
        for cell in row.cells[:1]:
            place = ", ".join(part for part in (cell.get("sheet", ""), cell.get("cell", "")) if part)
            yield f"{place} +{len(row.cells) - 1}" if len(row.cells) > 1 else place
