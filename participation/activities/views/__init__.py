"""Pages of activities."""

from participation.activities.views import answers, asking, attendance, handling, inviting, lundy
from participation.activities.views.activities import activities
from participation.activities.views.invitations import invitations
from participation.activities.views.requests import requests

__all__ = [
    "activities",
    "answers",
    "asking",
    "attendance",
    "handling",
    "invitations",
    "inviting",
    "lundy",
    "requests",
]
