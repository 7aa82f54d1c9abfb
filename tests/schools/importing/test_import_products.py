"""Sums of products, rows that measured nothing, and rows kept by how a text begins."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from schools.importing import IndicatorRule, extract, parse_mapping, read_document
from tests.schools.importing.building import ABSENCES, HEAD, LAC, MONT, PORT, extracted

RULES = {"femmes": IndicatorRule("femmes", Decimal(0), Decimal(1000), 6, "count", "Femmes admises")}
PRODUCT = '[[value]]\nindicator = "femmes"\ncolumn = "Part"\ntimes = "Admis"\naggregate = "sum"\n'
FILLED = 'not_measured = [{ columns = ["Général", "Techno"], equals = ["0.0", "0"], why = "nul n’est admis" }]\n'


def women(table: str, mapping: str = HEAD + PRODUCT):
    return extract(read_document(table.encode(), "essai.csv"), parse_mapping(mapping), RULES)


def test_a_sum_of_products_is_exact_and_leads_to_both_cells() -> None:
    found = women(f"UAI;Part;Admis\n{LAC};0.1;30\n{LAC};0.35;20\n{LAC};0.3333333333333333;9\n")
    (value,) = found.values
    assert (value.value, value.absence) == (Decimal("13.000000"), "")
    assert [(cell.cell, cell.role) for cell in value.cells] == [
        ("B2", "value"),
        ("C2", "factor"),
        ("B3", "value"),
        ("C3", "factor"),
        ("B4", "value"),
        ("C4", "factor"),
    ]


def test_each_product_is_multiplied_too() -> None:
    (value,) = women(f"UAI;Part;Admis\n{LAC};12,5;8\n", HEAD + PRODUCT + "multiply = 0.01\n").values
    assert value.value == 1


@given(st.lists(st.tuples(st.decimals(0, 1, places=16), st.integers(0, 500)), min_size=1, max_size=12))
def test_a_sum_of_products_is_that_of_fractions(rows: list[tuple[Decimal, int]]) -> None:
    table = "UAI;Part;Admis\n" + "".join(f"{LAC};{share:f};{count}\n" for share, count in rows)
    exact = sum((Fraction(share) * count for share, count in rows), Fraction(0))
    found = women(table)
    if exact > 1000:
        assert not found.values
        return
    (value,) = found.values
    assert value.value is not None
    assert abs(Fraction(value.value) - exact) <= Fraction(1, 2 * 10**6)


def test_a_factor_of_zero_adds_zero_whatever_the_other_cell_holds() -> None:
    table = f"UAI;Part;Admis\n{LAC};n’importe quoi;0\n{LAC};0.5;4\n{MONT};0.5357142857142857;0\n{PORT};;0.0\n"
    found = women(table)
    assert [(value.key, value.value) for value in found.values] == [(LAC, 2), (MONT, 0), (PORT, 0)]
    # The one that holds a number was filled in: said once, for a person to look.
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.params["count"]) == ("value_of_nobody", "suspicious", "1")


def test_a_product_without_its_factor_is_as_absent_as_the_factor() -> None:
    table = f"UAI;Part;Admis\n{LAC};0.5;\n{LAC};0.5;2\n{MONT};nd;3\n{PORT};so;ns\n"
    found = women(table, HEAD + ABSENCES + PRODUCT)
    assert [(value.key, value.absence) for value in found.values] == [
        (LAC, "missing"),
        (MONT, "not_communicated"),
        (PORT, "secret"),
    ]
    (kept, *_) = women(table, HEAD + ABSENCES + PRODUCT + 'absent_rows = "leave_out"\n').values
    assert kept.value == 1


def test_a_factor_that_cannot_be_one_refuses_the_value_of_its_school() -> None:
    found = women(f"UAI;Part;Admis\n{LAC};0.5;-2\n{MONT};0.5;deux\n{PORT};0.5;2\n")
    assert [(problem.code, problem.cell) for problem in found.problems] == [
        ("factor_negative", "C2"),
        ("number_not_one", "C3"),
    ]
    assert [value.key for value in found.values] == [PORT]


def test_the_bounds_hold_for_the_product_and_are_told_by_the_label() -> None:
    (problem,) = women(f"UAI;Part;Admis\n{LAC};40;30\n").problems
    assert (problem.code, problem.cell) == ("out_of_bounds", "B2")
    assert "«\u00a0Femmes admises\u00a0»" in problem.message


def test_a_row_that_measured_nothing_is_left_out_of_the_value_and_counted() -> None:
    table = f"UAI;Part;Admis;Général;Techno\n{LAC};0.5;4;100.0;0.0\n{LAC};0.2;5;0.0;0.0\n{MONT};0.2;3;0.0;0\n"
    found = women(table, HEAD + PRODUCT + FILLED)
    lake, mount = found.values
    assert (lake.value, [cell.cell for cell in lake.cells]) == (2, ["B2", "C2"])
    # Nobody measured anything there: the absence leads back to the cells that say so.
    assert (mount.value, mount.absence) == (None, "missing")
    assert [(cell.cell, cell.text, cell.role) for cell in mount.cells] == [
        ("D4", "0.0", "condition"),
        ("E4", "0", "condition"),
    ]
    (problem,) = found.problems
    assert (problem.code, problem.cell, problem.severity) == ("value_not_measured", "B1", "suspicious")
    assert problem.params == {"count": "2", "indicator": "Femmes admises", "why": "nul n’est admis"}


def test_the_text_that_says_nothing_may_be_the_value_itself() -> None:
    own = 'not_measured = [{ columns = ["Part"], equals = ["0.58"], why = "médiane" }]\n'
    found = women(f"UAI;Part;Admis\n{LAC};0.58;4\n{LAC};0.5;4\n{MONT};0.580;4\n", HEAD + PRODUCT + own)
    # The text as written, not the number: 0.580 was not filled in by the same hand.
    assert [(value.key, value.value) for value in found.values] == [(LAC, 2), (MONT, Decimal("2.32"))]


def test_what_is_not_measured_is_not_read() -> None:
    table = f"UAI;Part;Admis;Général;Techno\n{LAC};x;4;0;0\n{LAC};0.5;2;1;0\n"
    found = women(table, HEAD + PRODUCT + FILLED)
    assert [value.value for value in found.values] == [1]
    assert [problem.code for problem in found.problems] == ["value_not_measured"]


def test_rows_are_kept_by_how_a_text_begins() -> None:
    keep = '[[keep]]\ncolumn = "Filière"\nstarts_with = ["Ingénieur  Bac + 5"]\n'
    value = '[[value]]\nindicator = "places"\ncolumn = "Places"\naggregate = "sum"\n'
    table = f"UAI;Filière;Places\n{LAC};Ingénieur Bac + 5 - STI2D;1\n{LAC};Bachelor;2\n{LAC};D’Ingénieur Bac + 5;4\n"
    found = extracted(table, HEAD + keep + value)
    assert ([each.value for each in found.values], found.rows_left_out) == ([1], 2)
    either = extracted(table, HEAD + keep + 'equals = ["Bachelor"]\n' + value)
    assert [each.value for each in either.values] == [3]
