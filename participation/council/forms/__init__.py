"""The shape of input on the council's pages."""

from participation.council.forms.agenda import AgendaForm, PaperForm
from participation.council.forms.appointing import (
    ASK,
    RepresentationForm,
    SeatForm,
    StepInForm,
    VacateForm,
)
from participation.council.forms.meetings import MeetingForm, SeriesForm
from participation.council.forms.minutes import (
    AdjustersForm,
    DecisionForm,
    MinutesForm,
    minutes_form,
    point_choices,
)
from participation.council.forms.offers import YES, OfferForm
from participation.council.forms.own_seat import LeaveForm, ShownForm, ShownNameForm
from participation.council.forms.statements import (
    AgreeForm,
    FollowUpForm,
    SendForm,
    StatementForm,
)
from participation.council.forms.terms import TermForm

__all__ = [
    "ASK",
    "YES",
    "AdjustersForm",
    "AgendaForm",
    "AgreeForm",
    "DecisionForm",
    "FollowUpForm",
    "LeaveForm",
    "MeetingForm",
    "MinutesForm",
    "OfferForm",
    "PaperForm",
    "RepresentationForm",
    "SeatForm",
    "SendForm",
    "SeriesForm",
    "ShownForm",
    "ShownNameForm",
    "StatementForm",
    "StepInForm",
    "TermForm",
    "VacateForm",
    "minutes_form",
    "point_choices",
]
