"""Rounding, ranks and the text of numbers."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest

from rankings.engine import competition_ranks, decimal_text, exact_text, round_value


@pytest.mark.parametrize(
    ("number", "digits", "half_up", "half_even", "down"),
    [
        ("0.5", 0, "1", "0", "0"),
        ("1.5", 0, "2", "2", "1"),
        ("2.5", 0, "3", "2", "2"),
        ("-0.5", 0, "-1", "0", "0"),
        ("-2.5", 0, "-3", "-2", "-2"),
        ("2.345", 2, "2.35", "2.34", "2.34"),
        ("2.3449999999999999999999999999999999", 2, "2.34", "2.34", "2.34"),
        ("2.3450000000000000000000000000000001", 2, "2.35", "2.35", "2.34"),
        ("9.995", 2, "10.00", "10.00", "9.99"),
        ("7", 3, "7.000", "7.000", "7.000"),
        ("-0.004", 2, "0.00", "0.00", "0.00"),
        ("-0", 1, "0.0", "0.0", "0.0"),
        ("1E+3", 0, "1000", "1000", "1000"),
    ],
)
def test_round_value_in_each_mode(number, digits, half_up, half_even, down):
    with decimal.localcontext(prec=3):  # a narrow context must change nothing
        rounded = [str(round_value(Decimal(number), digits, mode)) for mode in ("half_up", "half_even", "down")]
    assert rounded == [half_up, half_even, down]


def test_round_value_of_a_fraction():
    assert str(round_value(Fraction(2, 3), 4, "half_up")) == "0.6667"
    assert str(round_value(Fraction(-1, 8), 2, "half_even")) == "-0.12"


@pytest.mark.parametrize("number", [0.5, 1, "1", True])
def test_round_value_refuses_what_is_not_exact(number):
    with pytest.raises(TypeError, match="rounded exactly"):
        round_value(number, 0, "half_up")


@pytest.mark.parametrize(("digits", "mode"), [(0, "ceiling"), (-1, "half_up")])
def test_round_value_refuses_an_unknown_rounding(digits, mode):
    with pytest.raises(ValueError, match="no rounding"):
        round_value(Decimal(1), digits, mode)


@pytest.mark.parametrize(("number", "text"), [("0.10", "0.1"), ("1E+2", "100"), ("-0", "0"), ("-2.50", "-2.5")])
def test_exact_text_of_decimals(number, text):
    assert exact_text(Fraction(number)) == text


def test_exact_text_of_what_never_ends():
    assert exact_text(Fraction(-10, 30)) == "-1/3"


def test_decimal_text_has_neither_exponent_nor_minus_zero():
    assert [decimal_text(Decimal(text)) for text in ("1E-7", "-0.00", "-0.5")] == ["0.0000001", "0.00", "-0.5"]


@pytest.mark.parametrize(
    ("scores", "ranks"),
    [
        ({}, {}),
        ({"a": "0"}, {"a": (1, False)}),
        ({"a": "1", "b": "1.0", "c": "1.00"}, {"a": (1, True), "b": (1, True), "c": (1, True)}),
        ({"a": "3", "b": "9", "c": "3", "d": "0"}, {"b": (1, False), "a": (2, True), "c": (2, True), "d": (4, False)}),
        ({"a": "-0", "b": "0", "c": "-1"}, {"a": (1, True), "b": (1, True), "c": (3, False)}),
    ],
)
def test_competition_ranks(scores, ranks):
    answer = competition_ranks({unit: Decimal(score) for unit, score in scores.items()})
    assert list(answer.items()) == list(ranks.items())
