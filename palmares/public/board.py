"""A release as a table: its schools, what each got at each node of the method, and the medians. Exact throughout."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from rankings.engine import Method, parse_method
from rankings.engine.exact import shown_decimal
from rankings.models import Release, ReleaseNode, ReleasePoints, ReleaseUnit


@lru_cache(maxsize=16)
def method_of(text: str) -> Method:
    """The method a canonical text declares; reading one takes milliseconds, and a site shows the same few."""
    return parse_method(text)


def score_out_of(release: Release) -> Decimal:
    """The highest score the release's method can give. Reads the method's text: one query when it was deferred."""
    return shown_decimal(method_of(release.method_text).out_of)


def median(figures: Collection[Decimal]) -> Decimal | None:
    """The middle figure, or the mean of the two in the middle, exact; None of nothing.

    >>> median([Decimal("1.5"), Decimal("9"), Decimal("2")]), median([Decimal("1"), Decimal("2")]), median([])
    (Decimal('2'), Decimal('1.5'), None)
    """
    if not figures:
        return None
    ordered = sorted(figures)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return shown_decimal((Fraction(ordered[middle - 1]) + Fraction(ordered[middle])) / 2)


@dataclass(frozen=True)
class Mark:
    """What one school got at one node. `points`: exact text, empty when the node was left out of its score."""

    node: ReleaseNode
    points: str
    status: str
    absence: str
    median: Decimal | None
    below: tuple["Mark", ...] = ()


@dataclass(frozen=True)
class Line:
    """One school of the table, with a mark for each family, each with those of its criteria."""

    unit: ReleaseUnit
    marks: tuple[Mark, ...]


@dataclass
class Board:
    """One release. Three queries, whatever the number of schools: nodes, schools, points."""

    release: Release

    @cached_property
    def nodes(self) -> list[ReleaseNode]:
        """Every node, in the order of the method."""
        return list(self.release.nodes.order_by("position"))

    @cached_property
    def units(self) -> list[ReleaseUnit]:
        """Every school, in the order of the ranking, the unranked last."""
        return list(self.release.units.order_by("position"))

    @property
    def families(self) -> list[ReleaseNode]:
        """The nodes of the first level."""
        return [node for node in self.nodes if node.level == 0]

    @cached_property
    def children(self) -> Mapping[str, list[ReleaseNode]]:
        """The nodes below each node, by its key."""
        found: dict[str, list[ReleaseNode]] = defaultdict(list)
        for node in self.nodes:
            if node.level:
                found[node.parent_key].append(node)
        return found

    @cached_property
    def points(self) -> Mapping[tuple[int, int], tuple[str, str, str]]:
        """(school, node) → points, status, kind of absence."""
        rows = ReleasePoints.objects.filter(unit__release=self.release).order_by()
        found = rows.values_list("unit_id", "node_id", "points", "status", "absence")
        return {(unit, node): (points, status, absence) for unit, node, points, status, absence in found}

    @cached_property
    def medians(self) -> Mapping[int, Decimal | None]:
        """Node → the median of its points over the ranked schools that have any."""
        ranked = {unit.pk for unit in self.units if unit.rank is not None}
        by_node: dict[int, list[Decimal]] = defaultdict(list)
        for (unit, node), (points, _status, _absence) in self.points.items():
            if unit in ranked and points:
                by_node[node].append(Decimal(points))
        return {node.pk: median(by_node[node.pk]) for node in self.nodes}

    def lines(self, units: Iterable[ReleaseUnit]) -> list[Line]:
        """The rows of these schools, in their order."""
        return [Line(unit, tuple(self.mark(unit, family) for family in self.families)) for unit in units]

    def mark(self, unit: ReleaseUnit, node: ReleaseNode) -> Mark:
        """What this school got at this node, with what it got below."""
        points, status, absence = self.points.get((unit.pk, node.pk), ("", "left_out", ""))
        below = tuple(self.mark(unit, child) for child in self.children.get(node.key, ()))
        return Mark(node, points, status, absence, self.medians[node.pk], below)

    def sorted_by(self, key: str, units: Sequence[ReleaseUnit]) -> list[ReleaseUnit]:
        """The schools by name, or by their points at a node, most first; those without points last.

        Equal ones keep the order of the ranking. Raises KeyError for a key that is neither.
        """
        if key == "rank":
            return list(units)
        if key == "name":
            return sorted(units, key=lambda unit: (unit.search_key, unit.slug))
        node = {node.key: node for node in self.nodes}[key]

        def place(unit: ReleaseUnit) -> tuple[bool, Decimal]:
            points = self.points.get((unit.pk, node.pk), ("", "", ""))[0]
            return (not points, -Decimal(points or 0))

        return sorted(units, key=place)
