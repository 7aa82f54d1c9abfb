"""Figures, ranks, units and dates as they are read."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.typography import (
    MINUS,
    NBSP,
    NNBSP,
    UNIT_CODES,
    clock_words,
    date_words,
    duration_words,
    exact,
    instant_words,
    number,
    ordinal,
    ordinal_html,
    percent,
    rank_words,
    rank_words_html,
    value_with_unit,
)

FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("n", "french", "masculine", "english"),
    [
        (1, "1re", "1er", "1st"),
        (2, "2e", "2e", "2nd"),
        (3, "3e", "3e", "3rd"),
        (11, "11e", "11e", "11th"),
        (16, "16e", "16e", "16th"),
        (21, "21e", "21e", "21st"),
        (112, "112e", "112e", "112th"),
        (1284, f"1{NNBSP}284e", f"1{NNBSP}284e", "1,284th"),
    ],
)
def test_ordinal(n: int, french: str, masculine: str, english: str) -> None:
    assert (ordinal(n), ordinal(n, masculine=True), ordinal(n, "en")) == (french, masculine, english)


def test_ordinal_raises_its_letters_in_html() -> None:
    assert (ordinal_html(1), ordinal_html(22, "en")) == ("1<sup>re</sup>", "22<sup>nd</sup>")


@pytest.mark.parametrize("nothing", [0, -1])
def test_ordinal_under_one_is_refused(nothing: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        ordinal(nothing)


@pytest.mark.parametrize("odd", [True, "3", Decimal(3)])
def test_ordinal_of_something_else_is_refused(odd: object) -> None:
    with pytest.raises(TypeError, match="a place is an int"):
        ordinal(odd)  # type: ignore[arg-type]


def test_rank_words_never_break() -> None:
    assert rank_words(16, True) == f"16e{NBSP}ex{NBSP}aequo"
    assert rank_words(16, True, "en") == f"16th{NBSP}equal"
    assert rank_words(16) == "16e"
    assert rank_words_html(16, True) == f"16<sup>e</sup>{NBSP}ex{NBSP}aequo"


@pytest.mark.parametrize(
    ("value", "digits", "french", "english"),
    [
        ("41200.5", None, f"41{NNBSP}200,5", "41,200.5"),
        (Decimal("61.50"), None, "61,50", "61.50"),
        (999, None, "999", "999"),
        (1000, None, f"1{NNBSP}000", "1,000"),
        ("-3.25", 1, f"{MINUS}3,3", f"{MINUS}3.3"),
        ("2.5", 0, "3", "3"),
        ("-0.04", 1, "0,0", "0.0"),
        (Decimal("1E+3"), None, f"1{NNBSP}000", "1,000"),
        ("0.1000000000000000000000001", None, "0,1000000000000000000000001", "0.1000000000000000000000001"),
        ("16", 2, "16,00", "16.00"),
    ],
)
def test_number(value: Decimal | int | str, digits: int | None, french: str, english: str) -> None:
    assert (number(value, digits), number(value, digits, "en")) == (french, english)


def test_number_signed() -> None:
    assert [number(n, signed=True) for n in (36, 0, -1)] == ["+36", "0", f"{MINUS}1"]


@given(FIGURES)
def test_number_is_exact(value: Decimal) -> None:
    plain = number(value).replace(NNBSP, "").replace(",", ".").replace(MINUS, "-")
    assert Decimal(plain) == value


@pytest.mark.parametrize("odd", [0.1, True, None, b"1"])
def test_number_refuses_what_is_not_exact(odd: object) -> None:
    with pytest.raises(TypeError, match="a figure is"):
        number(odd)  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", ["", "3,5", "nd", "NaN", "Infinity", Decimal("sNaN")])
def test_exact_refuses_what_is_no_figure(odd: str | Decimal) -> None:
    with pytest.raises(ValueError, match="decimal"):
        exact(odd)


def test_percent() -> None:
    assert (percent("38.44", 1), percent("38.44", 1, "en")) == (f"38,4{NBSP}%", "38.4%")
    assert percent("34.4", signed=True) == f"+34,4{NBSP}%"


@pytest.mark.parametrize(
    ("value", "code", "decimals", "french", "english"),
    [
        ("38.44", "percentage", 1, f"38,4{NBSP}%", "38.4%"),
        ("1284", "count", 0, f"1{NNBSP}284", "1,284"),
        ("12.5", "ratio", 1, "12,5", "12.5"),
        ("41200", "euros", 0, f"41{NNBSP}200{NBSP}€", "€41,200"),
        ("-3", "euros", 0, f"{MINUS}3{NBSP}€", f"{MINUS}€3"),
        ("2.5", "months", 1, f"2,5{NBSP}mois", f"2.5{NBSP}months"),
        ("1.5", "weeks", 1, f"1,5{NBSP}semaine", f"1.5{NBSP}weeks"),
        ("1.96", "weeks", 0, f"2{NBSP}semaines", f"2{NBSP}weeks"),
        ("1", "years", 0, f"1{NBSP}an", f"1{NBSP}year"),
        ("0", "years", 0, f"0{NBSP}an", f"0{NBSP}years"),
        ("16.2", "mark", 1, "16,2", "16.2"),
        ("1", "boolean", None, "oui", "yes"),
        ("0.0", "boolean", None, "non", "no"),
        ("3", "ordinal", 0, "3e", "3rd"),
    ],
)
def test_value_with_unit(value: str, code: str, decimals: int | None, french: str, english: str) -> None:
    assert (value_with_unit(value, code, decimals), value_with_unit(value, code, decimals, "en")) == (french, english)


@pytest.mark.parametrize("code", UNIT_CODES)
def test_value_with_unit_refuses_a_float_for_every_unit(code: str) -> None:
    with pytest.raises(TypeError, match="a figure is"):
        value_with_unit(1.0, code)  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "code"), [("2", "boolean"), ("1.5", "ordinal"), ("0", "ordinal"), ("1", "furlongs")])
def test_value_with_unit_refuses_nonsense(value: str, code: str) -> None:
    with pytest.raises(ValueError, match=r"neither|place|unknown"):
        value_with_unit(value, code)


def test_date_words() -> None:
    assert date_words(date(2023, 1, 1)) == f"1er{NBSP}janvier 2023"
    assert date_words(date(2023, 2, 9), short=True) == f"9{NBSP}févr. 2023"
    assert date_words(date(2023, 1, 1), "en") == f"1{NBSP}January 2023"
    assert date_words(date(2023, 9, 30), "en", short=True) == f"30{NBSP}Sept 2023"


@pytest.mark.parametrize(
    ("instant", "french", "english"),
    [
        (datetime(2023, 1, 12, 15, 20, tzinfo=UTC), "12 janv. 2023 à 16 h 20", "12 Jan 2023 at 16:20"),
        # Summer time, and an evening that is already the next day in Paris.
        (datetime(2023, 7, 13, 22, 5, tzinfo=UTC), "14 juill. 2023 à 0 h 05", "14 July 2023 at 00:05"),
        (datetime(2023, 3, 1, 8, 0, tzinfo=UTC), "1er mars 2023 à 9 h", "1 March 2023 at 09:00"),
    ],
)
def test_instant_words_are_those_of_paris(instant: datetime, french: str, english: str) -> None:
    assert instant_words(instant).replace(NBSP, " ") == french
    assert instant_words(instant, "en").replace(NBSP, " ") == english


def test_instant_words_keep_day_and_hour_unbroken() -> None:
    words = instant_words(datetime(2023, 1, 12, 15, 20, tzinfo=UTC))
    assert words == f"12{NBSP}janv. 2023 à 16{NBSP}h{NBSP}20"


@pytest.mark.parametrize("say", [instant_words, date_words, clock_words])
def test_an_instant_without_a_zone_is_refused(say: object) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        say(datetime(2023, 1, 12, 15, 20))  # type: ignore[operator]  # noqa: DTZ001


def test_typography_loads_no_framework() -> None:
    code = "import sys, schools.typography; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


@pytest.mark.parametrize(
    ("span", "french", "english"),
    [
        (timedelta(days=3, hours=4, minutes=59), "3 jours et 4 heures", "3 days and 4 hours"),
        (timedelta(days=1, minutes=5), "1 jour", "1 day"),
        (timedelta(hours=1, minutes=1), "1 heure et 1 minute", "1 hour and 1 minute"),
        (timedelta(minutes=12, seconds=59), "12 minutes", "12 minutes"),
        (timedelta(seconds=59), "moins d’une minute", "less than a minute"),
    ],
)
def test_duration_in_words(span: timedelta, french: str, english: str) -> None:
    assert duration_words(span).replace(NBSP, " ") == french
    assert duration_words(span, "en").replace(NBSP, " ") == english
