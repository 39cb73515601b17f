"""Tables of requests, activities, invitations, attendance and what comes around them.

Importing the package registers them all.
"""

from participation.activities.models.activities import Activity, CoArranger
from participation.activities.models.attendance import Attendance
from participation.activities.models.calendars import CalendarSubscription
from participation.activities.models.evaluations import Evaluation
from participation.activities.models.invitations import Invitation, InvitationRound
from participation.activities.models.lundy import ActivityChildAnswers
from participation.activities.models.reminders import Reminder, SentReminder
from participation.activities.models.requests import (
    ParticipationRequest,
    RequestMessage,
    RequestStep,
)
from participation.activities.models.rounds import AutomaticRounds
from participation.activities.models.series import ActivitySeries

__all__ = [
    "Activity",
    "ActivityChildAnswers",
    "ActivitySeries",
    "Attendance",
    "AutomaticRounds",
    "CalendarSubscription",
    "CoArranger",
    "Evaluation",
    "Invitation",
    "InvitationRound",
    "ParticipationRequest",
    "Reminder",
    "RequestMessage",
    "RequestStep",
    "SentReminder",
]
