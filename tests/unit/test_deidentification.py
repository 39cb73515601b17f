"""Finding what points to a person. The texts are invented."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.foundation.deidentification import Certainty, SpanKind, find_spans


def found(text: str, *units: str) -> list[tuple[str, SpanKind]]:
    return [(text[s.start : s.end], s.kind) for s in find_spans(text, units)]


@pytest.mark.parametrize(
    "number",
    [
        "121212-1212",
        "19121212-1212",
        "191212121212",
        "20121272-1212",  # coordination number: the day plus 60
        "121212+1212",
        "121212 - 1212",
        "19 121212 1212",
        "12-12-12-1212",
        "12121O-1212",  # a letter O
        "121212-121",  # a digit is missing
        "129912-1212",  # no such month
        "121212-xxxx",  # the last four left out
        "121212-12",
        "1212-121-21",  # cut in odd places
    ],
)
def test_personal_numbers_are_found_however_they_are_typed(number: str) -> None:
    text = f"Mitt nummer är {number} och det står fel."
    assert found(text) == [(number, SpanKind.PERSONAL_NUMBER)]


@pytest.mark.parametrize("number", ["070-174 06 58", "0480-123 45", "+46 70 174 06 58"])
def test_phones_are_found(number: str) -> None:
    assert found(f"Ring {number} efter sju.") == [(number, SpanKind.PHONE)]


@pytest.mark.parametrize(
    "address", ["anna.x@example.org", "anna@example.org", "anna (at) example.org"]
)
def test_e_mail_is_found(address: str) -> None:
    assert (address, SpanKind.EMAIL) in found(f"Skriv till {address} om du vill")


@pytest.mark.parametrize("address", ["Storgatan 12", "storgatan 12 b", "Södra vägen 4A"])
def test_street_addresses_are_found(address: str) -> None:
    assert found(f"Jag bor på {address}.") == [(address, SpanKind.ADDRESS)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jag har varit mamma till Viljar i 31 år.", "Viljar"),
        ("jag har varit mamma till viljar i 31 år.", "viljar"),
        ("det var kerstin demolund som ringde", "kerstin demolund"),
        ("Tack till Birgitta Andersson!", "Birgitta Andersson"),
        ("dr mallström tittade inte upp", "mallström"),
        ("Annas boendestödjare slutade.", "Annas"),
        ("logopeden heter Fatuma och är bra", "Fatuma"),
        ("Jag tackar Małgorzata för allt.", "Małgorzata"),
        ("Vi saknar Tegelblad i köket.", "Tegelblad"),  # a capital no list explains
        ("tack fredrika von demolund", "fredrika von demolund"),
        ("hälsa stig att han är bra", "stig"),
        ("MIN SYSTER HETER RAGNHILD OCH BOR HÄR", "RAGNHILD"),
        ("jag frågade magareta om det", "magareta"),  # a letter is missing
    ],
)
def test_names_are_found_with_and_without_capitals(text: str, name: str) -> None:
    assert found(text) == [(name, SpanKind.NAME)]


@pytest.mark.parametrize(
    "text",
    [
        "Jag ville bara berätta, men ingen ville lyssna.",
        "På vägen hem satt jag vid en sten och en ström.",
        "Bussen går 07.10 och tiden var 08.00, fyra timmar tur och retur.",
        "Det kostar 1 000 kronor om året sedan 2019.",
        "Inga inställda tider i maj, och en dag till i fred.",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert [s for s in find_spans(text) if s.certainty > Certainty.POSSIBLE] == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("vi trivs på ekenäsets särskola", "ekenäsets särskola"),
        ("de ringde från hemtjänsten norr igår", "hemtjänsten norr"),
        ("han går på påhittebyskolan nu", "påhittebyskolan"),
        ("jag låg på Blåhöjdens BB", "Blåhöjdens BB"),
    ],
)
def test_units_are_found_by_what_they_are_called(text: str, unit: str) -> None:
    assert found(text) == [(unit, SpanKind.CARE_UNIT)]


@pytest.mark.parametrize(
    "text",
    [
        "kommunens hemtjänst är bra och grundskolan också",
        "Vi flyttade till Kalmar i mars, från Norge.",
        "Mellan 2019-2023 kostade det 1 000 000 kronor.",
        "hans klass fick en chans till",
    ],
)
def test_places_kinds_of_units_and_words_are_no_finds(text: str) -> None:
    assert found(text) == []


def test_care_units_the_caller_knows_are_found_whatever_their_case() -> None:
    text = "sköterskan på påhittade mottagningen ringde"
    assert found(text, "Påhittade mottagningen") == [("påhittade mottagningen", SpanKind.CARE_UNIT)]


def test_positions_count_code_points() -> None:
    text = "👋👋 Hej, jag heter Viljar"
    (span,) = find_spans(text)
    assert text[span.start : span.end] == "Viljar"


@given(st.text(max_size=200))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = find_spans(text, ("Ek",))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "signs",
    ["-", "*", "'", "A-", "A'", "x*", "1-", "a@", "a", "a.", "•", "anna och ", "Aagatan"],
)
@pytest.mark.parametrize("end", [" 1 född", "@"])
def test_twenty_thousand_hostile_signs_take_no_time(signs: str, end: str) -> None:
    text = (signs * 20_000)[:20_000] + end
    began = time.process_time()
    find_spans(text)
    assert time.process_time() - began < 0.5  # 0.2 on a machine of its own
