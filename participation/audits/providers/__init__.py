"""What audits show and answer elsewhere."""

from participation.audits.providers.draws import TeamBeforeInterviews, TeamSuccessors
from participation.audits.providers.elsewhere import (
    AnswerToProposal,
    CompletedAudits,
    ProposalsToAnswer,
    RoundsAboutAudits,
    SummariesInSearch,
)
from participation.audits.providers.people import AuditorData, TeamPlacesMerged, TeamsOfWhoLeft
from participation.audits.providers.start import (
    ROOM,
    AgreementsToAccept,
    AuditsToLead,
    CallsWanted,
    MyAudits,
    SummariesToConsentTo,
    TiesToDecide,
    TiesToDeclare,
    UsersToTell,
)

__all__ = [
    "ROOM",
    "AgreementsToAccept",
    "AnswerToProposal",
    "AuditorData",
    "AuditsToLead",
    "CallsWanted",
    "CompletedAudits",
    "MyAudits",
    "ProposalsToAnswer",
    "RoundsAboutAudits",
    "SummariesInSearch",
    "SummariesToConsentTo",
    "TeamBeforeInterviews",
    "TeamPlacesMerged",
    "TeamSuccessors",
    "TeamsOfWhoLeft",
    "TiesToDecide",
    "TiesToDeclare",
    "UsersToTell",
]
