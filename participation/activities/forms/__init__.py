"""Forms of requests, activities, invitations and attendance."""

from participation.activities.forms.activities import (
    ActivityFilter,
    ActivityForm,
    CancelForm,
    activity_data,
    data_from_request,
    data_to_copy,
)
from participation.activities.forms.answering import AnswerForm, RecordForm, ReplyForm
from participation.activities.forms.attendance import NoteForm, PlainForm, WalkInForm
from participation.activities.forms.evaluation import EvaluationForm, ShownWordsForm
from participation.activities.forms.inviting import CandidateFilter, InviteForm
from participation.activities.forms.messages import ReminderForm, WordsForm, reminder_data
from participation.activities.forms.offers import Places
from participation.activities.forms.requests import (
    DeclineForm,
    MessageForm,
    RequestFilter,
    RequestForm,
    ReturnForm,
    WithdrawForm,
    copied_data,
    request_data,
)
from participation.activities.forms.rounds import RoundsForm, rounds_data

__all__ = [
    "ActivityFilter",
    "ActivityForm",
    "AnswerForm",
    "CancelForm",
    "CandidateFilter",
    "DeclineForm",
    "EvaluationForm",
    "InviteForm",
    "MessageForm",
    "NoteForm",
    "Places",
    "PlainForm",
    "RecordForm",
    "ReminderForm",
    "ReplyForm",
    "RequestFilter",
    "RequestForm",
    "ReturnForm",
    "RoundsForm",
    "ShownWordsForm",
    "WalkInForm",
    "WithdrawForm",
    "WordsForm",
    "activity_data",
    "copied_data",
    "data_from_request",
    "data_to_copy",
    "reminder_data",
    "request_data",
    "rounds_data",
]
