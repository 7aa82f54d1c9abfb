"""The same ranking under other weights, from the points already computed (Method § 5)."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rankings.engine.method import Branch, Method, Node, is_bonus
from rankings.engine.result import Result


def reweighted(result: Result, weights: Mapping[str, Decimal]) -> Result:
    """The ranking that `rank` would give, on the same data, under the same method with other weights.

    `weights`: node key → its weight, 0 or more; other nodes keep theirs. With 0 a node, and all below it, counts for
    nothing: not in scores, nor coverages, nor reasons to have no rank. Only the ratios between siblings matter in a
    mean. Raises TypeError for a weight that is no Decimal, ValueError for a key that no node has, a bonus, a weight
    that is negative or no finite number, and for siblings that all weigh nothing.
    Cost: no value is read again; one pass per node and unit, then the ranks.

    >>> from rankings.engine import Dataset, parse_method, rank
    >>> node = '[[node]]\\nkey = "{0}"\\ntitle = {{ fr = "{0}" }}\\nweight = 1\\nindicator = "{0}"\\n'
    >>> scale = 'scale = { kind = "minmax", better = "higher" }\\n'
    >>> method = parse_method('''
    ... format = 1
    ... title = { fr = "Essai" }
    ... aggregate = "mean"
    ... points = 10
    ... rounding = { score = { digits = 1, mode = "half_up" }, ranks_on = "rounded" }
    ... missing = { missing = "leave_out", not_communicated = "zero", not_applicable = "leave_out", secret = "zero" }
    ... ''' + "".join(node.format(code) + scale for code in ("x", "y")))
    >>> one, two = Decimal(1), Decimal(2)
    >>> result = rank(Dataset(("a", "b"), {"x": {"a": one, "b": two}, "y": {"a": two, "b": one}}), method)
    >>> result.ranks, reweighted(result, {"y": Decimal(3)}).ranks
    ({'a': (1, True), 'b': (1, True)}, {'a': (1, False), 'b': (2, False)})
    """
    return Result(replace(result.sheet, method=with_weights(result.sheet.method, weights)))


def with_weights(method: Method, weights: Mapping[str, Decimal]) -> Method:
    """The same method with other weights: see `reweighted`, which raises the same errors."""
    nodes = {node.key: node for node in method.root.walk()}
    for key, weight in weights.items():
        if key not in nodes:
            raise ValueError(f"no node of the method has the key {key!r}")
        if is_bonus(nodes[key]):
            raise ValueError(f"node {key!r} is a bonus, which has no weight")
        if not isinstance(weight, Decimal):
            raise TypeError(f"node {key!r}: expected a Decimal for its weight, not {weight!r}")
        if not weight.is_finite() or weight < 0:
            raise ValueError(f"node {key!r}: expected a weight of 0 or more, not {weight}")
    return replace(method, root=_with_weights(method.root, weights))


def _with_weights(branch: Branch, weights: Mapping[str, Decimal]) -> Branch:
    children = tuple(_weighed(child, weights) for child in branch.children)
    changed = replace(branch, children=children)
    if not sum((share for _, share in changed.shares), Fraction(0)):
        raise ValueError("all the nodes" + (f" of {branch.key!r}" if branch.key else "") + " weigh nothing")
    return changed


def _weighed(node: Node, weights: Mapping[str, Decimal]) -> Node:
    made = _with_weights(node, weights) if isinstance(node, Branch) else node
    return replace(made, weight=weights[node.key]) if node.key in weights else made
