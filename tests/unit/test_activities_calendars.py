"""Calendar files, read again by the library that calendars are read with."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from participation.activities.rules.calendars import CalendarEvent, Method, calendar_file


def event(**overrides: object) -> CalendarEvent:
    return CalendarEvent(
        **{
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


def read(content: bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(content)
    (found,) = calendar.walk("VEVENT")
    return calendar, found


def test_a_calendar_file_says_the_same_when_it_is_read_again() -> None:
    content = calendar_file(Method.REQUEST, [event()])
    calendar, found = read(content)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (found["UID"], found["SEQUENCE"]) == ("activity-abc@example.org", 2)
    assert found["SUMMARY"] == "Fokusgrupp; om a, b\\c"
    assert found["DESCRIPTION"].endswith("å" * 80)
    assert found["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert found["ATTENDEE"] == "mailto:tuva@example.org"
    assert found["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert found["ORGANIZER"] == "mailto:no-reply@example.org"


def test_lines_end_and_fold_as_the_standard_says() -> None:
    content = calendar_file(Method.REQUEST, [event()])
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no sign is cut in two


@pytest.mark.parametrize(
    ("moment", "wall", "offset_hours"),
    [
        (datetime(2026, 7, 3, 11, 0, tzinfo=UTC), "20260703T130000", 2),
        (datetime(2026, 12, 3, 12, 0, tzinfo=UTC), "20261203T130000", 1),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "20270328T013000", 1),  # before the change
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "20270328T033000", 2),  # and after it
        (datetime(2026, 10, 25, 16, 0, tzinfo=UTC), "20261025T170000", 1),
    ],
)
def test_times_are_swedish_wall_clocks_on_both_sides_of_the_change(
    moment: datetime, wall: str, offset_hours: int
) -> None:
    content = calendar_file(Method.PUBLISH, [event(starts_at=moment)])
    assert f"DTSTART;TZID=Europe/Stockholm:{wall}".encode() in content
    _calendar, found = read(content)
    assert found["DTSTART"].dt.utcoffset().total_seconds() == offset_hours * 3600


def test_the_zone_holds_for_every_year_to_come() -> None:
    content = calendar_file(Method.PUBLISH, [event()])
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert content.count(b"RRULE:FREQ=YEARLY") == 2
    assert b"RDATE" not in content


def test_a_published_file_names_no_attendee_and_a_cancelled_one_says_so() -> None:
    assert "ATTENDEE" not in read(calendar_file(Method.PUBLISH, [event()]))[1]
    assert read(calendar_file(Method.CANCEL, [event()]))[1]["STATUS"] == "CANCELLED"
    published = calendar_file(Method.PUBLISH, [event(is_cancelled=True)])
    assert read(published)[1]["STATUS"] == "CANCELLED"


def test_nothing_typed_can_add_a_line_to_a_calendar() -> None:
    hostile = "x\r\nATTENDEE:mailto:evil@example.org\x00\x1b"
    content = calendar_file(
        Method.REQUEST, [event(summary=hostile, location=hostile, attendee=None)]
    )
    _calendar, found = read(content)
    assert "ATTENDEE" not in found
    assert found["SUMMARY"] == "x\nATTENDEE:mailto:evil@example.org"


def test_a_subscription_holds_many_events_and_its_name() -> None:
    events = [event(uid=f"activity-{n}@example.org") for n in range(3)]
    calendar = Calendar.from_ical(calendar_file(Method.PUBLISH, events, "Mina aktiviteter"))
    assert len(calendar.walk("VEVENT")) == 3
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert calendar["X-WR-CALNAME"] == "Mina aktiviteter"
