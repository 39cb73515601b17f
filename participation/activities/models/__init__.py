"""Tables of requests, activities, invitations and attendance.

Importing the package registers them all.
"""

from participation.activities.models.activities import Activity
from participation.activities.models.attendance import Attendance
from participation.activities.models.invitations import Invitation, InvitationRound
from participation.activities.models.lundy import ActivityChildAnswers
from participation.activities.models.requests import (
    ParticipationRequest,
    RequestMessage,
    RequestStep,
)

__all__ = [
    "Activity",
    "ActivityChildAnswers",
    "Attendance",
    "Invitation",
    "InvitationRound",
    "ParticipationRequest",
    "RequestMessage",
    "RequestStep",
]
