"""Why a unit has no rank (Method § 9)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rankings.engine.absence import Absence
from rankings.engine.columns import Column
from rankings.engine.dataset import Dataset
from rankings.engine.exact import decimal_text, round_value
from rankings.engine.marks import Marks
from rankings.engine.method import Branch, Leaf, Method, Node
from rankings.engine.missing import decide


@dataclass(frozen=True)
class Unranked:
    """Why a unit has no rank (Method § 9).

    `below-coverage`: params `coverage` and `minimum`, from 0 to 1 (the coverage cut to 4 decimals, never rounded up),
    and `node`, a key, unless it is the whole method. `value-required`: params `node`, `indicator`, `absence`.
    `child-required`: params `child`, the key of the first child left out, and `node` as above (§ 5.2).
    """

    code: Literal["below-coverage", "child-required", "value-required"]
    params: Mapping[str, str]


def reasons(
    method: Method,
    units: Sequence[str],
    values: Mapping[str, Column],
    marks: Mapping[str, Marks],
    dataset: Dataset,
) -> dict[int, Unranked]:
    """The position of each unit that cannot be ranked → the first reason, in the order of the method.

    A required value comes first, then a required child, then the coverages; the whole method before its branches.
    """
    found: dict[int, Unranked] = {}
    weighing = [*_weighing(method.root)]
    for leaf in (node for node in weighing if isinstance(node, Leaf)):
        for at, absence in values[leaf.key].absent.items():
            if at not in found and not decide(leaf.missing[absence]).ranked:
                found[at] = _required(leaf, absence, dataset, units[at])
    branches = (method.root, *(node for node in weighing if isinstance(node, Branch)))
    for branch in branches:
        for at, child in _lacking_children(branch, marks).items():
            params = {"child": child} | ({"node": branch.key} if branch.key else {})
            found.setdefault(at, Unranked("child-required", params))
    for branch in branches:
        for at, lacking in marks[branch.key].lacking.items():
            coverage = 1 - lacking
            # Of a unit of which nothing is known nothing can be said, even by a method that asks for no minimum.
            nothing = branch is method.root and not coverage
            if at not in found and (nothing or coverage < Fraction(branch.minimum_coverage)):
                found[at] = _uncovered(branch, coverage)
    return found


def _weighing(branch: Branch) -> Iterator[Node]:
    """Every node below that counts for something: what weighs nothing gives no reason, nor does a bonus."""
    for child, share in branch.shares:
        if share:
            yield child
            if isinstance(child, Branch):
                yield from _weighing(child)


def _required(leaf: Leaf, absence: Absence, dataset: Dataset, unit: str) -> Unranked:
    """The indicator to blame is the first absent in this way, or the divisor when all are known."""
    to_blame = (code for code in leaf.indicators if dataset.value(code, unit) is absence)
    indicator = next(to_blame, leaf.indicators[-1])
    return Unranked("value-required", {"node": leaf.key, "indicator": indicator, "absence": absence.value})


def _lacking_children(branch: Branch, marks: Mapping[str, Marks]) -> Mapping[int, str]:
    """The units that lack a child the branch requires → the key of the first."""
    if branch.counting.missing != "unranked":
        return {}
    left_out: dict[int, list[str]] = {}
    children = [child.key for child, share in branch.shares if share]
    for key in children:
        for at, status in marks[key].status.items():
            if status == "left_out":
                left_out.setdefault(at, []).append(key)
    return {at: keys[0] for at, keys in left_out.items() if branch.counting.lacks(len(keys), len(children))}


def _uncovered(branch: Branch, coverage: Fraction) -> Unranked:
    cut = decimal_text(round_value(coverage, 4, "down"))
    params = {"coverage": cut, "minimum": decimal_text(branch.minimum_coverage)}
    return Unranked("below-coverage", params | ({"node": branch.key} if branch.key else {}))
