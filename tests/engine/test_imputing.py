"""Values that stand in for absent ones: by hand, and what they do not change."""

import json
from decimal import Decimal

import pytest

from rankings.engine import Absence, Dataset, DatasetError, MethodError, parse_method, rank
from tests.engine.methods import branch, column, head, leaf

BY_REGION = (
    '{ impute = "mean", group = "region", least = 3, otherwise = { impute = "median", otherwise = "unranked" } }'
)
REGIONS = {"region": {"a": "Bretagne", "b": "Bretagne", "c": "Bretagne", "d": "Bretagne", "e": "Corse", "f": "Corse"}}
VALUES = {"p": {**column(a="10", b="12", c="17", f="0"), "d": Absence.NOT_COMMUNICATED}, "q": column(d="1", e="1")}
TO_100 = 'kind = "minmax", better = "higher", low = 0, high = 100'


def ranking(rule: str, *, values=VALUES, groups=REGIONS, units=tuple("abcdefg"), also: str = ""):
    text = head() + leaf("p", f"missing = {{ missing = {rule}, not_communicated = {rule} }}", scale=TO_100) + also
    return rank(Dataset(units, values, groups), parse_method(text))


def at(result, unit: str):
    (row,) = (row for row in result.rows if row.unit == unit)
    return row.points["p"]


def test_the_mean_of_a_region_then_the_median_of_all():
    """Bretagne: (10 + 12 + 17) ÷ 3 = 13. Corse has one value, g no region: the median of all is 11."""
    result = ranking(BY_REGION)
    assert {unit: at(result, unit).value for unit in "deg"} == {"d": 13, "e": 11, "g": 11}
    imputed = at(result, "d")
    assert (imputed.status, imputed.points, imputed.coverage) == ("imputed", Decimal("1.30"), 0)
    assert (imputed.measured, imputed.absence) == (Absence.NOT_COMMUNICATED, Absence.NOT_COMMUNICATED)
    assert (at(result, "a").measured, at(result, "a").status) == (None, "scored")


def test_one_of_whom_nothing_is_known_is_not_ranked_for_what_stands_in():
    result = ranking(BY_REGION)
    assert set(result.ranks) == {"a", "b", "c", "f"}
    assert {row.unit: row.reason.code for row in result.rows if row.reason} == dict.fromkeys("deg", "below-coverage")


def test_what_stands_in_counts_in_the_score_and_not_in_the_coverage():
    result = ranking(BY_REGION, also=leaf("q", scale=TO_100.replace("100", "1")))
    (row,) = (row for row in result.rows if row.unit == "d")
    # 1.3 of 10 from the region, 10 of 10 from its own: their mean, and half is known.
    assert (row.rank, row.score, str(row.coverage)) == (1, Decimal("5.65"), "1/2")


def test_a_rule_at_the_end_holds_when_nothing_stands_in():
    rule = '{ impute = "mean", group = "region", least = 9, otherwise = 4 }'
    assert (at(ranking(rule), "d").points, at(ranking(rule), "d").status) == (Decimal("4.00"), "set_by_rule")
    required = ranking('{ impute = "mean", group = "region", otherwise = "unranked" }')
    (row,) = (row for row in required.rows if row.unit == "g")
    assert row.reason.params == {"node": "p", "indicator": "p", "absence": "missing"}


def test_the_value_of_another_column_stands_in_as_it_is():
    values = VALUES | {"p_2021": {**column(d="40"), "e": Absence.SECRET}}
    result = ranking('{ carry_over = "p_2021", otherwise = { impute = "mean", otherwise = "zero" } }', values=values)
    assert (at(result, "d").value, at(result, "d").status) == (40, "carried")
    # The mean is of what is known: 10, 12, 17 and 0, without the 40 that stands in.
    assert (at(result, "e").value, at(result, "e").status) == (Decimal("9.75"), "imputed")
    assert "p_2021" in result.sheet.method.indicators
    assert "p_2021" not in result.sheet.method.leaves[0].indicators


def test_an_absence_with_another_rule_is_not_filled():
    result = ranking('{ impute = "mean", otherwise = "zero" }', values={"p": {"a": Absence.SECRET, **column(b="3")}})
    assert at(result, "a").value is Absence.SECRET


def test_a_family_where_all_stands_in_says_so():
    inside = leaf("p", 'missing = { missing = { impute = "mean", otherwise = "zero" } }', at="node.node", scale=TO_100)
    text = head() + branch("f") + inside + leaf("q", scale=TO_100)
    result = rank(Dataset(("a", "b"), {"p": column(b="50"), "q": column(a="1", b="1")}), parse_method(text))
    row = next(row for row in result.rows if row.unit == "a")
    assert (row.points["f"].status, row.points["f"].points, row.points["f"].coverage) == ("set_by_rule", Decimal(5), 0)


def test_the_canonical_text_holds_what_stands_in_and_the_groups_that_were_used():
    document = json.loads(ranking(BY_REGION).canonical_text)
    assert document["groups"] == REGIONS
    (unit,) = (unit for unit in document["units"] if unit["unit"] == "d")
    assert unit["points"]["p"] == {
        "coverage": "0", "measured": "not_communicated", "out_of": "10", "points": "1.30", "status": "imputed",
        "value": "13",
    }  # fmt: skip
    assert "groups" not in json.loads(ranking('{ impute = "mean", otherwise = "zero" }').canonical_text)
    assert ranking("5").digest == ranking("5", groups={}).digest


def test_a_grouping_that_the_data_lack_is_named():
    with pytest.raises(DatasetError, match="imputes by the grouping 'region', which the data do not say"):
        ranking(BY_REGION, groups={})


def test_canonical_text_of_rules_is_a_fixed_point_without_defaults():
    text = head() + leaf("p", f"missing = {{ missing = {BY_REGION} }}")
    method = parse_method(text)
    assert f"missing = {{ missing = {BY_REGION} }}" in method.canonical_text
    assert parse_method(method.canonical_text) == method
    spelt = text.replace('impute = "median"', 'impute = "median", least = 1.0')
    assert parse_method(spelt).digest == method.digest


NESTED = '{ impute = "mean", otherwise = ' * 6 + '"zero"' + " }" * 6


@pytest.mark.parametrize(("rule", "where", "code"), [
    ('{ impute = "mode", otherwise = "zero" }', "impute", "unknown-word"),
    ('{ impute = "mean" }', "", "missing-key"),
    ('{ impute = "mean", otherwise = "none" }', "otherwise", "unknown-word"),
    ('{ impute = "mean", otherwise = 11 }', "otherwise", "out-of-range"),
    ('{ impute = "mean", least = 0, otherwise = "zero" }', "least", "out-of-range"),
    ('{ impute = "mean", group = "", otherwise = "zero" }', "group", "wrong-text"),
    ('{ carry_over = 3, otherwise = "zero" }', "carry_over", "wrong-type"),
    ('{ carry_over = "x", least = 2, otherwise = "zero" }', "least", "unknown-key"),
    ('{ otherwise = "zero" }', "", "missing-key"),
    (NESTED, ".".join(["otherwise"] * 5), "out-of-range"),
])  # fmt: skip
def test_each_fault_of_a_rule_is_named_with_its_place(rule, where, code):
    with pytest.raises(MethodError) as caught:
        parse_method(head() + leaf("p", f"missing = {{ missing = {rule} }}"))
    place = f"node[1].missing.missing.{where}".rstrip(".")
    assert (place, code) in [(problem.where, problem.code) for problem in caught.value.problems]


def test_a_common_rule_carries_nothing_over_and_gives_no_more_than_a_maximum():
    carried = head(missing="X").replace('"X"', '{ carry_over = "x", otherwise = "zero" }') + leaf("p")
    with pytest.raises(MethodError, match=r"^missing\.missing: read “carry_over” in a rule common to all") as caught:
        parse_method(carried)
    assert caught.value.problems[0].code == "common-carry-over"
    too_much = head(missing="X").replace('"X"', '{ impute = "mean", otherwise = 6 }') + leaf("p", "points = 5")
    with pytest.raises(MethodError, match="gives more than its 5 points"):
        parse_method(too_much)
