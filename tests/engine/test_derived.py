"""Indicators made of others: by hand, and what a method file may say of them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankings.engine import Absence, Dataset, DatasetError, MethodError, parse_method, rank
from rankings.engine.columns import Column
from rankings.engine.derived import OPERATIONS, Derived, needed, sources
from tests.engine.methods import column, head, leaf

figures = st.decimals(min_value=-100, max_value=100, places=2).map(Fraction)


def derived(key: str, operation: str, of: str, *lines: str) -> str:
    return "\n".join(["[[derived]]", f'key = "{key}"', f'operation = "{operation}"', f"of = {of}", *lines]) + "\n"


STUDENTS = derived("tous", "sum", '["femmes", "hommes"]')
SHARE = derived("part", "quotient", '["femmes", "tous"]', "multiply = 100", "digits = 1")


def values_of(text: str, values: dict) -> dict:
    units = sorted({unit for given in values.values() for unit in given})
    rows = rank(Dataset(tuple(units), values), parse_method(head() + text)).rows
    return {row.unit: row.points["p"].value for row in rows}


def test_a_share_of_a_sum_by_hand():
    """45 of 45 + 75 is 37.5 %; 1 of 1 + 2 a third, printed and counted as 33.3."""
    values = {"femmes": column(a="45", b="1"), "hommes": column(a="75", b="2")}
    found = values_of(STUDENTS + SHARE + leaf("p", 'indicator = "part"'), values)
    assert found == {"a": Decimal("37.5"), "b": Decimal("33.3")}


@pytest.mark.parametrize(("operation", "of", "said"), [
    ("sum", '["x", "y"]', "1.5"),
    ("difference", '["x", "y"]', "-2.5"),
    ("product", '["x", "y"]', "-1"),
    ("quotient", '["x", "y"]', "-0.25"),
    ("mean", '["x", "y", "z"]', "0.833333333333"),
    ("minimum", '["x", "y", "z"]', "-0.5"),
    ("maximum", '["y", "x"]', "2"),
    ("product", '["x", "y", "z"]', "-1"),
])  # fmt: skip
def test_each_operation_by_hand(operation, of, said):
    values = {"x": column(a="-0.5"), "y": column(a="2"), "z": column(a="1.0")}
    found = values_of(derived("d", operation, of) + leaf("p", 'indicator = "d"'), values)
    assert found["a"] == Decimal(said)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_one_figure_absent_and_it_is_of_the_most_binding_kind(operation):
    columns = {"x": Column.of([Absence.MISSING, Fraction(1)]), "y": Column.of([Absence.SECRET, Fraction(2)])}
    made = Derived("d", operation, ("x", "y")).column(columns)
    assert made[0] is Absence.SECRET
    assert isinstance(made[1], Fraction)


def test_a_divisor_of_zero_is_not_applicable_and_a_negative_one_a_fault():
    text = derived("d", "quotient", '["x", "y"]') + leaf("p", 'indicator = "d"')
    assert values_of(text, {"x": column(a="1"), "y": column(a="0")})["a"] is Absence.NOT_APPLICABLE
    with pytest.raises(DatasetError, match="unit 'a', indicator 'y': -3 divides, and is negative"):
        values_of(text, {"x": column(a="1"), "y": column(a="-3")})


@given(st.lists(st.lists(figures, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from(OPERATIONS[:-1]))
def test_columns_are_what_fractions_give_unit_by_unit(rows, operation):
    one_by_one = {
        "sum": sum,
        "difference": lambda row: row[0] - row[1],
        "product": lambda row: row[0] * row[1] * row[2],
        "mean": lambda row: sum(row, Fraction(0)) / 3,
        "minimum": min,
        "maximum": max,
    }[operation]
    codes = ("x", "y") if operation == "difference" else ("x", "y", "z")
    columns = {code: Column.of([row[at] for row in rows]) for at, code in enumerate("xyz")}
    made = Derived("d", operation, codes, Decimal("0.5")).column(columns)
    assert [made[at] for at in range(len(rows))] == [one_by_one(row) / 2 for row in rows]


def test_a_criterion_reads_what_its_derived_indicators_are_made_of():
    method = parse_method(head() + STUDENTS + SHARE + leaf("p", 'indicator = "part"') + leaf("q"))
    assert method.leaves[0].indicators == ("femmes", "hommes")
    assert method.indicators == ("femmes", "hommes", "q")
    assert [each.key for each in needed(["part"], method.derived)] == ["tous", "part"]
    assert sources(["tous", "q"], method.derived) == ("femmes", "hommes", "q")


def test_one_that_no_criterion_uses_asks_for_no_column():
    method = parse_method(head() + derived("d", "sum", '["x", "y"]') + leaf("p"))
    assert rank(Dataset(("a",), {"p": column(a="1")}), method).ranks == {"a": (1, False)}


def test_a_derived_denominator():
    text = STUDENTS + leaf("p", 'indicator = "femmes"', 'denominator = "tous"', "ratio_digits = 2")
    assert values_of(text, {"femmes": column(a="1"), "hommes": column(a="3")})["a"] == Decimal("0.25")


def test_canonical_text_says_what_no_default_says():
    text = STUDENTS + SHARE + leaf("p", 'indicator = "part"')
    method = parse_method(head() + text)
    assert (
        '\n[[derived]]\nkey = "part"\noperation = "quotient"\nof = ["femmes", "tous"]\nmultiply = 100\ndigits = 1\n'
        in method.canonical_text
    )
    assert parse_method(method.canonical_text) == method
    spelt = parse_method(head() + text.replace('"hommes"]', '"hommes"]\nmultiply = 1.0'))
    assert spelt.canonical_text == method.canonical_text


@pytest.mark.parametrize(("text", "where", "code"), [
    (derived("d", "add", '["x"]'), "derived[1].operation", "unknown-word"),
    (derived("d", "sum", "[]"), "derived[1].of", "wrong-length"),
    (derived("d", "difference", '["x"]'), "derived[1].of", "wrong-length"),
    (derived("d", "quotient", '["x", "y", "z"]'), "derived[1].of", "wrong-length"),
    (derived("d", "sum", '["x", "d"]'), "derived[1].of[2]", "derived-later"),
    (SHARE + STUDENTS, "derived[1].of[2]", "derived-later"),
    (STUDENTS + STUDENTS, "derived[2].key", "duplicate-key"),
    (derived("d", "sum", '["x"]', "digits = 13"), "derived[1].digits", "out-of-range"),
    (derived("d", "sum", '["x"]', "factor = 2"), "derived[1].factor", "unknown-key"),
])  # fmt: skip
def test_each_fault_is_named_with_its_place(text, where, code):
    with pytest.raises(MethodError) as caught:
        parse_method(head() + text + leaf("p"))
    assert (where, code) in [(problem.where, problem.code) for problem in caught.value.problems]
