"""The shape of input on the council's pages."""

from participation.council.forms.appointing import RepresentationForm, SeatForm, VacateForm
from participation.council.forms.meetings import AgendaForm, DecisionForm, MeetingForm, MinutesForm
from participation.council.forms.own_seat import ShownForm
from participation.council.forms.statements import SendForm, StatementForm
from participation.council.forms.terms import TermForm

__all__ = [
    "AgendaForm",
    "DecisionForm",
    "MeetingForm",
    "MinutesForm",
    "RepresentationForm",
    "SeatForm",
    "SendForm",
    "ShownForm",
    "StatementForm",
    "TermForm",
    "VacateForm",
]
