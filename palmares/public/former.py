"""What a family or a criterion was in the other editions of its ranking: its name, what it counted for, its median."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

from palmares.public import shelf
from palmares.public.board import median, method_of
from palmares.public.criteria import yes_words
from palmares.public.editions import Editions
from palmares.public.quotients import unit_of, value_words
from rankings.engine import Method
from rankings.engine.exact import round_value
from rankings.method_changes import MethodChanges, shares_of
from rankings.models import Release, ReleaseIndicator, ReleaseNode, ReleasePoints
from schools.typography import number


@dataclass(frozen=True)
class Former:
    """One edition; `node` is None when its method has nothing of the kind. `percent`: None for a bonus."""

    year: int
    node: ReleaseNode | None
    percent: Decimal | None
    median: str
    now: bool
    changed: bool


@dataclass
class History:
    """A family or criterion of one release over the editions whose method is known. Four queries."""

    release: Release
    key: str
    editions: Editions

    @property
    def formers(self) -> list[Former]:
        """What it is in each edition, the earliest first; nothing when no other edition has a method."""
        releases = [release for release in self.editions.releases if release.method_digest]
        if len(releases) < 2:
            return []
        methods = self._methods(releases)
        keys = {release.pk: key for release, key in self._keys(releases, methods)}
        nodes = self._nodes(keys)
        medians = self._medians(nodes.values())
        return [self._former(release, methods[release.pk], nodes, medians) for release in releases]

    @staticmethod
    def _methods(releases: Sequence[Release]) -> Mapping[int, Method]:
        return {pk: method_of(text) for pk, text in shelf.method_texts(releases).items()}

    def _keys(self, releases: Sequence[Release], methods: Mapping[int, Method]) -> Iterator[tuple[Release, str]]:
        """(release, key there) of each edition that has it: from one edition to the next, by what its method does."""
        here = next(place for place, release in enumerate(releases) if release.year == self.release.year)
        yield releases[here], self.key
        for others in (releases[:here][::-1], releases[here + 1 :]):
            near, key = releases[here], self.key
            for other in others:
                found = _key_there(methods[near.pk], methods[other.pk], key, earlier=other.year < near.year)
                if found:
                    near, key = other, found
                    yield other, found

    @staticmethod
    def _nodes(keys: Mapping[int, str]) -> Mapping[int, ReleaseNode]:
        """Release → its node."""
        rows = ReleaseNode.objects.filter(release__in=keys, key__in=set(keys.values()))
        return {node.release_id: node for node in rows if keys[node.release_id] == node.key}

    @staticmethod
    def _medians(nodes: Iterable[ReleaseNode]) -> Mapping[int, str]:
        """Node → the median of its published values, of its points for a family, in words."""
        told = {node.pk: node for node in nodes}
        figures: dict[int, list[Decimal]] = defaultdict(list)
        rows = ReleasePoints.objects.filter(node__in=told).values_list("node_id", "value", "points", "unit__rank")
        for pk, value, points, rank in rows:
            if told[pk].indicator and value:
                figures[pk].append(Decimal(value))
            elif not told[pk].indicator and points and rank is not None:
                figures[pk].append(Decimal(points))
        return _written(told, figures)

    def _former(
        self, release: Release, method: Method, nodes: Mapping[int, ReleaseNode], medians: Mapping[int, str]
    ) -> Former:
        node = nodes.get(release.pk)
        share = shares_of(method).get(node.key) if node else None
        return Former(
            year=release.year,
            node=node,
            percent=_percent(share),
            median=medians.get(node.pk, "") if node else "",
            now=release.year == self.release.year,
            changed=release.year in self.editions.changes,
        )


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else round_value(share * 100, 1, "half_up")


def _written(nodes: Mapping[int, ReleaseNode], figures: Mapping[int, Sequence[Decimal]]) -> Mapping[int, str]:
    codes = {node.indicator for node in nodes.values() if node.indicator}
    releases = {node.release_id for node in nodes.values()}
    indicators: dict[int, dict[str, ReleaseIndicator]] = defaultdict(dict)
    for indicator in ReleaseIndicator.objects.filter(release__in=releases, code__in=codes):
        indicators[indicator.release_id][indicator.code] = indicator
    found = {}
    for pk, node in nodes.items():
        known = indicators[node.release_id]
        middle = median(figures.get(pk, ()))
        if middle is not None and node.indicator and unit_of(node, known) == "boolean":
            found[pk] = yes_words(figures[pk])
        elif middle is not None:
            words = value_words(node, known, middle) if node.indicator else ""
            found[pk] = words or number(middle, None, get_language())
    return found


def _key_there(near: Method, other: Method, key: str, *, earlier: bool) -> str:
    """The key that the same family or criterion has in another method; empty when it is not there."""
    changes = MethodChanges(other, near) if earlier else MethodChanges(near, other)
    for kept in changes.kept:
        before, after = kept.before.node.key, kept.after.node.key
        if earlier and after == key:
            return before
        if not earlier and before == key:
            return after
    return ""
