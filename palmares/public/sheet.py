"""A school's page: each of its values, where it stands among all, and where it comes from. Exact throughout."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from palmares.public import wording
from palmares.public.board import Board, Mark, median
from rankings.models import Release, ReleaseIndicator, ReleaseNode, ReleaseUnit, ReleaseValue

# A value made of more cells than this lists them in a part that opens.
FEW_CELLS = 3


@dataclass(frozen=True)
class Source:
    """Where one value comes from, down to its cells, and who vouches for what."""

    value: ReleaseValue

    @property
    def cells(self) -> list[dict[str, str]]:
        return list(self.value.cells)

    @property
    def few(self) -> bool:
        return len(self.cells) <= FEW_CELLS

    @property
    def place(self) -> str:
        """The first cell in short: « Effectifs, F47 », or the document's title."""
        first = self.cells[0] if self.cells else {}
        parts = [part for part in (first.get("sheet", ""), first.get("cell", "")) if part]
        return ", ".join(parts) or self.value.source_title

    @property
    def others(self) -> int:
        """How many cells there are beside the first."""
        return max(len(self.cells) - 1, 0)

    @property
    def meaning(self) -> str:
        return wording.meaning_words(self.value.verified_meaning)

    @property
    def kept_back(self) -> str:
        return wording.leaves_words(self.value.source_leaves)

    @property
    def short_digest(self) -> str:
        return self.value.source_sha256[:12]


@dataclass(frozen=True)
class Entry:
    """One indicator of one school. `value` is None when nothing was in force for it.

    `mark`: what the criterion it serves brought; None for a denominator and for an indicator given for information.
    `others`: the published figures of all the schools; `median`: theirs.
    """

    indicator: ReleaseIndicator
    value: ReleaseValue | None
    mark: Mark | None
    role: str
    others: tuple[Decimal, ...]
    median: Decimal | None
    lower_is_better: bool

    @property
    def figure(self) -> str:
        return self.value.figure if self.value else ""

    @property
    def says(self) -> str:
        """What is said in place of the figure, or beside it."""
        if self.value is None:
            return wording.kind_words("missing")
        return wording.kind_words(self.value.kind)

    @property
    def withheld(self) -> bool:
        return bool(self.value and self.value.withheld and wording.has_figure(self.value.kind))

    @property
    def source(self) -> Source | None:
        return Source(self.value) if self.value else None


@dataclass(frozen=True)
class Group:
    """A family and its entries; without node, the indicators given for information."""

    node: ReleaseNode | None
    entries: tuple[Entry, ...]


@dataclass
class Sheet:
    """One school of one release. Three queries beside those of its board."""

    board: Board
    unit: ReleaseUnit

    @property
    def release(self) -> Release:
        return self.board.release

    @cached_property
    def indicators(self) -> Mapping[str, ReleaseIndicator]:
        return {indicator.code: indicator for indicator in self.release.indicators.all()}

    @cached_property
    def values(self) -> Mapping[str, ReleaseValue]:
        """Indicator code → the school's value."""
        codes = {indicator.pk: code for code, indicator in self.indicators.items()}
        return {codes[value.indicator_id]: value for value in self.unit.values.all()}

    @cached_property
    def figures(self) -> Mapping[int, tuple[Decimal, ...]]:
        """Indicator → the published figures of every school, one each."""
        rows = ReleaseValue.objects.filter(unit__release=self.release).exclude(figure="").order_by()
        found: dict[int, list[Decimal]] = defaultdict(list)
        for indicator, figure in rows.values_list("indicator_id", "figure"):
            found[indicator].append(Decimal(figure))
        return {indicator: tuple(figures) for indicator, figures in found.items()}

    @cached_property
    def marks(self) -> list[Mark]:
        """What the school got in each family."""
        return [self.board.mark(self.unit, family) for family in self.board.families]

    @cached_property
    def groups(self) -> list[Group]:
        """Every indicator of the release, by family, in the order of the method; the others last."""
        groups = [Group(mark.node, tuple(self._entries(mark))) for mark in self.marks]
        used = {entry.indicator.code for group in groups for entry in group.entries}
        rest = [indicator for code, indicator in sorted(self.indicators.items()) if code not in used]
        if rest:
            groups.append(Group(None, tuple(self._entry(indicator, None, "", lower=False) for indicator in rest)))
        return groups

    def _entries(self, mark: Mark) -> Iterator[Entry]:
        for leaf in _leaves(mark):
            node = leaf.node
            numerator = self.indicators.get(node.indicator)
            if numerator is None:
                continue
            role = "numerator" if node.denominator else ""
            yield self._entry(numerator, leaf, role, lower=better_of(node) == "lower")
            denominator = self.indicators.get(node.denominator)
            if denominator is not None:
                yield self._entry(denominator, None, "denominator", lower=False)

    def _entry(self, indicator: ReleaseIndicator, mark: Mark | None, role: str, *, lower: bool) -> Entry:
        others = self.figures.get(indicator.pk, ())
        value = self.values.get(indicator.code)
        return Entry(indicator, value, mark, role, others, median(others), lower)

    @property
    def sourced(self) -> Iterator[Entry]:
        """Each value once, in the order of the page."""
        seen = set()
        for group in self.groups:
            for entry in group.entries:
                if entry.value and entry.indicator.code not in seen:
                    seen.add(entry.indicator.code)
                    yield entry


def better_of(node: ReleaseNode) -> str:
    """Whether the `higher` or the `lower` value is better at a criterion; empty for a family."""
    return str(json.loads(node.cut_points)["better"]) if node.cut_points else ""


def _leaves(mark: Mark) -> Iterable[Mark]:
    if not mark.below:
        yield mark
    for child in mark.below:
        yield from _leaves(child)
