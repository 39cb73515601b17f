"""Forms of requests, activities, invitations and attendance."""

from participation.activities.forms.activities import (
    ActivityFilter,
    ActivityForm,
    CancelForm,
    activity_data,
    data_from_request,
)
from participation.activities.forms.answering import AnswerForm
from participation.activities.forms.attendance import AttendanceForm, PlainForm
from participation.activities.forms.inviting import CandidateFilter, InviteForm
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

__all__ = [
    "ActivityFilter",
    "ActivityForm",
    "AnswerForm",
    "AttendanceForm",
    "CancelForm",
    "CandidateFilter",
    "DeclineForm",
    "InviteForm",
    "MessageForm",
    "Places",
    "PlainForm",
    "RequestFilter",
    "RequestForm",
    "ReturnForm",
    "WithdrawForm",
    "activity_data",
    "copied_data",
    "data_from_request",
    "request_data",
]
