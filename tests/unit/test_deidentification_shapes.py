"""Numbers, streets and units in the many ways people write them. All are invented."""

import time

import pytest

from participation.foundation.deidentification import Certainty, SpanKind, find_spans


def covered(text: str, part: str) -> bool:
    start = text.index(part)
    hidden = {place for s in find_spans(text) for place in range(s.start, s.end)}
    return all(
        place in hidden for place in range(start, start + len(part)) if text[place].isalnum()
    )


@pytest.mark.parametrize(
    "number",
    [
        "nr830102-1173",
        "830102.1173",
        "830102:1173",
        "830102_1173",
        "830102-TF12",  # lent by a hospital
        "83B102-1173",  # a letter for a digit
        "830102\u20111173",  # a dash that does not break
        "830102\u00a01173",
        "83 01 02 11 73",
        "83 0102-1173",
        "830102-11 73",
        "830102-xx73",
        "8301021173och",
        "830102\n1173",
        "830265",  # a coordination number's day
        "851342",  # no such day
    ],
)
def test_personal_numbers_are_found_whole_in_odd_spellings(number: str) -> None:
    digits = number.removeprefix("nr").removesuffix("och")
    assert covered(f"Hon sa {number} i telefon.", digits)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("mina fyra sista är 1173", "1173"),
        ("kontrollsiffrorna är 117", "117"),
        ("jag är född 830102.", "830102"),
        ("född den 3 maj 1953 i Exempelstad", "3 maj 1953"),
        ("född 3/5-53", "3/5-53"),
        ("hon är född -53", "53"),
        ("samordningsnumret: 83 01 62, 1173", "83 01 62, 1173"),
    ],
)
def test_birth_dates_and_last_digits_are_found_by_what_is_said_of_them(
    text: str, number: str
) -> None:
    assert covered(text, number)


@pytest.mark.parametrize(
    "text",
    [
        "Det kostar 100000 kronor, 120 000 kr.",
        "Bussen går 07:10, 08:00 och 09:30.",
        "Öppet 10.30-11.45 alla dagar.",
        "Hon är född 2013 och slutade 2019.",
        "Sidan 112-115 och 120-123.",
    ],
)
def test_sums_times_and_years_are_no_numbers_of_persons(text: str) -> None:
    assert find_spans(text) == []


def test_two_numbers_after_each_other_stay_two() -> None:
    text = "070-174 06 58, 830102-1173"
    kinds = [(text[s.start : s.end], s.kind) for s in find_spans(text)]
    assert kinds == [
        ("070-174 06 58", SpanKind.PHONE),
        ("830102-1173", SpanKind.PERSONAL_NUMBER),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "Box 117",
        "39234 Exempelstad",
        "kvarnbergs väg 12",
        "Påhittsvägen nr 12",
        "Påhittsgatan 12-14",
        "klockarbågen 4",
        "påhittslunda 14",
        "påhittsstigen",
    ],
)
def test_addresses_are_found_in_many_forms(address: str) -> None:
    assert covered(f"Jag bor på {address} nu.", address)


@pytest.mark.parametrize(
    "unit",
    [
        "Ekbacken vårdcentral",
        "ekbacken äldreboende",
        "solrosens vård- och omsorgsboende",
        "Ekstads vc",
        "ekstads bvc",
        "folktandvården Ekstad",
        "vårdcentralen i Ekstad",
        "tollgerremet",  # no word of any list, after "på"
    ],
)
def test_units_are_found_in_many_forms(unit: str) -> None:
    assert covered(f"Vi var på {unit} i höstas.", unit)


@pytest.mark.parametrize(
    "text", ["vi var på kvällen hos mamma", "hela vägen hem var bra", "vi bor på landet nu"]
)
def test_where_somebody_was_is_no_unit_when_it_is_a_word(text: str) -> None:
    assert find_spans(text) == []


def test_a_street_without_a_number_is_ticked_only_with_its_capital() -> None:
    (big,) = find_spans("Det är nära Påhittsstigen.")
    (small,) = find_spans("det är nära påhittsstigen.")
    assert (big.certainty, small.certainty) == (Certainty.LIKELY, Certainty.POSSIBLE)


@pytest.mark.parametrize("sign", ["1 ", "11", "Aa ", "på Aaaa ", "född 1 ", "1-1 "])
def test_twenty_thousand_signs_that_look_like_much_take_no_time(sign: str) -> None:
    began = time.process_time()
    find_spans((sign * 20_000)[:20_000])
    assert time.process_time() - began < 0.5  # 0.1 on a machine of its own
