"""Rankings worked out by hand, every figure of them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from rankings.engine import Absence, Dataset, DatasetError, Unranked, parse_method, rank
from tests.engine.methods import branch, column, head, leaf

STEPS = 'kind = "thresholds", better = "higher", from = [2, 5, 10, 20], points = [0, 2.5, 5, 7.5, 10]'


def rows_of(units: str, values: dict, method: str):
    dataset = Dataset(tuple(units), values)
    return {row.unit: row for row in rank(dataset, parse_method(method)).rows}


@pytest.fixture
def schools():
    """Four schools, one family of two criteria (weight 2) and one criterion (weight 1), all out of 10.

    | | mentions | candidats / capacite | salaires | selectivite        | score (2 × selectivite + salaires) / 3 |
    | a | 30 → 10 | 300 / 10 = 30 → 10  | 38 → 4   | 10                 | 24 / 3 = 8                             |
    | b | 20 → 5  | 50 / 10 = 5 → 5     | 40 → 6   | (3 × 5 + 5) / 4 = 5 | 16 / 3 = 5.333…                        |
    | c | 10 → 0  | not communicated → 1 | 44 → 10 | (0 + 1) / 4 = 0.25 | 10.5 / 3 = 3.5                          |
    | d | 25 → 7.5 | 30 / 0, left out   | missing  | 7.5                | 7.5, salaires left out                 |
    """
    method = (
        head(coverage="0.4", rounded_points='{ digits = 1, mode = "half_up" }')
        + branch("selectivite", weight="2")
        + leaf("mentions", weight="3", at="node.node")
        + leaf(
            "pression",
            'indicator = "candidats"',
            'denominator = "capacite"',
            "missing = { not_communicated = 1 }",
            scale=STEPS,
            at="node.node",
        )
        + leaf("salaires", scale='kind = "minmax", better = "higher", low = 34, high = 44')
    )
    values = {
        "mentions": column(a="30", b="20", c="10", d="25"),
        "candidats": {**column(a="300", b="50", d="30"), "c": Absence.NOT_COMMUNICATED},
        "capacite": column(a="10", b="10", c="10", d="0"),
        "salaires": column(a="38", b="40", c="44"),
    }
    return rank(Dataset(("d", "c", "b", "a"), values), parse_method(method))


def test_hand_made_example_ranks_and_scores(schools):
    assert [(row.rank, row.unit, str(row.score), row.tied) for row in schools.rows] == [
        (1, "a", "8.00", False),
        (2, "d", "7.50", False),
        (3, "b", "5.33", False),
        (4, "c", "3.50", False),
    ]
    assert schools.rows[2].exact_score == Fraction(16, 3)


def test_hand_made_example_points(schools):
    shown = {row.unit: {key: str(points.points) for key, points in row.points.items()} for row in schools.rows}
    assert shown == {
        "a": {"selectivite": "10.00", "mentions": "10.0", "pression": "10.0", "salaires": "4.0"},
        "b": {"selectivite": "5.00", "mentions": "5.0", "pression": "5.0", "salaires": "6.0"},
        "c": {"selectivite": "0.25", "mentions": "0.0", "pression": "1.0", "salaires": "10.0"},
        "d": {"selectivite": "7.50", "mentions": "7.5", "pression": "None", "salaires": "None"},
    }
    by_unit = {row.unit: row for row in schools.rows}
    assert by_unit["a"].points["pression"].value == Decimal(30)
    assert by_unit["c"].points["pression"].status == "set_by_rule"
    assert by_unit["c"].points["pression"].absence is Absence.NOT_COMMUNICATED
    assert by_unit["d"].points["pression"].absence is Absence.NOT_APPLICABLE
    assert by_unit["d"].points["salaires"].value is Absence.MISSING
    assert {key: points.status for key, points in by_unit["d"].points.items()} == {
        "selectivite": "scored",
        "mentions": "scored",
        "pression": "left_out",
        "salaires": "left_out",
    }


def test_hand_made_example_coverage(schools):
    coverage = {row.unit: row.coverage for row in schools.rows}
    # c: 3/4 of the family of weight 2, and salaires: (2 × 3/4 + 1) / 3; d: the same family without salaires.
    assert coverage == {"a": 1, "b": 1, "c": Fraction(5, 6), "d": Fraction(1, 2)}


def test_hand_made_example_inputs_and_cut_points(schools):
    assert schools.rows[1].inputs == {
        "candidats": Decimal(30),
        "capacite": Decimal(0),
        "mentions": Decimal(25),
        "salaires": Absence.MISSING,
    }
    assert schools.cut_points["mentions"].shown == (Decimal(10), Decimal(30))
    assert schools.cut_points["salaires"].shown == (Decimal(34), Decimal(44))
    assert schools.cut_points["pression"].points == tuple(map(Decimal, ("0", "2.5", "5", "7.5", "10")))


def test_a_sum_adds_points_times_weights():
    """Two nodes out of 10, the second counting tenfold, and a criterion out of 1: a total out of 111."""
    method = (
        head(aggregate="sum", digits=0)
        + leaf("excellence", scale='kind = "minmax", better = "higher", low = 0, high = 10')
        + branch("ouverture", weight="10")
        + leaf("etrangers", at="node.node", scale='kind = "minmax", better = "higher", low = 0, high = 100')
        + leaf("label", "points = 1", scale='kind = "thresholds", better = "higher", from = [1], points = [0, 1]')
    )
    parsed = parse_method(method)
    assert parsed.out_of == 111
    values = {
        "excellence": column(a="9.5", b="8"),
        "etrangers": column(a="85", b="90"),
        "label": column(a="1", b="0"),
    }
    result = rank(Dataset(("a", "b"), values), parsed)
    # a: 9.5 + 10 × 8.5 + 1 = 95.5, rounded half up; b: 8 + 10 × 9 + 0.
    assert [(row.unit, row.rank, str(row.score), row.exact_score) for row in result.rows] == [
        ("b", 1, "98", 98),
        ("a", 2, "96", Fraction(191, 2)),
    ]
    # A node is out of its own maximum; its weight is applied by its parent.
    assert result.rows[0].points["ouverture"].out_of == 10


def test_sum_left_out_keeps_the_scale_of_the_total():
    """30 points are known out of 60: the 20 got there are 40 of the 60 that all units are out of."""
    method = head(aggregate="sum") + "".join(
        leaf(key, weight=weight, scale=SAME) for key, weight in (("p", "1"), ("q", "2"), ("r", "3"))
    )
    rows = rows_of("a", {"p": column(a="10"), "q": column(a="5"), "r": {}}, method)
    assert (rows["a"].score, rows["a"].coverage) == (Decimal("40.00"), Fraction(1, 2))


SAME = 'kind = "minmax", better = "higher", low = 0, high = 10'


def test_mean_counts_by_weight_whatever_a_criterion_is_out_of():
    method = head() + leaf("p", "points = 5", scale=SAME) + leaf("q", scale=SAME)
    rows = rows_of("a", {"p": column(a="10"), "q": column(a="4")}, method)
    # 5 of 5 and 4 of 10: full and four tenths, so seven tenths of 10.
    assert rows["a"].score == Decimal("7.00")
    assert (rows["a"].points["p"].points, rows["a"].points["p"].out_of) == (Decimal("5.00"), Decimal(5))


def test_a_mean_inside_a_sum():
    """An index of two indicators makes one criterion out of 10 of a total out of 20."""
    method = (
        head(aggregate="sum")
        + branch("diversite", 'aggregate = "mean"')
        + leaf("boursiers", at="node.node", scale=SAME)
        + leaf("alternants", at="node.node", scale=SAME)
        + leaf("salaires", scale=SAME)
    )
    rows = rows_of("a", {"boursiers": column(a="4"), "alternants": column(a="7"), "salaires": column(a="3")}, method)
    assert rows["a"].points["diversite"].points == Decimal("5.50")
    assert rows["a"].points["diversite"].out_of == 10
    assert rows["a"].score == Decimal("8.50")


@pytest.mark.parametrize(
    ("better", "value", "points"),
    [
        ("higher", "1.9", "0"),
        ("higher", "2", "2.5"),
        ("higher", "19.99", "7.5"),
        ("higher", "20", "10"),
        ("lower", "20.1", "0"),
        ("lower", "20", "2.5"),
        ("lower", "2.01", "7.5"),
        ("lower", "2", "10"),
    ],
)
def test_thresholds_at_their_bounds(better, value, points):
    bounds = "[2, 5, 10, 20]" if better == "higher" else "[20, 10, 5, 2]"
    scale = f'kind = "thresholds", better = "{better}", from = {bounds}, points = [0, 2.5, 5, 7.5, 10]'
    rows = rows_of("a", {"p": column(a=value)}, head() + leaf("p", scale=scale))
    assert rows["a"].score == Decimal(points)


@pytest.mark.parametrize(
    ("scale", "scores"),
    [
        ('better = "higher"', "0.00 5.00 10.00"),
        ('better = "lower"', "10.00 5.00 0.00"),
        ('better = "higher", low = 2', "0.00 5.00 10.00"),  # the observed maximum, 4, is the other bound
        ('better = "higher", high = 3', "0.00 10.00 10.00"),
        ('better = "higher", low = 3, high = 5', "0.00 0.00 5.00"),
        ('better = "lower", low = 3, high = 5', "10.00 10.00 5.00"),
        ('better = "higher", low = 9', "0.00 0.00 0.00"),  # nobody reaches the lower bound
        ('better = "lower", low = 9', "10.00 10.00 10.00"),
        ('better = "higher", high = 1', "10.00 10.00 10.00"),  # everybody is beyond the higher one
        ('better = "lower", high = 1', "0.00 0.00 0.00"),
    ],
)
def test_minmax_bounds_declared_and_observed(scale, scores):
    rows = rows_of("abc", {"p": column(a="2", b="3", c="4")}, head() + leaf("p", scale=f'kind = "minmax", {scale}'))
    assert " ".join(str(rows[unit].score) for unit in "abc") == scores


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_minmax_all_equal_gives_everybody_full_points(better):
    scale = f'kind = "minmax", better = "{better}"'
    rows = rows_of("abc", {"p": column(a="3", b="3.0", c="3.00")}, head() + leaf("p", scale=scale))
    assert [(row.rank, row.tied, row.score) for row in rows.values()] == [(1, True, Decimal(10))] * 3


def test_minmax_without_any_value_has_no_bounds():
    result = rank(Dataset(("a",), {"p": {}}), parse_method(head() + leaf("p")))
    assert result.cut_points["p"].bounds == ()
    assert result.rows[0].rank is None


def test_quotient_that_never_ends_is_counted_exactly_and_shown_to_12_decimals():
    lines = ('indicator = "n"', 'denominator = "d"')
    values = {"n": column(a="1", b="2", c="3"), "d": column(a="3", b="3", c="3")}
    rows = rows_of("abc", values, head() + leaf("p", *lines))
    assert rows["a"].points["p"].value == Decimal("0.333333333333")
    assert rows["b"].exact_score == 5
    assert rows["c"].points["p"].value == Decimal(1)


def test_one_unit_and_none():
    method = parse_method(head() + leaf("p"))
    assert rank(Dataset((), {"p": {}}), method).rows == ()
    (row,) = rank(Dataset(("a",), {"p": column(a="0")}), method).rows
    assert (row.rank, row.tied, row.score) == (1, False, Decimal("10.00"))


def test_score_of_zero_is_ranked_last_with_its_ties():
    rows = rows_of("abc", {"p": column(a="0", b="8", c="0")}, head() + leaf("p", scale=SAME))
    assert [(unit, rows[unit].rank, rows[unit].tied, str(rows[unit].score)) for unit in "bac"] == [
        ("b", 1, False, "8.00"),
        ("a", 2, True, "0.00"),
        ("c", 2, True, "0.00"),
    ]


def test_ranks_on_rounded_ties_what_unrounded_separates():
    values = {"p": column(a="5.004", b="5.001", c="4")}
    rounded = rows_of("abc", values, head() + leaf("p", scale=SAME))
    unrounded = rows_of("abc", values, head(ranks_on="unrounded") + leaf("p", scale=SAME))
    assert [(rounded[unit].rank, rounded[unit].tied) for unit in "abc"] == [(1, True), (1, True), (3, False)]
    assert [(unrounded[unit].rank, unrounded[unit].tied) for unit in "abc"] == [(1, False), (2, False), (3, False)]
    assert unrounded["a"].score == unrounded["b"].score == Decimal("5.00")


def test_points_are_rounded_before_they_count_when_the_method_says_so():
    values = {"p": column(a="2.25"), "q": column(a="2.25")}
    leaves = leaf("p", scale=SAME) + leaf("q", scale=SAME)
    assert rows_of("a", values, head() + leaves)["a"].score == Decimal("2.25")
    rounded = head(rounded_points='{ digits = 1, mode = "half_up" }')
    assert rows_of("a", values, rounded + leaves)["a"].score == Decimal("2.30")


def test_shown_rounding_changes_what_is_printed_only():
    shown = 'shown = { digits = 0, mode = "down" }'
    method = head().replace('ranks_on = "rounded"', f'ranks_on = "rounded"\n{shown}') + leaf("p", scale=SAME)
    rows = rows_of("a", {"p": column(a="2.75")}, method)
    assert (str(rows["a"].points["p"].points), str(rows["a"].score)) == ("2", "2.75")


def test_every_rule_for_missing_values():
    leaves = leaf("p", scale=SAME) + leaf("q", scale=SAME)
    for absence, score in ((Absence.NOT_APPLICABLE, "8.00"), (Absence.NOT_COMMUNICATED, "4.00")):
        rows = rows_of("a", {"p": column(a="8"), "q": {"a": absence}}, head() + leaves)
        assert str(rows["a"].score) == score
    rows = rows_of("a", {"p": column(a="8"), "q": {"a": Absence.SECRET}}, head() + leaves)
    assert rows["a"].reason == Unranked("value-required", {"node": "q", "indicator": "q", "absence": "secret"})
    assert (rows["a"].rank, rows["a"].score, rows["a"].points["p"].points) == (None, None, Decimal("8.00"))


def test_nothing_known_is_unranked_even_without_a_minimum_and_with_points_set_by_rule():
    rows = rows_of("ab", {"p": {"a": Absence.NOT_COMMUNICATED, "b": Decimal(0)}}, head() + leaf("p", scale=SAME))
    assert rows["a"].reason == Unranked("below-coverage", {"coverage": "0.0000", "minimum": "0"})
    assert (rows["a"].points["p"].points, rows["a"].rank) == (Decimal("0.00"), None)
    assert (rows["b"].rank, str(rows["b"].score)) == (1, "0.00")


def test_a_branch_of_set_points_only_says_so():
    method = head() + branch("f") + leaf("p", at="node.node", scale=SAME) + leaf("q", scale=SAME)
    rows = rows_of("a", {"p": {"a": Absence.NOT_COMMUNICATED}, "q": column(a="6")}, method)
    assert (rows["a"].points["f"].status, rows["a"].points["f"].points) == ("set_by_rule", Decimal("0.00"))
    assert rows["a"].points["f"].coverage == 0
    assert str(rows["a"].score) == "3.00"


def test_coverage_at_its_minimum_is_enough_and_just_below_is_not():
    leaves = "".join(leaf(key, scale=SAME) for key in "pqr")
    values = {"p": column(a="5", b="5"), "q": column(a="5"), "r": {}}
    rows = rows_of("ab", values, head(coverage="0.6666") + leaves)
    assert (rows["a"].rank, rows["b"].rank) == (1, None)
    assert rows["b"].reason == Unranked("below-coverage", {"coverage": "0.3333", "minimum": "0.6666"})
    assert rows_of("ab", values, head(coverage="0.6667") + leaves)["a"].rank is None


def test_coverage_asked_of_a_branch_names_it():
    method = (
        head()
        + branch("f", "minimum_coverage = 0.5")
        + leaf("p", at="node.node", scale=SAME)
        + leaf("q", at="node.node", weight="2", scale=SAME)
        + leaf("r", scale=SAME)
    )
    rows = rows_of("ab", {"p": column(a="1", b="1"), "q": column(b="1"), "r": column(a="9", b="1")}, method)
    assert rows["b"].rank == 1
    assert rows["a"].reason == Unranked("below-coverage", {"coverage": "0.3333", "minimum": "0.5", "node": "f"})


def test_unranked_units_come_last_by_identifier():
    rows = rank(Dataset(tuple("dcba"), {"p": column(c="1", b="2")}), parse_method(head() + leaf("p"))).rows
    assert [(row.unit, row.rank) for row in rows] == [("b", 1), ("c", 2), ("a", None), ("d", None)]


@pytest.mark.parametrize(
    ("above", "below", "absence", "lacking"),
    [
        (Absence.SECRET, Absence.MISSING, "secret", "n"),
        (Absence.MISSING, Absence.SECRET, "secret", "d"),
        (Absence.SECRET, Absence.SECRET, "secret", "n"),
        (Decimal(1), Absence.SECRET, "secret", "d"),
        (Absence.SECRET, Decimal(0), "secret", "n"),
    ],
)
def test_the_most_binding_absence_speaks_and_its_indicator_is_named(above, below, absence, lacking):
    method = head() + leaf("p", 'indicator = "n"', 'denominator = "d"')
    reason = rows_of("a", {"n": {"a": above}, "d": {"a": below}}, method)["a"].reason
    assert reason == Unranked("value-required", {"node": "p", "indicator": lacking, "absence": absence})


def test_zero_divided_by_zero_is_not_applicable():
    method = head() + leaf("p", 'indicator = "n"', 'denominator = "d"') + leaf("q")
    rows = rows_of("a", {"n": column(a="0"), "d": column(a="0"), "q": column(a="1")}, method)
    assert rows["a"].points["p"].absence is Absence.NOT_APPLICABLE


def test_rank_refuses_a_negative_denominator():
    method = parse_method(head() + leaf("p", 'indicator = "n"', 'denominator = "d"'))
    with pytest.raises(DatasetError, match=r"unit 'a', indicator 'd': -1 divides, and is negative"):
        rank(Dataset(("a",), {"n": column(a="1"), "d": column(a="-1")}), method)


def test_rank_refuses_a_method_whose_indicator_has_no_column():
    with pytest.raises(DatasetError, match="'capacite', which has no column"):
        rank(Dataset(("a",), {"p": {}}), parse_method(head() + leaf("p", 'denominator = "capacite"')))
