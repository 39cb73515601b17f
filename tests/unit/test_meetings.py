"""Meetings: codes of tables, and what of a result the gate lets out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.tables import Thresholds
from participation.meetings.rules.codes import (
    in_groups,
    new_place_code,
    read_code,
    table_code,
    table_hash,
)
from participation.meetings.rules.result import Statement, result_draft, shown_statements

LIMITS = Thresholds()


def statement(number: int, dots: int, **more: object) -> Statement:
    told = Statement(
        number=number,
        text=f"Påstående nummer {number}",
        language="sv",
        is_reviewed=True,
        is_shown=True,
        dots=dots,
    )
    return replace(told, **more)  # type: ignore[arg-type]


def decision(*statements: Statement, participants: int = 20, people: int = 20, each: int = 3):  # type: ignore[no-untyped-def]
    draft = result_draft(
        public_id="bcdfghjkmnpq",
        title="Första mötet",
        content={"kind": "dialogue", "held_on": "2026-11-02", "place": ""},
        participants=participants,
        people=people,
        dots_each=each,
        statements=statements,
        is_fictional=True,
    )
    return decide(draft, [], LIMITS)


def test_a_tables_code_is_always_the_same_and_no_other_tables() -> None:
    codes = {table_code("bcdfghjkmnpq", number) for number in range(1, 21)}
    assert len(codes) == 20
    assert table_code("bcdfghjkmnpq", 1) in codes
    assert table_code("bcdfghjkmnpr", 1) not in codes
    assert not codes & {table_code("bcdfghjkmnpq", number, 2) for number in range(1, 21)}
    assert table_code("bcdfghjkmnpq", 1, 1) in codes
    code = table_code("bcdfghjkmnpq", 7)
    assert read_code(f" {in_groups(code).lower()} ") == code
    assert code not in table_hash(code)


def test_a_code_that_cannot_be_one_is_none() -> None:
    assert read_code("bord 3") is None
    assert read_code("U" * 16) is None
    assert read_code(new_place_code()) is not None


def test_counts_of_one_to_four_people_are_hidden_and_others_are_told() -> None:
    made = decision(statement(1, 12), statement(2, 3), statement(3, 0), statement(4, 17))
    assert made.is_allowed
    told = {one.text: one.dots for one in shown_statements(dict(made.payload))}
    assert told == {
        "Påstående nummer 1": 12,
        "Påstående nummer 2": None,
        "Påstående nummer 3": None,  # nobody is hidden among the few
        "Påstående nummer 4": None,  # all but three
    }


def test_no_dots_are_told_when_fewer_than_five_placed_some() -> None:
    made = decision(statement(1, 4), statement(2, 2), people=4)
    assert made.is_allowed
    assert made.payload["tables"] == []
    assert made.payload["respondents"] is None
    assert [one.dots for one in shown_statements(dict(made.payload))] == [None, None]


def test_words_of_fewer_than_five_people_are_not_published() -> None:
    assert not decision(statement(1, 0), participants=4, people=0).is_allowed


def test_what_nobody_has_let_through_is_not_in_the_payload() -> None:
    secret = "Syster Agneta på avdelning tre"
    made = decision(statement(1, 8), statement(2, 9, text=secret, is_shown=False))
    assert made.is_allowed
    assert secret not in str(made.payload)
    assert len(shown_statements(dict(made.payload))) == 1


def test_a_shown_statement_that_nobody_has_read_stops_the_result() -> None:
    assert not decision(statement(1, 8, is_reviewed=False)).is_allowed


def test_the_statement_with_most_dots_stands_first() -> None:
    made = decision(statement(1, 6), statement(2, 11), statement(3, 2))
    assert [one.dots for one in shown_statements(dict(made.payload))] == [11, 6, None]


def test_what_each_could_give_at_most_does_not_give_a_hidden_count_away() -> None:
    made = decision(*(statement(n, 7) for n in (1, 2, 3)), statement(4, 3), people=12, each=2)
    shown = [one.dots for one in shown_statements(dict(made.payload)) if one.dots is not None]
    assert shown == [7, 7], "24 dots at most: three times seven would leave three for the hidden"


def test_one_dot_each_adds_up_so_that_no_hidden_count_stands_alone() -> None:
    made = decision(statement(1, 10), statement(2, 8), statement(3, 2), people=20, each=1)
    hidden = [one.dots for one in shown_statements(dict(made.payload)) if one.dots is None]
    assert len(hidden) == 2


@given(
    chosen=st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=3), min_size=5, max_size=40),
)
def test_a_hidden_count_may_always_be_nobody_or_at_least_five(chosen: list[set[int]]) -> None:
    counts = [sum(number in one for one in chosen) for number in range(6)]
    made = decision(
        *(statement(number + 1, count) for number, count in enumerate(counts)),
        participants=len(chosen),
        people=len(chosen),
    )
    shown = [one.dots for one in shown_statements(dict(made.payload)) if one.dots is not None]
    assert all(5 <= count <= len(chosen) - 5 for count in shown)
    if len(shown) < len(counts):
        assert 3 * len(chosen) - sum(shown) >= 5
