"""What audits show and answer elsewhere."""

from participation.audits.providers.draws import TeamBeforeInterviews, TeamSuccessors
from participation.audits.providers.elsewhere import (
    AnswerToProposal,
    CompletedAudits,
    ProposalsToAnswer,
    RoundsAboutAudits,
    SummariesInNews,
    SummariesInSearch,
)
from participation.audits.providers.people import AuditorData, TeamPlacesMerged, TeamsOfWhoLeft
from participation.audits.providers.start import (
    ROOM,
    TO_DO,
    AuditsToLead,
    MyAudits,
)

__all__ = [
    "ROOM",
    "TO_DO",
    "AnswerToProposal",
    "AuditorData",
    "AuditsToLead",
    "CompletedAudits",
    "MyAudits",
    "ProposalsToAnswer",
    "RoundsAboutAudits",
    "SummariesInNews",
    "SummariesInSearch",
    "TeamBeforeInterviews",
    "TeamPlacesMerged",
    "TeamSuccessors",
    "TeamsOfWhoLeft",
]
