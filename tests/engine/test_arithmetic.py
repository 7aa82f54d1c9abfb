"""Logarithms and roots: the nearest number of so many digits, whatever the machine's context."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankings.engine import MethodError, parse_method
from rankings.engine.arithmetic import DIGITS, log, log10, significant, sqrt
from tests.engine.methods import head, leaf

above_zero = st.fractions(min_value=Fraction(1, 10**12), max_value=10**12)
digits = st.integers(20, 70)


@pytest.mark.parametrize(("x", "said"), [
    ("2", "0.69314718055994530941723212145817656807550013436026"),
    ("3", "1.0986122886681096913952452369225257046474905578227"),
    ("0.1", "-2.3025850929940456840179914546843642076011014886288"),
])  # fmt: skip
def test_natural_logarithms_of_the_tables(x, said):
    assert log(Fraction(x)) == Fraction(said)


def test_a_quotient_that_never_ends_has_its_own_logarithm_not_that_of_its_first_digits():
    assert log(Fraction(1, 3)) == -log(Fraction(3))
    # Within 10⁻⁶⁰ of 1: the logarithms of the two terms have their first sixty digits in common.
    near_one = Fraction(10**60 + 1, 10**60)

    assert significant(log(near_one, 60), 20) == Fraction(1, 10**60)


def test_powers_of_ten_and_squares_are_exact():
    assert [log10(Fraction(10) ** power) for power in (-30, 0, 7)] == [-30, 0, 7]
    assert sqrt(Fraction(9, 49)) == Fraction(3, 7)
    assert sqrt(Fraction(0)) == 0


@given(above_zero, digits)
def test_a_logarithm_is_within_half_a_unit_of_a_longer_one(x, kept):
    longer = log(x, 2 * kept)
    assert log(x, kept) == significant(longer, kept)
    assert log10(x, kept) == significant(log10(x, 2 * kept), kept)


@given(above_zero, digits)
def test_a_root_squared_comes_back(x, kept):
    root = sqrt(x, kept)
    assert significant(root**2, kept - 2) == significant(x, kept - 2) or abs(root**2 - x) < x / 10 ** (kept - 2)
    assert sqrt(x**2, kept) == x


@given(above_zero, above_zero)
def test_order_is_kept(one, other):
    low, high = sorted((one, other))
    for function in (log, log10, sqrt):
        assert function(low, 20) <= function(high, 20)


@given(st.fractions(), digits)
def test_significant_digits_are_those_of_decimal(x, kept):
    context = Context(prec=kept, rounding=ROUND_HALF_EVEN)
    assert significant(x, kept) == Fraction(context.divide(Decimal(x.numerator), Decimal(x.denominator)))


def test_the_context_of_the_caller_plays_no_part():
    with localcontext(Context(prec=3)):
        assert log(Fraction(2)) == Fraction("0.69314718055994530941723212145817656807550013436026")


@pytest.mark.parametrize("x", [Fraction(0), Fraction(-1)])
def test_there_is_no_logarithm_from_zero_down(x):
    with pytest.raises(ValueError, match="no logarithm"):
        log(x)
    with pytest.raises(ValueError, match="no square root of -1"):
        sqrt(Fraction(-1))


def method(arithmetic: str):
    return parse_method(head() + arithmetic + leaf("p"))


def test_a_method_says_how_many_digits_and_fifty_goes_without_saying():
    assert method("").digits == DIGITS == 50
    assert method("[arithmetic]\ndigits = 50\n").canonical_text == method("").canonical_text
    said = method("[arithmetic]\ndigits = 30\n")
    assert said.digits == 30
    assert "\narithmetic = { digits = 30 }\n" in said.canonical_text
    assert parse_method(said.canonical_text) == said


@pytest.mark.parametrize("wrong", ["digits = 19", "digits = 201", "digits = 30.5", 'digits = "30"', ""])
def test_digits_out_of_range_are_named_with_their_place(wrong):
    with pytest.raises(MethodError, match=r"^arithmetic.*a whole number from 20 to 200"):
        method(f"[arithmetic]\n{wrong}\n")
