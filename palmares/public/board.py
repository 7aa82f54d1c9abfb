"""A release as a table: its schools, what each got at each node of the method, and the medians. Exact throughout."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from palmares.public.quotients import formula_words, unit_of, value_words
from palmares.public.standings import NOTHING, Standing, Standings
from rankings.engine import Method, parse_method
from rankings.engine.exact import shown_decimal
from rankings.engine.placing import PLAIN
from rankings.models import Release, ReleaseIndicator, ReleaseNode, ReleasePoints, ReleaseUnit, ReleaseValue


@lru_cache(maxsize=16)
def method_of(text: str) -> Method:
    """The method a canonical text declares; reading one takes milliseconds, and a site shows the same few."""
    return parse_method(text)


def score_out_of(release: Release) -> Decimal:
    """The highest score the release's method can give. Reads the method's text: one query when it was deferred."""
    return shown_decimal(method_of(release.method_text).out_of)


def points_out_of(release: Release) -> Decimal | None:
    """The highest score of a release, printed or of its method; None for a print that says none."""
    if release.archival:
        return Decimal(release.out_of) if release.out_of else None
    return score_out_of(release)


def bonus_out_of(release: Release) -> Decimal:
    """The most points that bonuses can add to a score; 0 without any, or without method. Reads the method's text."""
    if not release.method_text:
        return Decimal(0)
    return shown_decimal(method_of(release.method_text).bonus_out_of)


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
class Got:
    """What one school got at one node, as the release keeps it: see `ReleasePoints`."""

    points: str = ""
    status: str = "left_out"
    absence: str = ""
    value: str = ""
    kind: str = ""
    leaves: str = ""

    @property
    def told(self) -> str:
        """The value, where it may leave in a file or through the API."""
        return self.value if self.leaves == "values" else ""


_NOTHING = Got()


@dataclass(frozen=True)
class Mark:
    """What one school got at one node. `points`: exact text, empty when the node was left out of its score.

    At a criterion, `value` is what its scale was given, in words, and `median_value` the median of all the schools.
    """

    node: ReleaseNode
    got: Got
    median: Decimal | None
    value: str = ""
    median_value: str = ""
    below: tuple["Mark", ...] = ()

    @property
    def points(self) -> str:
        return self.got.points

    @property
    def status(self) -> str:
        return self.got.status

    @property
    def absence(self) -> str:
        return self.got.absence

    @property
    def by_rule(self) -> str:
        """How points were given that no known value gave: « par règle »; empty for all others."""
        said = {"set_by_rule": _("par règle"), "imputed": _("valeur imputée"), "carried": _("valeur reprise")}
        return said.get(self.status, "")

    @property
    def adds(self) -> bool:
        """Whether there is any point at all: a bonus of none is not written as a figure."""
        return bool(self.points and Decimal(self.points))

    @property
    def inside(self) -> Iterator["Mark"]:
        """All the marks below, parents before their children, in the order of the method."""
        for mark in self.below:
            yield mark
            yield from mark.inside


@dataclass(frozen=True)
class Line:
    """One school of the table, with a mark for each family, each with those of its criteria, and one for each bonus.

    `sorted`: its mark at the node the table is sorted by, when no column shows it. `standing`: more of its place.
    """

    unit: ReleaseUnit
    marks: tuple[Mark, ...]
    sorted: Mark | None = None
    bonuses: tuple[Mark, ...] = ()
    standing: Standing = NOTHING

    @property
    def bonus(self) -> Decimal:
        """What bonuses added to its score."""
        return sum((Decimal(mark.points) for mark in self.bonuses if mark.points), Decimal(0))


@dataclass
class Board:
    """One release. Four queries, whatever the number of schools: nodes, schools, points, indicators."""

    release: Release

    @cached_property
    def nodes(self) -> list[ReleaseNode]:
        """Every node, in the order of the method."""
        return list(self.release.nodes.order_by("position"))

    @cached_property
    def units(self) -> list[ReleaseUnit]:
        """Every school, in the order of the ranking, the unranked last."""
        return list(self.release.units.order_by("position"))

    @cached_property
    def indicators(self) -> Mapping[str, ReleaseIndicator]:
        """Every indicator, by its code."""
        return {indicator.code: indicator for indicator in self.release.indicators.all()}

    @cached_property
    def standings(self) -> Standings:
        """What the method says of places beyond ranks; of an edition taken from a print, nothing."""
        text = self.release.method_text
        return Standings(method_of(text).placing if text else PLAIN, self.units)

    @property
    def families(self) -> list[ReleaseNode]:
        """The nodes of the first level that have a weight: no bonus."""
        return [node for node in self.nodes if node.level == 0 and not node.bonus]

    @property
    def bonuses(self) -> list[ReleaseNode]:
        """The criteria whose points add to the score as they are."""
        return [node for node in self.nodes if node.bonus]

    @cached_property
    def children(self) -> Mapping[str, list[ReleaseNode]]:
        """The nodes below each node, by its key."""
        found: dict[str, list[ReleaseNode]] = defaultdict(list)
        for node in self.nodes:
            if node.level:
                found[node.parent_key].append(node)
        return found

    @cached_property
    def points(self) -> Mapping[tuple[int, int], Got]:
        """(school, node) → what it got there."""
        rows = ReleasePoints.objects.filter(unit__release=self.release).order_by()
        found = rows.values_list("unit_id", "node_id", "points", "status", "absence", "value", "kind", "leaves")
        return {(unit, node): Got(*got) for unit, node, *got in found}

    def got(self, unit: ReleaseUnit, node: ReleaseNode) -> Got:
        """What this school got at this node."""
        return self.points.get((unit.pk, node.pk), _NOTHING)

    @cached_property
    def medians(self) -> Mapping[int, Decimal | None]:
        """Node → the median of its points over the ranked schools that have any."""
        ranked = {unit.pk for unit in self.units if unit.rank is not None}
        by_node: dict[int, list[Decimal]] = defaultdict(list)
        for (unit, node), got in self.points.items():
            if unit in ranked and got.points:
                by_node[node].append(Decimal(got.points))
        return {node.pk: median(by_node[node.pk]) for node in self.nodes}

    @cached_property
    def values(self) -> Mapping[int, tuple[Decimal, ...]]:
        """Criterion → the published values of all the schools, one each."""
        found: dict[int, list[Decimal]] = defaultdict(list)
        for (_unit, node), got in self.points.items():
            if got.value:
                found[node].append(Decimal(got.value))
        return {node: tuple(values) for node, values in found.items()}

    @cached_property
    def figures(self) -> Mapping[str, tuple[Decimal, ...]]:
        """Indicator code → the published figures of all the schools, one each. One query."""
        rows = ReleaseValue.objects.filter(unit__release=self.release).exclude(figure="").order_by()
        found: dict[str, list[Decimal]] = defaultdict(list)
        for code, figure in rows.values_list("indicator__code", "figure"):
            found[code].append(Decimal(figure))
        return {code: tuple(figures) for code, figures in found.items()}

    @cached_property
    def median_values(self) -> Mapping[int, str]:
        """Criterion → the median of its published values, in words; empty for a family, and where all is yes or no."""
        of_node = {node.pk: median(self.values.get(node.pk, ())) for node in self.nodes}
        of_node |= {node.pk: None for node in self.nodes if unit_of(node, self.indicators) == "boolean"}
        return {node.pk: value_words(node, self.indicators, of_node[node.pk]) for node in self.nodes}

    def formula(self, node: ReleaseNode) -> str:
        """What a criterion divides by what, in words; nothing when it does not divide."""
        return formula_words(node, self.indicators)

    def lines(self, units: Iterable[ReleaseUnit], sorted_by: ReleaseNode | None = None) -> list[Line]:
        """The rows of these schools, in their order; `sorted_by`: a node to show beside the families."""
        return [
            Line(
                unit,
                tuple(self.mark(unit, family) for family in self.families),
                self.mark(unit, sorted_by) if sorted_by else None,
                tuple(self.mark(unit, bonus) for bonus in self.bonuses),
                self.standings.of(unit),
            )
            for unit in units
        ]

    def mark(self, unit: ReleaseUnit, node: ReleaseNode) -> Mark:
        """What this school got at this node, with what it got below."""
        got = self.got(unit, node)
        below = tuple(self.mark(unit, child) for child in self.children.get(node.key, ()))
        value = value_words(node, self.indicators, got.value)
        return Mark(node, got, self.medians[node.pk], value, self.median_values[node.pk], below)

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
            points = self.got(unit, node).points
            return (not points, -Decimal(points or 0))

        return sorted(units, key=place)
