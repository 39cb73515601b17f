"""Forms of adoption, contact persons, user organisations, nominations and dialogues."""

from participation.organisations.forms.adoption import AdoptionForm, EndAdoptionForm
from participation.organisations.forms.contacts import ContactAreasForm, ContactForm
from participation.organisations.forms.dialogues import (
    DialogueForm,
    LineForm,
    MeetingForm,
    StatementForm,
    TogetherForm,
)
from participation.organisations.forms.nominations import AskForm, NominationForm
from participation.organisations.forms.user_organisations import (
    AboutForm,
    ApplicationForm,
    DeclineApplicationForm,
    SpeakerForm,
)

__all__ = [
    "AboutForm",
    "AdoptionForm",
    "ApplicationForm",
    "AskForm",
    "ContactAreasForm",
    "ContactForm",
    "DeclineApplicationForm",
    "DialogueForm",
    "EndAdoptionForm",
    "LineForm",
    "MeetingForm",
    "NominationForm",
    "SpeakerForm",
    "StatementForm",
    "TogetherForm",
]
