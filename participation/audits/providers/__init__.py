"""What audits show and answer elsewhere."""

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
    MyAudits,
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
    "CompletedAudits",
    "MyAudits",
    "ProposalsToAnswer",
    "RoundsAboutAudits",
    "SummariesInSearch",
    "TeamPlacesMerged",
    "TeamsOfWhoLeft",
    "TiesToDecide",
    "TiesToDeclare",
    "UsersToTell",
]
