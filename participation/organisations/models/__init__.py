"""Tables of what organisations do on the platform."""

from participation.organisations.models.applications import (
    OrganisationApplication,
    OrganisationInvitation,
    OrganisationProfile,
)
from participation.organisations.models.contacts import ContactArea
from participation.organisations.models.dialogues import (
    Dialogue,
    DialogueMessage,
    DialogueStatement,
)
from participation.organisations.models.nominations import Nomination, NominationAsk

__all__ = [
    "ContactArea",
    "Dialogue",
    "DialogueMessage",
    "DialogueStatement",
    "Nomination",
    "NominationAsk",
    "OrganisationApplication",
    "OrganisationInvitation",
    "OrganisationProfile",
]
