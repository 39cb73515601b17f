"""Calendar files, burden and states: pure rules."""

import doctest
from datetime import UTC, date, datetime

import pytest

from participation.activities.rules import burden, calendar, states
from participation.activities.rules.burden import Burden, RestReason, rest_for
from participation.activities.rules.calendar import CalendarEvent, calendar_file, escaped
from participation.interest_bank import rules as bank_rules


def event(**overrides: object) -> CalendarEvent:
    return CalendarEvent(
        **{
            "method": "REQUEST",
            "uid": "activity-abc@example.org",
            "sequence": 2,
            "stamped_at": datetime(2026, 11, 12, 11, 0, tzinfo=UTC),
            "starts_at": datetime(2026, 7, 3, 11, 0, tzinfo=UTC),
            "ends_at": datetime(2026, 7, 3, 13, 0, tzinfo=UTC),
            "summary": "Fokusgrupp; om a, b\\c",
            "location": "Storgatan 1, Nybro",
            "description": "Läs mer: http://localhost/i/" + "å" * 80,
            "url": "http://localhost/i/abc",
            "organiser": "no-reply@example.org",
            "attendee": "tuva@example.org",
            **overrides,
        }  # type: ignore[arg-type]
    )


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_file_follows_the_standard() -> None:
    content = calendar_file(event())
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in content.split(b"\r\n"):
        line.decode()  # no sign is cut in two
    lines = unfolded(content)
    assert "METHOD:REQUEST" in lines
    assert "UID:activity-abc@example.org" in lines
    assert "SEQUENCE:2" in lines
    assert "DTSTAMP:20261112T110000Z" in lines
    assert "DTSTART;TZID=Europe/Stockholm:20260703T130000" in lines
    assert "SUMMARY:Fokusgrupp\\; om a\\, b\\\\c" in lines
    assert lines.count("BEGIN:VTIMEZONE") == 1
    assert [line for line in lines if line.startswith("ATTENDEE")]


def test_winter_time_is_one_hour_from_utc() -> None:
    lines = unfolded(calendar_file(event(starts_at=datetime(2026, 12, 3, 12, 0, tzinfo=UTC))))
    assert "DTSTART;TZID=Europe/Stockholm:20261203T130000" in lines


def test_a_published_file_names_no_attendee_and_a_cancelled_one_says_so() -> None:
    assert b"ATTENDEE" not in calendar_file(event(method="PUBLISH"))
    assert "STATUS:CANCELLED" in unfolded(calendar_file(event(method="CANCEL")))


def test_nothing_typed_can_add_a_line_to_a_calendar() -> None:
    hostile = "x\r\nATTENDEE:mailto:evil@example.org"
    assert "\r" not in escaped(hostile)
    lines = unfolded(calendar_file(event(summary=hostile, location=hostile)))
    assert not [line for line in lines if line.startswith("ATTENDEE:")]


@pytest.mark.parametrize(
    ("asked", "last", "resting", "ceiling", "expected"),
    [
        (0, None, False, None, None),
        (0, None, True, None, RestReason.PAUSED),
        (2, date(2026, 3, 1), False, 2, RestReason.CEILING),
        (1, date(2026, 11, 1), False, 2, RestReason.RECENTLY_ASKED),
        (1, date(2026, 10, 1), False, 2, None),
        (9, date(2026, 1, 1), False, None, None),
    ],
)
def test_who_rests_and_why(
    asked: int, last: date | None, resting: bool, ceiling: int | None, expected: RestReason | None
) -> None:
    rest = rest_for(
        Burden(asked, last),
        today=date(2026, 11, 22),
        is_resting=resting,
        paused_until=None,
        yearly_ceiling=ceiling,
    )
    assert (rest.reason if rest else None) == expected


def test_every_state_has_a_word_and_moves() -> None:
    assert set(states.REQUEST_MOVES) == set(states.RequestState) == set(states.REQUEST_STATE_LABELS)
    assert set(states.ACTIVITY_MOVES) == set(states.ActivityState)
    assert set(states.INVITATION_STATE_LABELS) == set(states.InvitationState)
    assert set(states.KIND_LABELS) == set(states.ActivityKind)
    assert set(bank_rules.MOVES) == set(bank_rules.MemberState) == set(bank_rules.STATE_LABELS)


@pytest.mark.parametrize("module", [burden, calendar, bank_rules])
def test_the_examples_in_the_rules_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("070-123 45 67", "+46701234567"),
        ("+46 70 123 45 67", "+46701234567"),
        ("Tuva", None),
        ("2026", None),
    ],
)
def test_a_typed_phone_number_is_recognised(typed: str, expected: str | None) -> None:
    assert bank_rules.as_phone_number(typed) == expected
