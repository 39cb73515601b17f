"""Amounts, times and personal numbers: read exactly, rounded as said, refused with a reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.assignments.rules.money import (
    MOST_MINUTES,
    MOST_ORE,
    WrongAmount,
    hours,
    kronor,
    minutes_from,
    ore_from,
    typed_hours,
    typed_kronor,
)
from participation.assignments.rules.personal_numbers import (
    WrongNumber,
    check_digit,
    personal_number,
)
from participation.foundation.i18n import use_locale

TODAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("250", 250_00),
        ("99,50", 99_50),
        ("99.5", 99_50),
        ("1 234,50 kr", 1_234_50),
        ("1\u00a0234,50", 1_234_50),
        ("0,01", 1),
        ("100000", MOST_ORE),
        ("10,500", 10_50),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, ore: int) -> None:
    assert ore_from(typed) == ore


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "shape"),
        ("hundra", "shape"),
        ("1.234,50", "shape"),
        ("=1+1", "shape"),
        ("1e5", "shape"),
        ("٢٥٠", "shape"),
        ("1,005", "decimals"),
        ("0", "low"),
        ("-5", "low"),
        ("-0,01", "low"),
        ("100000,01", "high"),
        ("999999999999", "high"),
        ("9" * 400, "shape"),
    ],
)
def test_other_amounts_are_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(WrongAmount) as refused:
        ore_from(typed)
    assert refused.value.reason == reason


@given(st.integers(1, MOST_ORE))
def test_a_shown_amount_reads_back_as_itself(ore: int) -> None:
    assert ore_from(typed_kronor(ore)) == ore
    assert ore_from(kronor(ore)) == ore


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("1", 60), ("1,5", 90), ("1.25", 75), ("1:30", 90), ("2 tim", 120), ("0,5 h", 30)],
)
def test_times_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert minutes_from(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("", "shape"), ("lång tid", "shape"), ("1:75", "shape"), ("0", "low"), ("-1", "low"),
     ("25", "high"), ("24:01", "high")],
)  # fmt: skip
def test_other_times_are_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(WrongAmount) as refused:
        minutes_from(typed)
    assert refused.value.reason == reason


@given(st.integers(1, MOST_MINUTES))
def test_a_shown_time_reads_back_as_itself(minutes: int) -> None:
    assert minutes_from(typed_hours(minutes)) == minutes


def test_amounts_and_times_speak_the_readers_language() -> None:
    assert kronor(1_234_50) == "1\u00a0234,50\u00a0kr"
    assert kronor(710_00) == "710\u00a0kr"
    assert hours(90) == "1 tim 30 min"
    with use_locale("en"):
        assert kronor(1_234_50) == "SEK\u00a01,234.50"
        assert hours(120) == "2 h"


@pytest.mark.parametrize(
    ("typed", "digits", "is_coordination"),
    [
        ("19121212-1212", "191212121212", False),
        ("121212+1212", "191212121212", False),
        ("191212121212", "191212121212", False),
        ("900101-9802", "199001019802", False),
        ("900101 9802", "199001019802", False),
        ("900161–9809", "199001619809", True),
        ("20120229-9804", "201202299804", False),
    ],
)
def test_numbers_are_read_with_or_without_century_and_sign(
    typed: str, digits: str, is_coordination: bool
) -> None:
    found = personal_number(typed, TODAY)
    assert found.digits == digits
    assert found.is_coordination is is_coordination


def test_a_plus_sign_means_a_hundred_years() -> None:
    assert personal_number("121212-1212", TODAY).born_on == date(2012, 12, 12)
    assert personal_number("121212+1212", TODAY).born_on == date(1912, 12, 12)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "shape"),
        ("12345", "shape"),
        ("900101-980", "shape"),
        ("900101-98021", "shape"),
        ("nittiohundra", "shape"),
        ("٩٠٠١٠١٩٨٠٢", "shape"),
        ("900101-9803", "digit"),
        ("901301-9808", "date"),
        ("900132-9805", "date"),
        ("900199-9805", "date"),
        ("20991231-9804", "future"),
    ],
)
def test_numbers_that_cannot_exist_are_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(WrongNumber) as refused:
        personal_number(typed, TODAY)
    assert refused.value.reason == reason


@given(
    st.dates(date(1910, 1, 1), TODAY - timedelta(days=1)),
    st.integers(0, 999),
    st.booleans(),
)
def test_every_well_made_number_is_read_and_every_other_last_figure_is_not(
    born: date, serial: int, is_coordination: bool
) -> None:
    day = born.day + 60 * is_coordination
    nine = f"{born:%y%m}{day:02d}{serial:03d}"
    right = check_digit(nine)
    found = personal_number(f"{born:%Y}"[:2] + nine + str(right), TODAY)
    assert (found.born_on, found.is_coordination) == (born, is_coordination)
    assert found.masked.endswith("-••••")
    for wrong in set(range(10)) - {right}:
        with pytest.raises(WrongNumber):
            personal_number(f"{born:%Y}"[:2] + nine + str(wrong), TODAY)


@given(st.text(max_size=20))
def test_no_text_breaks_the_readers(typed: str) -> None:
    for read, problem in (
        (ore_from, WrongAmount),
        (minutes_from, WrongAmount),
        (lambda text: personal_number(text, TODAY), WrongNumber),
    ):
        try:
            read(typed)
        except problem:
            continue
