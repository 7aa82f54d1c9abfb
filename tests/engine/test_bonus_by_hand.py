"""Bonuses and rounded branches worked out by hand: docs/method.md, § 5.1 and § 7."""

from decimal import Decimal
from fractions import Fraction

import pytest

from rankings.engine import Absence, Dataset, Result, Unranked, parse_method, rank
from tests.engine.methods import branch, column, head, leaf

OUT_OF_TEN = 'kind = "minmax", better = "higher", low = 0, high = 10'
YES_OR_NO = 'kind = "thresholds", better = "higher", from = [1], points = [0, 1]'
LABEL = f"""[[node]]
key = "label"
title = {{ fr = "Label DD&RS" }}
bonus = true
points = 1
indicator = "label"
scale = {{ {YES_OR_NO} }}
"""
CRITERIA = tuple(f"c{number}" for number in range(1, 12))
# The ranking of 2023 by L’Etudiant: eleven criteria out of 10, and one point more for the DD&RS label.
OUT_OF_110 = head(aggregate="sum", digits=0) + "".join(leaf(key, scale=OUT_OF_TEN) for key in CRITERIA) + LABEL


def ranked(units: str, values: dict, method: str) -> Result:
    return rank(Dataset(tuple(units), values), parse_method(method))


@pytest.fixture
def schools():
    """Out of 110, and 111 with the label (the highest place the source tells of is « 97 points sur 111 »).

    | | criteria                             | label            | score |
    | a | 10 × 9 + 6 = 96                    | yes → 1          | 97    |
    | b | 10 × 9 + 6 = 96                    | no → 0           | 96    |
    | c | 10 × 9 + 6 = 96                    | unknown          | 96    |
    | d | 10 × 9 = 90 of 100, the last missing | yes → 1        | 90 × 110 ÷ 100 + 1 = 100 |
    | e | nothing known                      | yes              | unranked |
    """
    values = {key: column(a="9", b="9", c="9", d="9") for key in CRITERIA[:-1]}
    values[CRITERIA[-1]] = column(a="6", b="6", c="6")
    # A common rule that refuses a rank to whoever keeps a figure secret does not touch a bonus.
    values["label"] = {**column(a="1", b="0", d="1", e="1"), "c": Absence.SECRET}
    return ranked("abcde", values, OUT_OF_110)


def test_the_label_adds_its_point_to_a_total_out_of_110(schools):
    assert [(row.unit, row.rank, row.tied, str(row.score)) for row in schools.rows] == [
        ("d", 1, False, "100"),
        ("a", 2, False, "97"),
        ("b", 3, True, "96"),
        ("c", 3, True, "96"),
        ("e", None, False, "None"),
    ]
    method = parse_method(OUT_OF_110)
    assert (method.out_of, method.bonus_out_of) == (110, 1)
    assert [leaf.key for leaf in method.bonuses] == ["label"]
    assert method.indicators == tuple(sorted((*CRITERIA, "label")))


def test_a_bonus_is_outside_coverage_and_gives_no_rank_to_whom_nothing_else_is_known(schools):
    rows = {row.unit: row for row in schools.rows}
    assert {unit: row.coverage for unit, row in rows.items()} == {"a": 1, "b": 1, "c": 1, "d": Fraction(10, 11), "e": 0}
    assert rows["e"].reason == Unranked("below-coverage", {"coverage": "0.0000", "minimum": "0"})


def test_a_bonus_shows_its_own_points_value_and_absence(schools):
    got = {row.unit: row.points["label"] for row in schools.rows}
    assert {unit: (str(one.points), one.status) for unit, one in got.items()} == {
        "a": ("1", "scored"),
        "b": ("0", "scored"),
        "c": ("None", "left_out"),
        "d": ("1", "scored"),
        "e": ("1", "scored"),
    }
    assert (got["c"].absence, got["a"].value, got["a"].out_of) == (Absence.SECRET, 1, 1)


def test_a_bonus_adds_points_as_they_are_to_a_mean_too():
    result = ranked("a", {"p": column(a="4.5"), "label": column(a="1")}, head() + leaf("p", scale=OUT_OF_TEN) + LABEL)
    assert (str(result.rows[0].score), parse_method(head() + leaf("p") + LABEL).out_of) == ("5.50", 10)


def test_several_bonuses_add_up_and_are_rounded_like_other_points():
    method = (
        head(aggregate="sum", rounded_points='{ digits = 1, mode = "half_up" }')
        + leaf("p", scale=OUT_OF_TEN)
        + LABEL
        + LABEL.replace("label", "site").replace("points = 1\n", "points = 2\n").replace(YES_OR_NO, OUT_OF_TEN)
    )
    result = ranked("a", {"p": column(a="4"), "label": column(a="1"), "site": column(a="3.3")}, method)
    # 4 + 1 + 2 × 0.33, rounded to 0.7 before it counts.
    assert (str(result.rows[0].score), parse_method(method).bonus_out_of) == ("5.70", 3)


DIVERSITY = ("frais", "alternants", "boursiers", "parite")


def diversity(rounding: str) -> str:
    """One criterion out of 10 of a total out of 20: the mean of four marks out of 10."""
    lines = ['aggregate = "mean"', *([f"rounding = {rounding}"] if rounding else [])]
    return (
        head(aggregate="sum", digits=1)
        + branch("diversite", *lines)
        + "".join(leaf(key, at="node.node", scale=OUT_OF_TEN) for key in DIVERSITY)
        + leaf("salaires", scale=OUT_OF_TEN)
    )


@pytest.mark.parametrize(
    ("rounding", "a", "b"),
    [
        # a: (9 + 4 + 7 + 6) ÷ 4 = 6.5; b: its gender balance is unknown, (9 + 4 + 7) ÷ 3 = 6.666…
        ("", ("6.5", "9.5"), ("6.7", "9.7")),
        ('{ digits = 0, mode = "half_up" }', ("7", "10.0"), ("7", "10.0")),
        ('{ digits = 0, mode = "half_even" }', ("6", "9.0"), ("7", "10.0")),
        ('{ digits = 0, mode = "down" }', ("6", "9.0"), ("6", "9.0")),
        ('{ digits = 2, mode = "half_up" }', ("6.50", "9.5"), ("6.67", "9.7")),
    ],
)
def test_the_points_of_a_branch_are_rounded_before_they_count(rounding, a, b):
    values = {key: column(a=mark, b=mark) for key, mark in zip(DIVERSITY, "9476", strict=True)}
    values["parite"] = column(a="6")
    values["salaires"] = column(a="3", b="3")
    rows = {row.unit: row for row in ranked("ab", values, diversity(rounding)).rows}
    assert [(str(rows[unit].points["diversite"].points), str(rows[unit].score)) for unit in "ab"] == [a, b]


def test_what_a_branch_lost_to_rounding_is_lost_to_the_score():
    values = dict.fromkeys(DIVERSITY, column(a="6")) | {"parite": column(a="7"), "salaires": column(a="3")}
    (row,) = ranked("a", values, diversity('{ digits = 0, mode = "half_up" }')).rows
    assert (row.exact_score, row.points["diversite"].points) == (9, Decimal(6))
