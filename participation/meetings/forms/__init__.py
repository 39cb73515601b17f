"""The shape of what is said about a meeting, and of what a table writes."""

from participation.meetings.forms.leading import (
    CloseForm,
    MeetingForm,
    NewCodeForm,
    NewMeetingForm,
    ReviewForm,
    WithdrawForm,
)
from participation.meetings.forms.table import DotsForm, NoteForm, StatementForm

__all__ = [
    "CloseForm",
    "DotsForm",
    "MeetingForm",
    "NewCodeForm",
    "NewMeetingForm",
    "NoteForm",
    "ReviewForm",
    "StatementForm",
    "WithdrawForm",
]
