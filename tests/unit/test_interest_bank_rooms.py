"""Rules of the coordinator's side of the bank: reading lists, likeness, gaps, codes."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from participation.interest_bank.rules import (
    AGE_BANDS,
    birth_years,
    folded_name,
    mailbox_of,
    typed_code,
)
from participation.interest_bank.rules.importing import (
    Field,
    Outcome,
    Places,
    Problem,
    Reader,
    guess_columns,
)
from participation.interest_bank.rules.representation import gaps

PLACES = Places({"kalmar": "0880", "0880": "0880", "torsas": "0834"}, {"psykisk halsa": 7})
COLUMNS = {
    "name": "Namn",
    "email": "E-post",
    "phone": "Tel",
    "municipality": "Kommun",
    "birth_year": "Född",
    "roles": "Roll",
    "areas": "Område",
}
GOOD = {
    "Namn": "Tuva Ek",
    "E-post": "tuva@example.org",
    "Tel": "",
    "Kommun": "Kalmar",
    "Född": "1980",
    "Roll": "Patient, anhörig",
    "Område": "Psykisk hälsa",
}


def read(**changes: str) -> tuple[object, list[Problem]]:
    reader = Reader(COLUMNS, PLACES, 2026)
    row = reader.read(2, {**GOOD, **changes})
    return row, [remark.problem for remark in reader.remarks]


def test_a_whole_row_becomes_a_person() -> None:
    reader = Reader(COLUMNS, PLACES, 2026)
    row = reader.read(7, GOOD)
    assert row is not None
    assert (row.number, row.email, row.profile.municipality_code) == (7, "tuva@example.org", "0880")
    assert row.profile.roles == ("patient", "next_of_kin")
    assert row.profile.area_ids == (7,)
    assert reader.remarks == []


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("Namn", "", Problem.MISSING_NAME),
        ("E-post", "tuva@example", Problem.BAD_EMAIL),
        ("E-post", "", Problem.MISSING_CONTACT),
        ("Tel", "12", Problem.BAD_PHONE),
        ("Kommun", "Växjö", Problem.UNKNOWN_MUNICIPALITY),
        ("Kommun", "", Problem.MISSING_MUNICIPALITY),
        ("Född", "80", Problem.BAD_YEAR),
        ("Född", "2020", Problem.TOO_YOUNG),
        ("Född", "19800501-1234", Problem.PERSONAL_NUMBER),
        ("Namn", "Ã\u00a5sa Ek", Problem.BROKEN_LETTERS),
    ],
)
def test_what_is_wrong_is_told_of_its_cell_and_stops_the_row(
    column: str, value: str, problem: Problem
) -> None:
    row, problems = read(**{column: value})
    assert row is None
    assert problem in problems


def test_an_unknown_alternative_is_left_out_and_told() -> None:
    row, problems = read(Roll="Patient, vän")
    assert row is not None
    assert problems == [Problem.UNKNOWN_CHOICE]


@pytest.mark.parametrize("town", ["Torsås", "torsås kommun", "0834", "834", "TORSÅS"])
def test_a_municipality_is_known_however_it_is_written(town: str) -> None:
    places = Places({"torsas": "0834", "0834": "0834"}, {})
    row = Reader(COLUMNS, places, 2026).read(2, {**GOOD, "Kommun": town, "Område": ""})
    assert row is not None
    assert row.profile.municipality_code == "0834"


def test_the_same_person_twice_in_a_file_is_taken_once() -> None:
    reader = Reader(COLUMNS, PLACES, 2026)
    assert reader.read(2, GOOD) is not None
    assert reader.read(3, GOOD) is None
    (remark,) = reader.remarks
    assert (remark.row, remark.value, remark.outcome) == (3, "2", Outcome.SKIPPED)


@given(st.dictionaries(st.sampled_from(list(GOOD)), st.text(max_size=40)))
def test_no_cell_breaks_the_reading(cells: dict[str, str]) -> None:
    reader = Reader(COLUMNS, PLACES, 2026)
    row = reader.read(2, {**GOOD, **cells})
    stops = [remark for remark in reader.remarks if remark.outcome is Outcome.STOPS]
    assert (row is None) >= bool(stops)


def test_columns_are_guessed_in_swedish_and_english_once_each() -> None:
    guessed = guess_columns(["Namn", "Mejladress", "Mobilnr", "Ort", "Födelseår", "Erfarenhet"])
    assert guessed["email"] == "Mejladress"
    assert guessed["birth_year"] == "Födelseår"
    assert guess_columns(["First name", "Last name", "E-mail"]) == {
        Field.FIRST_NAME: "First name",
        Field.LAST_NAME: "Last name",
        Field.EMAIL: "E-mail",
    }


@given(st.text(max_size=30))
@example("ℐda Exempel")
def test_a_folded_name_folds_no_further(name: str) -> None:
    assert folded_name(folded_name(name)) == folded_name(name)


def test_mailboxes_and_codes() -> None:
    assert mailbox_of("A.b+c@x.org") == mailbox_of("ab@X.org")
    assert typed_code("K-7F3X") == "7f3x"
    assert typed_code("K-7F3XY") is None


def test_age_bands_share_no_year_and_leave_none_out() -> None:
    years = [birth_years(band, 2026) for band in AGE_BANDS]
    for (earliest, _latest), (_other, next_latest) in pairwise(years):
        assert earliest is not None
        assert next_latest == earliest - 1


def test_only_clear_gaps_are_named() -> None:
    assert [gap.label for gap in gaps([("A", 50, 50), ("B", 49, 50)])] == []
    assert gaps([]) == []
    assert [gap.label for gap in gaps([("A", 80, 40), ("B", 15, 40), ("C", 5, 20)])] == ["B", "C"]
