"""Shares and sums: what the engine divides, by hand, and what a method file may say of it."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankings.engine import Absence, Dataset, MethodError, Quotient, Unranked, measure, parse_method, rank
from rankings.engine.quotients import MOST_BINDING, UNITS
from tests.engine.methods import column, head, leaf

SHARE = (
    'indicator = "femmes"', 'denominator = ["femmes", "hommes"]', "multiply = 100", "ratio_digits = 1",
    'unit = "percentage"',
)  # fmt: skip
STEPS = 'kind = "thresholds", better = "higher", from = [20, 37.2, 40], points = [0, 4, 7, 10]'
counts = st.integers(0, 5000).map(Decimal)


def share(*lines: str, scale: str = STEPS) -> str:
    return head() + leaf("parite", *SHARE, *lines, scale=scale)


def rows_of(values: dict, method: str):
    units = sorted({unit for given in values.values() for unit in given})
    return {row.unit: row for row in rank(Dataset(tuple(units), values), parse_method(method)).rows}


def test_a_share_by_hand():
    """45 of 45 + 76: 37.190… %, printed and counted as 37.2; 3 of 3 + 5 is 37.5 %; 1 of 4 a quarter."""
    values = {"femmes": column(a="45", b="3", c="1"), "hommes": column(a="76", b="5", c="3")}
    rows = rows_of(values, share())
    assert {unit: rows[unit].points["parite"].value for unit in "abc"} == {
        "a": Decimal("37.2"),
        "b": Decimal("37.5"),
        "c": Decimal("25"),
    }
    # What is printed reaches the bound of 37.2, which the exact quotient does not.
    assert {unit: str(rows[unit].score) for unit in "abc"} == {"a": "7.00", "b": "7.00", "c": "4.00"}
    exact = rows_of(values, head() + leaf("parite", 'indicator = "femmes"', 'denominator = "hommes"'))
    assert exact["a"].points["parite"].value == Decimal("0.592105263158")


def test_bounds_are_observed_on_the_quotients():
    values = {"femmes": column(a="1", b="1", c="9"), "hommes": column(a="3", b="1", c="3")}
    rows = rows_of(values, share(scale='kind = "minmax", better = "higher"'))
    # 25 %, 50 % and 75 %.
    assert [str(rows[unit].score) for unit in "abc"] == ["0.00", "5.00", "10.00"]


@pytest.mark.parametrize(("figures", "said"), [
    ({"femmes": Absence.MISSING, "hommes": Decimal(5)}, "missing"),
    ({"femmes": Decimal(5), "hommes": Absence.NOT_COMMUNICATED}, "not_communicated"),
    ({"femmes": Absence.NOT_COMMUNICATED, "hommes": Absence.MISSING}, "not_communicated"),
    ({"femmes": Absence.NOT_COMMUNICATED, "hommes": Absence.SECRET}, "secret"),
    ({"femmes": Absence.SECRET, "hommes": Absence.NOT_APPLICABLE}, "not_applicable"),
    ({"femmes": Decimal(5)}, "missing"),
    ({"femmes": Decimal(0), "hommes": Decimal(0)}, "not_applicable"),
])  # fmt: skip
def test_one_figure_absent_and_the_share_is(figures, said):
    assert measure("femmes", Quotient(("femmes", "hommes")), figures) is Absence(said)


def test_every_kind_of_absence_has_its_force():
    assert set(MOST_BINDING) == set(Absence)


def test_a_sum_of_zero_is_what_the_method_says():
    values = {"femmes": column(a="0", b="1"), "hommes": column(a="0", b="1")}
    assert rows_of(values, share())["a"].points["parite"].absence is Absence.NOT_APPLICABLE
    rows = rows_of(values, share('zero_denominator = "secret"'))
    assert rows["a"].points["parite"].absence is Absence.SECRET
    # Nothing is absent: the divisor is to blame.
    params = {"node": "parite", "indicator": "hommes", "absence": "secret"}
    assert rows["a"].reason == Unranked("value-required", params)


@given(counts, counts, counts.filter(bool), st.integers(0, 6), st.sampled_from(["1", "100", "0.5"]))
def test_a_quotient_is_what_fractions_give_and_doubling_all_changes_nothing(above, first, second, digits, times):
    quotient = Quotient(("b", "c"), multiply=Decimal(times), digits=digits)
    found = measure("a", quotient, {"a": above, "b": first, "c": second})
    exact = Fraction(times) * Fraction(above) / (Fraction(first) + Fraction(second))
    assert abs(found - exact) <= Fraction(1, 2 * 10**digits)
    assert (found * 10**digits).denominator == 1
    assert measure("a", quotient, {"a": 2 * above, "b": 2 * first, "c": 2 * second}) == found
    assert measure("a", Quotient(("c", "b"), Decimal(times)), {"a": above, "b": first, "c": second}) == exact


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(counts, counts), min_size=1))
def test_ranks_stay_when_every_figure_is_doubled(figures):
    def places(times: int) -> dict[str, tuple[int | None, bool]]:
        values = {code: {unit: times * pair[at] for unit, pair in figures.items()} for at, code in
                  enumerate(("femmes", "hommes"))}  # fmt: skip
        return {unit: (row.rank, row.tied) for unit, row in rows_of(values, share()).items()}

    assert places(1) == places(2)


@pytest.mark.parametrize(
    ("lines", "where", "code", "message"),
    [
        (["multiply = 100"], "multiply", "unknown-key", "read the unknown key “multiply”, expected one of: key, title"),
        (['denominator = "d"', "multiply = 100"], "", "missing-key", "the key “ratio_digits” is absent, expected a"),
        (['denominator = ["d", "e"]'], "", "missing-key", "the key “ratio_digits” is absent, expected a whole"),
        (['denominator = "d"', "ratio_digits = 13"], "ratio_digits", "out-of-range", "whole number from 0 to 12"),
        (['denominator = "d"', "multiply = 0", "ratio_digits = 1"], "multiply", "out-of-range", "a number above 0"),
        (['denominator = "d"', 'multiply = "100"', "ratio_digits = 1"], "multiply", "wrong-type", "the text “100”"),
        (['denominator = "d"', 'unit = "percent"'], "unit", "unknown-word", "(did you mean “percentage”?)"),
        (['denominator = "d"', 'zero_denominator = "zero"'], "zero_denominator", "unknown-word", "one of: missing"),
        (['denominator = ["d", "d"]', "ratio_digits = 1"], "denominator[2]", "wrong-text", "is not there already"),
        (['denominator = ["d", ""]', "ratio_digits = 1"], "denominator[2]", "wrong-text", "the code of an indicator"),
        (['denominator = ["d", 3]', "ratio_digits = 1"], "denominator[2]", "wrong-type", "the number 3"),
        (["denominator = []", "ratio_digits = 1"], "denominator", "wrong-length", "at least 1"),
        (["denominator = 3"], "denominator", "wrong-type", "the number 3"),
    ],
)
def test_each_fault_of_a_quotient_is_named_with_its_place(lines, where, code, message):
    with pytest.raises(MethodError) as caught:
        parse_method(head() + leaf("p", *lines))
    place = f"node[1].{where}" if where else "node[1]"
    found = [problem for problem in caught.value.problems if (problem.where, problem.code) == (place, code)]
    assert found, caught.value
    assert any(message in problem.message for problem in found)


def test_canonical_text_says_what_no_default_says():
    method = parse_method(share('zero_denominator = "missing"'))
    written = method.canonical_text
    assert (
        'indicator = "femmes"\ndenominator = ["femmes", "hommes"]\nmultiply = 100\nratio_digits = 1\n'
        'zero_denominator = "missing"\nunit = "percentage"\nscale' in written
    )
    assert parse_method(written) == method
    assert method.indicators == ("femmes", "hommes")


def test_defaults_spelt_out_change_no_digest():
    plain = head() + leaf("p", 'denominator = "d"')
    spelt = ['denominator = ["d"]', 'zero_denominator = "not_applicable"', 'unit = "ratio"']
    assert parse_method(head() + leaf("p", *spelt)).digest == parse_method(plain).digest
    rounded = head() + leaf("p", 'denominator = "d"', "ratio_digits = 4")
    digests = {parse_method(text).digest for text in (plain, rounded, rounded.replace('"d"', '["d", "e"]'))}
    assert len(digests) == 3


def test_the_result_holds_the_share_that_counted():
    values = {"femmes": column(a="45", b="1"), "hommes": column(a="76", b="3")}
    result = rank(Dataset(("a", "b"), values), parse_method(share()))
    assert [row["points"]["parite"]["value"] for row in json.loads(result.canonical_text)["units"]] == ["37.2", "25"]


def test_units_are_those_a_page_can_write():
    from schools.typography import value_with_unit

    assert [value_with_unit("2.5", unit, 1) for unit in UNITS] == ["2,5", "2,5\u00a0%", "2,5\u00a0€", "2,5\u00a0mois"]
