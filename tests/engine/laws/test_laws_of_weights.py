"""Laws of other weights on the same points, whatever the method and the data."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rankings.engine import Branch, Dataset, Method, Node, parse_method, rank, reweighted
from tests.engine.laws.strategies import bonuses, datasets, parts, values
from tests.engine.methods import branch, column, head, leaf

law = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

KEYS = ("f", "l1", "l2", "l3")
AGGREGATES = ("mean", "sum", "geometric", "harmonic")
positive = st.sampled_from([Decimal(1), Decimal(2), Decimal("0.37"), Decimal(40)])
given_weights = st.dictionaries(st.sampled_from(KEYS), positive)


def changed(node: Node, weights: dict[str, Decimal]) -> Node:
    """The same node of a method with these weights, written apart from the engine's own way."""
    if isinstance(node, Branch):
        node = replace(node, children=tuple(changed(child, weights) for child in node.children))
    return replace(node, weight=weights.get(node.key, node.weight))


def under(method: Method, weights: dict[str, Decimal]) -> Method:
    return replace(method, root=changed(method.root, weights))


@law
@given(parts(aggregates=AGGREGATES), bonuses(), datasets(), st.lists(values, max_size=6), given_weights)
def test_reweighting_is_ranking_under_the_changed_method(made, bonus, dataset, extra, weights):
    method = parse_method(made.text() + bonus)
    labels = dict(zip(dataset.units, extra, strict=False))
    dataset = Dataset(dataset.units, {**dataset.values, "bonus": labels})
    found, again = reweighted(rank(dataset, method), weights), rank(dataset, under(method, weights))
    assert found == again
    assert found.ranks == again.ranks
    assert found.method_digest == again.method_digest
    # What the file says is what is ranked by.
    assert rank(dataset, parse_method(found.sheet.method.canonical_text)) == found


@law
@given(parts(aggregates=AGGREGATES), datasets(), given_weights)
def test_going_back_to_the_first_weights_gives_the_first_ranking(made, dataset, weights):
    method = parse_method(made.text())
    first = rank(dataset, method)
    own = {node.key: node.weight for node in method.root.walk()}
    assert reweighted(reweighted(first, weights), own) == first


@law
@given(parts(aggregates=("mean", "geometric", "harmonic")), datasets(), st.sampled_from([Decimal(3), Decimal("0.1")]))
def test_only_the_ratios_between_siblings_matter(made, dataset, by):
    first = rank(dataset, parse_method(made.text()))
    scaled = reweighted(
        first, {key: first.sheet.method.root.children[at].weight * by for at, key in ((0, "f"), (1, "l3"))}
    )
    assert scaled.ranks == first.ranks
    assert [row.exact_score for row in scaled.rows] == [row.exact_score for row in first.rows]


@law
@given(parts(aggregates=AGGREGATES, families=("", "minimum_coverage = 0.4")), datasets(), datasets())
def test_an_indicator_of_weight_zero_changes_nothing(made, dataset, others):
    """Whatever its values, absences that a rule would refuse included."""
    method = parse_method(made.text())
    column = {unit: value for unit, value in others.values["i3"].items() if unit in dataset.units}
    other = Dataset(dataset.units, {**dataset.values, "i3": column})
    first, second = (reweighted(rank(one, method), {"l3": Decimal(0)}) for one in (dataset, other))
    alone = rank(dataset, under_the_family_alone(method))
    for found in (first, second):
        assert found.ranks == alone.ranks
        assert [(row.unit, row.exact_score, row.coverage, row.reason) for row in found.rows] == [
            (row.unit, row.exact_score, row.coverage, row.reason) for row in alone.rows
        ]


def under_the_family_alone(method: Method) -> Method:
    return replace(method, root=replace(method.root, children=method.root.children[:1]))


METHOD = head() + branch("f", weight="2") + leaf("a", at="node.node") + leaf("b", at="node.node") + leaf("z")
DATA = Dataset(("x", "y"), {key: column(x="1", y="2") for key in "abz"})


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        ({"q": Decimal(1)}, ValueError, "no node of the method has the key 'q'"),
        ({"a": Decimal(-1)}, ValueError, "node 'a': expected a weight of 0 or more, not -1"),
        ({"a": Decimal("NaN")}, ValueError, "node 'a'"),
        ({"a": 1}, TypeError, "node 'a': expected a Decimal"),
        ({"a": Decimal(0), "b": Decimal(0)}, ValueError, "all the nodes of 'f' weigh nothing"),
        ({"f": Decimal(0), "z": Decimal(0)}, ValueError, "all the nodes weigh nothing"),
    ],
)
def test_weights_that_say_nothing_are_refused(weights, error, message):
    with pytest.raises(error, match=message):
        reweighted(rank(DATA, parse_method(METHOD)), weights)


def test_reweighting_by_hand():
    data = Dataset(("x", "y"), {"a": column(x="0", y="2"), "b": column(x="5", y="1"), "z": column(x="1", y="9")})
    result = rank(data, parse_method(METHOD))
    # x: a 0, b 10, z 0; y: a 10, b 0, z 10. With b worth three times a, and z nothing: 7.5 and 2.5.
    found = reweighted(result, {"b": Decimal(3), "z": Decimal(0)})
    assert [(row.unit, row.rank, row.exact_score) for row in found.rows] == [
        ("x", 1, Fraction(15, 2)), ("y", 2, Fraction(5, 2)),
    ]  # fmt: skip
    assert result.ranks == {"y": (1, False), "x": (2, False)}
