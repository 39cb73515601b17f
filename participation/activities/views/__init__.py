"""Pages of activities."""

from participation.activities.views import (
    answers,
    asking,
    attendance,
    draws,
    evaluations,
    handling,
    inviting,
    lundy,
    messages,
    overdue,
    planning,
    rounds,
)
from participation.activities.views.activities import activities
from participation.activities.views.calendars import calendars
from participation.activities.views.invitations import invitations
from participation.activities.views.requests import requests

__all__ = [
    "activities",
    "answers",
    "asking",
    "attendance",
    "calendars",
    "draws",
    "evaluations",
    "handling",
    "invitations",
    "inviting",
    "lundy",
    "messages",
    "overdue",
    "planning",
    "requests",
    "rounds",
]
