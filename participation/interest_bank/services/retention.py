"""What coordinators wrote about people or for themselves, and when it may go."""

from participation.foundation.retention.rows import OldRows
from participation.interest_bank.models import CallRequest, Letter, MemberNote, SavedSearch

RETENTION_RULES = (
    OldRows(
        MemberNote,
        "notes about people, counted from the day they were written",
        2 * 365,
        lambda moment: MemberNote.created_at < moment,
    ),
    OldRows(
        Letter,
        "notes of calls and letters, counted from the day the person was told",
        365,
        lambda moment: Letter.told_at < moment,
    ),
    OldRows(
        CallRequest,
        "that somebody asked to be called, counted from when it was settled; "
        "name and number went at once",
        365,
        lambda moment: CallRequest.settled_at < moment,
    ),
    OldRows(
        SavedSearch,
        "saved searches, counted from the day they were saved",
        2 * 365,
        lambda moment: SavedSearch.created_at < moment,
    ),
)
