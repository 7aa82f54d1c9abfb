"""What a method does, and what changed from one to another: every family and criterion, and the rules common to all.

Pure: two methods in, one answer out. Nodes are told by what they are, never by where they stand in a file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from rankings.engine import Absence, Branch, Leaf, Method, Node
from rankings.engine.method import is_bonus
from rankings.engine.missing import Rule
from rankings.engine.transformed import declared


@dataclass(frozen=True)
class Place:
    """A node where it stands.

    `share`: what it counts for in the score, from 0 to 1, when every value is known; 0 for a bonus, which adds to it.
    """

    node: Node
    parent: Branch
    level: int
    share: Fraction


def placed(method: Method) -> list[Place]:
    """Every node with its share of the score, parents before their children, in the order of the method."""
    return list(_placed(method.root, Fraction(1), 0))


def _placed(parent: Branch, whole: Fraction, level: int) -> Iterator[Place]:
    total = sum((share for _child, share in parent.shares), Fraction(0))
    shares = {child.key: share for child, share in parent.shares}
    for child in parent.children:
        part = whole * shares.get(child.key, Fraction(0)) / total if total else Fraction(0)
        yield Place(child, parent, level, part)
        if isinstance(child, Branch):
            yield from _placed(child, part, level + 1)


def shares_of(method: Method) -> Mapping[str, Fraction]:
    """Node → the part of the score it counts for when every value is known; a bonus, which adds to it, is not there."""
    return {place.node.key: place.share for place in placed(method) if not is_bonus(place.node)}


def rules_of(method: Method) -> object:
    """What a method does, names, keys and order aside: two methods that do the same have equal ones."""
    shares = shares_of(method)
    # A bonus has no share.
    leaves = frozenset((*_rules_of_leaf(leaf), shares.get(leaf.key)) for leaf in method.leaves)
    branches = frozenset(_rules_of_branch(node) for node in method.root.walk() if isinstance(node, Branch))
    # What is carried along weighs on no rank.
    placing = replace(method.placing, information=())
    root = method.root
    return (
        leaves,
        branches,
        method.rounding,
        method.ranks_on,
        method.digits,
        placing,
        root.out_of,
        root.minimum_coverage,
    )


def _rules_of_leaf(leaf: Leaf) -> tuple[object, ...]:
    missing = frozenset(leaf.missing.items())
    return leaf.indicators, leaf.quotient, leaf.preparation, leaf.scale, leaf.out_of, leaf.rounding, missing


def _rules_of_branch(branch: Branch) -> tuple[object, ...]:
    held = frozenset(leaf.indicators for leaf in branch.walk() if isinstance(leaf, Leaf))
    return held, branch.aggregate, branch.counting, branch.out_of, branch.rounding, branch.minimum_coverage


@dataclass(frozen=True)
class Kept:
    """A node that is in both methods, under the same key or another."""

    before: Place
    after: Place
    moved: bool

    @property
    def renamed(self) -> bool:
        """Whether it is called otherwise, in any language."""
        return dict(self.before.node.title) != dict(self.after.node.title)

    @property
    def leaves(self) -> tuple[Leaf, Leaf] | None:
        """The criterion before and after; None for a family."""
        before, after = self.before.node, self.after.node
        return (before, after) if isinstance(before, Leaf) and isinstance(after, Leaf) else None

    @property
    def bonus_changed(self) -> bool:
        """Whether a criterion became a bonus, or a bonus a criterion."""
        return is_bonus(self.before.node) != is_bonus(self.after.node)

    @property
    def families(self) -> tuple[Branch, Branch] | None:
        """The family before and after; None for a criterion."""
        before, after = self.before.node, self.after.node
        return (before, after) if isinstance(before, Branch) and isinstance(after, Branch) else None

    @property
    def out_of_changed(self) -> bool:
        """Whether it brings more points at most, or fewer."""
        return self.before.node.out_of != self.after.node.out_of

    @property
    def scale_changed(self) -> bool:
        """Whether a value becomes points in another way than by a greater or smaller maximum alone."""
        return self.leaves is not None and declared(self.leaves[0].scale) != declared(self.leaves[1].scale)

    @property
    def measure_changed(self) -> bool:
        """Whether its scale is given something else: another indicator, divided or prepared otherwise."""
        if self.leaves is None:
            return False
        before, after = self.leaves
        return _measure(before) != _measure(after)


@dataclass(frozen=True)
class MethodChanges:
    """Two methods of one ranking, the earlier first."""

    before: Method
    after: Method

    @cached_property
    def _old(self) -> list[Place]:
        return placed(self.before)

    @cached_property
    def _new(self) -> list[Place]:
        return placed(self.after)

    @cached_property
    def _pairs(self) -> Mapping[str, str]:
        """Key in the earlier method → key in the later one, of each node that is in both."""
        found = {place.node.key: place.node.key for place in self._old if _same_kind(place.node, self._by_key)}
        left_old = [place.node for place in self._old if place.node.key not in found]
        left_new = [place.node for place in self._new if place.node.key not in found.values()]
        found |= _same_measure(left_old, left_new)
        return found | _same_family(left_old, left_new, found)

    @cached_property
    def _by_key(self) -> Mapping[str, Node]:
        return {place.node.key: place.node for place in self._new}

    @cached_property
    def kept(self) -> list[Kept]:
        """The nodes that are in both, in the order of the later method."""
        old = {self._pairs[place.node.key]: place for place in self._old if place.node.key in self._pairs}
        found = []
        for place in self._new:
            if place.node.key in old:
                before = old[place.node.key]
                moved = self._pairs.get(before.parent.key, before.parent.key) != place.parent.key
                found.append(Kept(before, place, moved))
        return found

    @property
    def added(self) -> list[Place]:
        """The nodes of the later method alone."""
        known = set(self._pairs.values())
        return [place for place in self._new if place.node.key not in known]

    @property
    def removed(self) -> list[Place]:
        """The nodes of the earlier method alone."""
        return [place for place in self._old if place.node.key not in self._pairs]

    @property
    def missing(self) -> list[tuple[Absence, Rule, Rule]]:
        """The kinds of absence that are ruled otherwise, each with the rule before and after."""
        old, new = self.before.missing, self.after.missing
        return [
            (kind, old[kind], new[kind]) for kind in Absence if kind in old and kind in new and old[kind] != new[kind]
        ]


def _measure(leaf: Leaf) -> object:
    """What the scale of a criterion is given, apart from any figure."""
    return leaf.indicator, leaf.quotient, leaf.preparation


def _same_kind(node: Node, others: Mapping[str, Node]) -> bool:
    return node.key in others and isinstance(node, Leaf) == isinstance(others[node.key], Leaf)


def _same_measure(old: Iterable[Node], new: Iterable[Node]) -> dict[str, str]:
    """Criteria under another key that measure the same thing; those that two criteria measure are not told apart."""
    before, after = _by_measure(old), _by_measure(new)
    return {before[measured]: after[measured] for measured in before if measured in after}


def _by_measure(nodes: Iterable[Node]) -> dict[object, str]:
    leaves = [node for node in nodes if isinstance(node, Leaf)]
    counted = Counter(leaf.indicators for leaf in leaves)
    return {leaf.indicators: leaf.key for leaf in leaves if counted[leaf.indicators] == 1}


def _same_family(old: Iterable[Node], new: Iterable[Node], pairs: Mapping[str, str]) -> dict[str, str]:
    """Families under another key that hold the same criteria: at least half of those of the earlier one."""
    branches = [node for node in new if isinstance(node, Branch)]
    found: dict[str, str] = {}
    for family in (node for node in old if isinstance(node, Branch)):
        held = _leaves(family)
        gone_to = {pairs[key] for key in held if key in pairs}
        counted = {
            branch.key: len(gone_to & _leaves(branch)) for branch in branches if branch.key not in found.values()
        }
        best = max(counted, key=lambda key: counted[key], default="")
        if best and counted[best] and 2 * counted[best] >= len(held):
            found[family.key] = best
    return found


def _leaves(branch: Branch) -> set[str]:
    return {node.key for node in branch.walk() if isinstance(node, Leaf)}
