"""What other pages show of assignments."""

from participation.assignments.providers.activities import AssignmentLinks, AssignmentSteps
from participation.assignments.providers.own_data import AssignmentData, ClaimData
from participation.assignments.providers.own_page import AssignmentsOnOwnPage
from participation.assignments.providers.start_cards import (
    ROOM,
    ApproveCard,
    DecideCard,
    OwnAssignmentCard,
    PayrollCard,
)
from participation.assignments.providers.subscribers import (
    CorrectClaims,
    EntriesMerged,
    ForgetWhoLeft,
    OfferClaims,
)
from participation.assignments.providers.trail import AssignmentTrail

__all__ = [
    "ROOM",
    "ApproveCard",
    "AssignmentData",
    "AssignmentLinks",
    "AssignmentSteps",
    "AssignmentTrail",
    "AssignmentsOnOwnPage",
    "ClaimData",
    "CorrectClaims",
    "DecideCard",
    "EntriesMerged",
    "ForgetWhoLeft",
    "OfferClaims",
    "OwnAssignmentCard",
    "PayrollCard",
]
