"""Reading meetings: those who lead them, those at a table, everybody."""

from participation.meetings.queries.leading import (
    MeetingLine,
    counted_dots,
    meeting_seen_by,
    meetings_visible_to,
    own_words,
    statement_to_review,
    tables_in_room,
    tables_of,
    waiting_statements,
)
from participation.meetings.queries.own_data import statements_read_by
from participation.meetings.queries.published import (
    published_meeting,
    published_meetings,
    releases_standing,
)
from participation.meetings.queries.room import (
    AtTable,
    at_table,
    chosen_by,
    has_dots,
    notes_of,
    places_taken,
    statements_in_room,
)

__all__ = [
    "AtTable",
    "MeetingLine",
    "at_table",
    "chosen_by",
    "counted_dots",
    "has_dots",
    "meeting_seen_by",
    "meetings_visible_to",
    "notes_of",
    "own_words",
    "places_taken",
    "published_meeting",
    "published_meetings",
    "releases_standing",
    "statement_to_review",
    "statements_in_room",
    "statements_read_by",
    "tables_in_room",
    "tables_of",
    "waiting_statements",
]
