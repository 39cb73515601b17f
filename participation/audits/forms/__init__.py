"""The shape of input on the pages of audits."""

from participation.audits.forms.field import ChoosePinForm, FieldInterviewForm, KnownPinForm
from participation.audits.forms.interviews import (
    CopyForm,
    InterviewForm,
    PickForm,
    QuestionForm,
    interview_form,
)
from participation.audits.forms.reports import (
    POINT_KINDS,
    TITLE_LENGTH,
    PointForm,
    ProposalForm,
    ReportForm,
)
from participation.audits.forms.teams import AuditorForm, ClearForm, DeclareForm
from participation.audits.forms.way import FollowUpForm, OrderForm, StepForm

__all__ = [
    "POINT_KINDS",
    "TITLE_LENGTH",
    "AuditorForm",
    "ChoosePinForm",
    "ClearForm",
    "CopyForm",
    "DeclareForm",
    "FieldInterviewForm",
    "FollowUpForm",
    "InterviewForm",
    "KnownPinForm",
    "OrderForm",
    "PickForm",
    "PointForm",
    "ProposalForm",
    "QuestionForm",
    "ReportForm",
    "StepForm",
    "interview_form",
]
