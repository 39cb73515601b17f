"""Calendar files (RFC 5545), sent as scheduling messages (RFC 5546), written by icalendar. Pure.

Stable UID, integer SEQUENCE, times in Europe/Stockholm with their own VTIMEZONE. The zone is ours:
the library would list each change of the clocks up to 2038, and nothing after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, Timezone, vCalAddress

from participation.foundation.clock import to_local

PRODUCT = "-//Medskapa//Participation//SV"
REFRESHED_EVERY = timedelta(hours=4)

STOCKHOLM = Timezone.from_ical(
    "\r\n".join(
        (
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Stockholm",
            "BEGIN:STANDARD",
            "DTSTART:19961027T030000",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "TZNAME:CET",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "END:STANDARD",
            "BEGIN:DAYLIGHT",
            "DTSTART:19960331T020000",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "TZNAME:CEST",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "END:DAYLIGHT",
            "END:VTIMEZONE",
            "",
        )
    )
)


class Method(StrEnum):
    """What the file asks of a calendar; the mail's MIME parameter says the same."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """What a calendar needs to know. `organiser` and `attendee` are e-mail addresses."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    url: str
    organiser: str
    attendee: str | None = None
    is_cancelled: bool = False


def calendar_file(method: Method, events: Sequence[CalendarEvent], name: str = "") -> bytes:
    """The whole file in UTF-8. `name` is what a subscribed calendar calls itself.

    PUBLISH takes no attendee (RFC 5546, 3.2.1).
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    if name:
        calendar.add("X-WR-CALNAME", _kept(name))
        calendar.add("REFRESH-INTERVAL", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", REFRESHED_EVERY)
    calendar.add_component(STOCKHOLM)
    for event in events:
        calendar.add_component(_component(method, event))
    return bytes(calendar.to_ical())


def _component(method: Method, event: CalendarEvent) -> Event:
    is_cancelled = event.is_cancelled or method is Method.CANCEL
    made = Event()
    made.add("UID", event.uid)
    made.add("SEQUENCE", event.sequence)
    made.add("DTSTAMP", event.stamped_at)
    made.add("DTSTART", to_local(event.starts_at))
    made.add("DTEND", to_local(event.ends_at))
    made.add("SUMMARY", _kept(event.summary))
    made.add("LOCATION", _kept(event.location))
    made.add("DESCRIPTION", _kept(event.description))
    made.add("URL", event.url)
    made.add("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED")
    made.add("ORGANIZER", vCalAddress(f"mailto:{event.organiser}"))
    if event.attendee is not None and method is not Method.PUBLISH:
        made.add("ATTENDEE", _attendee(event.attendee))
    return made


def _attendee(address: str) -> vCalAddress:
    """Somebody who has answered by the link already, so the calendar need not ask again."""
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    return attendee


def _kept(text: str) -> str:
    """Without control characters, which no calendar can hold; line breaks stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign >= " " or sign == "\n")
