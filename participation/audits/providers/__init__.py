"""What audits show and answer elsewhere."""

from participation.audits.providers.elsewhere import (
    AnswerToProposal,
    CompletedAudits,
    RoundsAboutAudits,
    SummariesInSearch,
)
from participation.audits.providers.people import AuditorData, TeamPlacesMerged, TeamsOfWhoLeft
from participation.audits.providers.start import ROOM, AuditsToLead, MyAudits

__all__ = [
    "ROOM",
    "AnswerToProposal",
    "AuditorData",
    "AuditsToLead",
    "CompletedAudits",
    "MyAudits",
    "RoundsAboutAudits",
    "SummariesInSearch",
    "TeamPlacesMerged",
    "TeamsOfWhoLeft",
]
