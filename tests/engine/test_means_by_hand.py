"""Geometric and harmonic means, the best children and those left out, by hand (docs/method.md, § 5.2 and § 5.3)."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from rankings.engine import Absence, Dataset, DatasetError, MethodError, Unranked, parse_method, rank
from rankings.engine.marks import Marks, branch_marks
from tests.engine.methods import branch, head, leaf

OUT_OF_TEN = 'kind = "minmax", better = "higher", low = 0, high = 10'


def marks(count: int, *weights: str, at: str = "node") -> str:
    """Criteria a, b, c… whose points out of 10 are their values."""
    weights = weights or ("1",) * count
    return "".join(
        leaf(key, weight=weight, scale=OUT_OF_TEN, at=at) for key, weight in zip("abcde", weights, strict=False)
    )


def with_root(text: str, *lines: str) -> str:
    return text.replace("[rounding]", "\n".join([*lines, "[rounding]"]), 1)


def ranked(method: str, **values: str | Absence):
    """The row of one school, of the values given."""
    columns = {key: {"x": v if isinstance(v, Absence) else Decimal(v)} for key, v in values.items()}
    return rank(Dataset(("x",), columns), parse_method(method)).rows[0]


def score(method: str, **values: str | Absence) -> Fraction | None:
    return ranked(method, **values).exact_score


def test_two_criteria_by_every_mean():
    found = {word: score(head(aggregate=word) + marks(2), a="4", b="9") for word in ("mean", "geometric", "harmonic")}
    assert found == {"mean": Fraction(13, 2), "geometric": 6, "harmonic": Fraction(72, 13)}


def test_weights_are_powers_of_a_geometric_mean():
    # (0.8 × 0.8 × 0.1)^(1/3) = 0.4: a weight of 2 counts twice.
    assert score(head(aggregate="geometric") + marks(2, "2", "1"), a="8", b="1") == 4
    assert score(head(aggregate="geometric") + marks(2, "0.5", "0.25"), a="8", b="1") == 4
    assert score(head(aggregate="harmonic") + marks(2, "2", "1"), a="8", b="2") == Fraction(4)


def test_the_human_development_index_of_the_technical_note():
    # UNDP, technical note 1 of the 2020 report: (0.6971 × 0.3447 × 0.5506)^(1/3) = 0.510.
    scale = 'kind = "minmax", better = "higher", low = 0, high = 1'
    method = head(aggregate="geometric", points="1", digits=3) + "".join(leaf(key, scale=scale) for key in "abc")
    row = ranked(method, a="0.6971", b="0.3447", c="0.5506")
    assert str(row.score) == "0.510"
    cube = row.exact_score**3
    assert abs(cube - Fraction("0.6971") * Fraction("0.3447") * Fraction("0.5506")) < Fraction(1, 10**49)


def test_a_geometric_mean_that_has_few_digits_is_exact_and_the_context_plays_no_part():
    method = head(aggregate="geometric", digits=0, mode="down") + marks(3)
    with localcontext(prec=3):
        assert score(method, a="5.12", b="8", c="0.1953125") == 2
        assert ranked(method, a="8", b="8", c="8").exact_score == 8


@pytest.mark.parametrize("word", ["geometric", "harmonic"])
def test_zero_makes_zero_and_negative_points_are_refused_by_unit_and_node(word):
    method = head(aggregate=word) + marks(2)
    assert score(method, a="0", b="9") == 0
    below = {"a": Marks([10, -3], 2), "b": Marks([1, 1], 1)}
    with pytest.raises(DatasetError, match=f"unit 'y', node 'a': -1.5 points cannot enter the {word} mean"):
        branch_marks(parse_method(method).root, below, ("x", "y"))


@pytest.mark.parametrize("word", ["geometric", "harmonic"])
def test_a_scale_that_goes_below_zero_cannot_enter_them(word):
    free = 'kind = "zscore", better = "higher", deviation = "population", centre = 0, each = 1, clamp = false'
    method = parse_method(head(aggregate=word) + leaf("a", scale=free) + leaf("b"))
    dataset = Dataset(("x", "y"), {"a": {"x": Decimal(1), "y": Decimal(3)}, "b": {"x": Decimal(1), "y": Decimal(3)}})
    with pytest.raises(DatasetError, match=f"unit 'x', node 'a': -1 points cannot enter the {word} mean"):
        rank(dataset, method)


def test_a_child_left_out_of_a_geometric_mean_gives_its_weight_to_the_others():
    method = head(aggregate="geometric") + marks(3)
    assert score(method, a="4", b="9", c=Absence.MISSING) == 6


@pytest.mark.parametrize(("said", "expected"), [("redistribute", 40), ("zero", 20), ("unranked", None)])
def test_what_a_sum_makes_of_a_child_left_out(said, expected):
    scale = 'kind = "minmax", better = "higher", low = 0, high = 30'
    method = with_root(head(aggregate="sum", points="30"), f'missing_children = "{said}"')
    row = ranked(method + leaf("a", scale=scale) + leaf("b", scale=scale), a="20", b=Absence.MISSING)
    assert row.exact_score == expected
    assert row.coverage == Fraction(1, 2)
    assert row.reason == (Unranked("child-required", {"child": "b"}) if expected is None else None)


def test_a_family_that_wants_all_its_children_says_which_is_not_there():
    family = branch("f", 'missing_children = "unranked"') + marks(2, at="node.node")
    method = head() + family + leaf("z", scale=OUT_OF_TEN)
    row = ranked(method, a="4", b=Absence.NOT_APPLICABLE, z="8")
    assert row.reason == Unranked("child-required", {"child": "b", "node": "f"})
    # Its points are shown all the same, of what is known.
    assert row.points["f"].points == 4
    assert ranked(method, a="4", b="6", z="8").exact_score == Fraction(13, 2)


def test_a_required_value_is_said_before_a_required_child_and_that_before_the_coverage():
    method = with_root(head(coverage="0.9"), 'missing_children = "unranked"') + marks(2)
    assert ranked(method, a="4", b=Absence.SECRET).reason.code == "value-required"
    assert ranked(method, a="4", b=Absence.MISSING).reason.code == "child-required"


@pytest.mark.parametrize(
    ("said", "values", "expected"),
    [
        ("redistribute", {"a": "4", "b": "9", "c": "7"}, 8),
        ("redistribute", {"b": "7"}, 7),
        ("zero", {"b": "7"}, Fraction(7, 2)),
        ("unranked", {"b": "7"}, None),
        ("unranked", {"b": "7", "c": "5"}, 6),
        ("zero", {"b": "7", "c": "5"}, 6),
    ],
)
def test_the_two_best_of_four(said, values, expected):
    method = with_root(head(), "best = 2", f'missing_children = "{said}"') + marks(4)
    given = {key: values.get(key, Absence.MISSING) for key in "abcd"}
    row = ranked(method, **given)
    assert row.exact_score == expected
    assert row.coverage == Fraction(len(values), 4)


def test_the_best_of_a_sum_are_those_that_bring_most_and_so_is_its_maximum():
    text = with_root(head(aggregate="sum"), "best = 2") + marks(3, "1", "3", "2")
    method = parse_method(text)
    assert method.out_of == 50
    # 9 × 1 = 9, 4 × 3 = 12, 5 × 2 = 10: the second and the third count.
    assert score(text, a="9", b="4", c="5") == 22
    # Out of the 30 that the two best known could bring: (9 + 10) ÷ 30 × 50.
    assert score(text, a="9", b=Absence.MISSING, c="5") == Fraction(19 * 50, 30)


def test_of_equals_the_first_in_the_order_of_the_method_counts():
    method = with_root(head(), "best = 2") + marks(3, "1", "1", "3")
    assert score(method, a="10", b="5", c="5") == Fraction(15, 2)


def test_with_unequal_weights_a_better_value_may_cost_points():
    # The counter-example of docs/method.md, § 5.2: the third criterion takes the place of the second.
    method = with_root(head(), "best = 2") + marks(3, "1", "1", "3")
    assert score(method, a="10", b="5", c="4") == Fraction(15, 2)
    assert score(method, a="10", b="5", c="6") == 7


def test_minimum_coverage_holds_whatever_the_mean():
    for word in ("geometric", "harmonic"):
        method = head(aggregate=word, coverage="0.7") + marks(3)
        assert ranked(method, a="1", b="2", c=Absence.MISSING).reason.code == "below-coverage"
        assert ranked(method, a="1", b="2", c="3").reason is None
    best = with_root(head(coverage="0.7"), "best = 2") + marks(3)
    assert ranked(best, a="1", b="2", c=Absence.MISSING).reason.params["coverage"] == "0.6666"


def test_nothing_known_is_not_ranked_though_zeros_be_counted():
    method = with_root(head(), 'missing_children = "zero"') + marks(2)
    assert ranked(method, a=Absence.MISSING, b=Absence.MISSING).reason.code == "below-coverage"


def test_the_canonical_text_says_it_only_where_it_is_used():
    plain = parse_method(head() + marks(3))
    assert "best" not in plain.canonical_text
    assert parse_method(with_root(head(), 'missing_children = "redistribute"') + marks(3)).digest == plain.digest
    used = parse_method(with_root(head(), "best = 2", 'missing_children = "zero"') + marks(3))
    assert parse_method(used.canonical_text) == used
    family = head() + branch("f", "best = 1", 'aggregate = "geometric"') + marks(2, at="node.node")
    method = parse_method(family)
    assert 'aggregate = "geometric"\nbest = 1\n' in method.canonical_text
    assert parse_method(method.canonical_text) == method


@pytest.mark.parametrize(
    ("lines", "count", "message"),
    [
        ("best = 3", 3, "best: read 3, expected a whole number from 1 to 2"),
        ("best = 0", 3, "best: read 0, expected a whole number from 1 to 2"),
        ("best = 1.5", 3, "best: read 1.5, expected a whole number from 1 to 2"),
        ("best = 1", 1, "best: read 1, expected at least 2 nodes to choose from"),
        (
            'missing_children = "zeros"',
            2,
            "missing_children: read “zeros”, expected one of: redistribute, zero, unranked",
        ),
    ],
)
def test_what_cannot_be_applied_is_refused(lines, count, message):
    with pytest.raises(MethodError, match=message):
        parse_method(with_root(head(), lines) + marks(count))
