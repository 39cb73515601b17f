"""What organisations hand to the pages of other floors."""

from participation.organisations.providers.own_data import ContactData
from participation.organisations.providers.start_cards import (
    ORGANISATION,
    ORGANISATIONS,
    ApplicationCard,
    NominationCard,
)
from participation.organisations.providers.subscribers import EntriesMerged, NominatedJoined

__all__ = [
    "ORGANISATION",
    "ORGANISATIONS",
    "ApplicationCard",
    "ContactData",
    "EntriesMerged",
    "NominatedJoined",
    "NominationCard",
]
