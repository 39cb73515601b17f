"""Leading meetings, writing at a table, and what becomes of it."""

from participation.meetings.services.closing import FewerThanDots, close_meeting, forget_table
from participation.meetings.services.handing import NOTES
from participation.meetings.services.leading import (
    MeetingDraft,
    add_table,
    change_meeting,
    open_meeting,
    plan_meeting,
    renew_code,
    review_statement,
)
from participation.meetings.services.own_data import forget_reader
from participation.meetings.services.publishing import (
    NotAllRead,
    StillPublished,
    WordsDestroyed,
    meeting_release_draft,
    publish_meeting,
    withdraw_meeting,
)
from participation.meetings.services.retention import WordsOfOldMeetings
from participation.meetings.services.writing import (
    NotOpen,
    TableFull,
    TooManyDots,
    agree,
    place_dots,
    remove_note,
    remove_statement,
    write_note,
    write_statement,
)

__all__ = [
    "NOTES",
    "FewerThanDots",
    "MeetingDraft",
    "NotAllRead",
    "NotOpen",
    "StillPublished",
    "TableFull",
    "TooManyDots",
    "WordsDestroyed",
    "WordsOfOldMeetings",
    "add_table",
    "agree",
    "change_meeting",
    "close_meeting",
    "forget_reader",
    "forget_table",
    "meeting_release_draft",
    "open_meeting",
    "place_dots",
    "plan_meeting",
    "publish_meeting",
    "remove_note",
    "remove_statement",
    "renew_code",
    "review_statement",
    "withdraw_meeting",
    "write_note",
    "write_statement",
]
