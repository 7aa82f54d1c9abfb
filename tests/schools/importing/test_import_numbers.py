"""The grammar of numbers, and the one rounding."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.importing import NotANumber, parse_number, rounded_half_up
from schools.importing.figures import significant
from schools.importing.messages import SENTENCES


def fault(text: str) -> str:
    """The code of the refusal of this text, empty when it is a number."""
    try:
        parse_number(text)
    except NotANumber as error:
        return error.code
    return ""


SPACES = [" ", "\u00a0", "\u202f"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("42", "42"),
        ("007", "7"),
        (" 12 ", "12"),
        ("12\n", "12"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("-3", "-3"),
        ("−3,25", "-3.25"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234", "1234"),
        ("1e-05", "0.00001"),
        ("1.5E+3", "1500"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
    ],
)
def test_number_is_read_exactly(text: str, expected: str) -> None:
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["-0", "-0,0", "−0", "-0e5"])
def test_number_negative_zero_is_zero(text: str) -> None:
    assert not parse_number(text).is_signed()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nan", "number_not_finite"),
        ("-inf", "number_not_finite"),
        ("Infinity", "number_not_finite"),
        ("1_000", "number_underscore"),
        ("１２", "number_foreign_digits"),
        ("٣", "number_foreign_digits"),
        ("12²", "number_foreign_digits"),
        ("1.234,5", "number_mixed_marks"),
        ("1,234,567", "number_mixed_marks"),
        ("1'234", "number_mixed_marks"),
        ("+5", "number_plus"),
        ("1e400", "number_exponent"),
        ("1e9999", "number_exponent"),
        ("1e31", "number_exponent"),
        (" 477 199*", "number_marked"),
        ("12 k€", "number_marked"),
        ("9" * 4300, "number_too_long"),
        ("x" * 4300, "number_not_one"),
        ("85 %", "number_percent_sign"),
        ("85%", "number_percent_sign"),
        ("", "number_not_one"),
        ("%", "number_percent_sign"),
        ("douze", "number_not_one"),
        ("12,", "number_not_one"),
        (",5", "number_not_one"),
        ("1 2345", "number_not_one"),
        ("1234 567", "number_not_one"),
        ("1 234\u00a0567", "number_not_one"),
        ("--5", "number_not_one"),
        ("1\n2", "number_not_one"),
    ],
)
def test_number_refusal_names_the_fault(text: str, code: str) -> None:
    with pytest.raises(NotANumber) as error:
        parse_number(text)
    assert error.value.code == code


def test_number_percent_sign_changes_nothing() -> None:
    assert parse_number("85 %", percent_sign=True) == 85
    assert parse_number("12,5\u00a0%", percent_sign=True) == Decimal("12.5")
    with pytest.raises(NotANumber):
        parse_number("85 %%", percent_sign=True)


@given(
    number=st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False),
    gap=st.sampled_from(["", *SPACES]),
    mark=st.sampled_from([",", "."]),
    minus=st.sampled_from(["-", "−"]),
)
def test_number_reads_back_what_was_written(number: Decimal, gap: str, mark: str, minus: str) -> None:
    whole, _, decimals = f"{abs(number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", gap)
    text = (minus if number < 0 else "") + grouped + mark + decimals
    assert parse_number(text) == number


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e20, max_value=1e20).map(repr))
def test_number_reads_what_programs_write(text: str) -> None:
    if abs(int(text.partition("e")[2] or 0)) <= 30:
        assert parse_number(text) == Decimal(text)
    else:
        assert fault(text) == "number_exponent"


@given(st.text() | st.text(alphabet="0123456789.,eE+-− \u00a0\u202f%_*", max_size=12))
def test_number_any_text_is_a_number_or_a_named_fault(text: str) -> None:
    code = fault(text)
    assert code in SENTENCES if code else parse_number(text).is_finite()


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_rounding_is_half_up_on_the_exact_value(value: Fraction, decimals: int) -> None:
    rounded = rounded_half_up(value, decimals)
    assert abs(Fraction(rounded) - value) * 2 <= Fraction(1, 10**decimals)
    assert rounded.as_tuple().exponent == -decimals
    assert rounded_half_up(-value, decimals).copy_abs() == rounded.copy_abs()
    assert rounded != 0 or not rounded.is_signed()


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=8), st.integers(0, 6))
def test_rounding_agrees_with_the_decimal_module(value: Decimal, decimals: int) -> None:
    with localcontext(prec=60):
        expected = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert rounded_half_up(Fraction(value), decimals) == expected


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0.28999999999999998", "0.29"),
        ("0.30000000000000004", "0.3"),
        ("1234567890123456789", "1234567890123460000"),
        ("42", "42"),
    ],
)
def test_workbook_number_has_fifteen_digits(stored: str, shown: str) -> None:
    assert significant(Decimal(stored)) == Decimal(shown)
