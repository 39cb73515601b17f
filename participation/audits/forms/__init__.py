"""The shape of input on the pages of audits."""

from participation.audits.forms.interviews import InterviewForm, QuestionForm
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
    "ClearForm",
    "DeclareForm",
    "FollowUpForm",
    "InterviewForm",
    "OrderForm",
    "PointForm",
    "ProposalForm",
    "QuestionForm",
    "ReportForm",
    "StepForm",
]
