"""Calendar files as text (RFC 5545), sent as scheduling messages (RFC 5546). Pure.

One event per file: stable UID, integer SEQUENCE, times in Europe/Stockholm with their own
VTIMEZONE, CRLF line ends, lines folded at 75 octets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from participation.foundation.clock import to_local

ZONE = "Europe/Stockholm"
FOLD_AT = 75  # octets, without the line end (RFC 5545, 3.1)

_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
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
)


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """What a calendar needs to know. `method` is REQUEST, CANCEL or PUBLISH.

    `organiser` and `attendee` are e-mail addresses; PUBLISH takes no attendee (RFC 5546, 3.2.1).
    """

    method: str
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


def calendar_file(event: CalendarEvent) -> bytes:
    """The whole file in UTF-8."""
    return b"".join(_folded(line) for line in _lines(event))


def _lines(event: CalendarEvent) -> Iterator[str]:
    yield from (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Medskapa//Participation//SV",
        "CALSCALE:GREGORIAN",
        f"METHOD:{event.method}",
        *_ZONE_LINES,
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{event.stamped_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={ZONE}:{_local(event.starts_at)}",
        f"DTEND;TZID={ZONE}:{_local(event.ends_at)}",
        f"SUMMARY:{escaped(event.summary)}",
        f"LOCATION:{escaped(event.location)}",
        f"DESCRIPTION:{escaped(event.description)}",
        f"URL:{event.url}",
        f"STATUS:{'CANCELLED' if event.method == 'CANCEL' else 'CONFIRMED'}",
        f"ORGANIZER:mailto:{event.organiser}",
    )
    if event.attendee is not None and event.method != "PUBLISH":
        # The person has already answered by the link, so the calendar need not ask again.
        yield f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{event.attendee}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _local(moment: datetime) -> str:
    return f"{to_local(moment):%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    r"""A TEXT value (RFC 5545, 3.3.11).

    >>> escaped("a,b;c\nd")
    'a\\,b\\;c\\nd'
    """
    kept = "".join(sign for sign in text if sign >= " " or sign == "\n")
    for plain, quoted in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(plain, quoted)
    return kept


def _folded(line: str) -> bytes:
    """One line with CRLF; long ones go on after CRLF and a space, never inside a sign."""
    pieces: list[bytes] = []
    current = b""
    for sign in line:
        encoded = sign.encode()
        if len(current) + len(encoded) > FOLD_AT:
            pieces.append(current)
            current = b" "
        current += encoded
    pieces.append(current)
    return b"\r\n".join(pieces) + b"\r\n"
