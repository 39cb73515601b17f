"""Reads of requests, activities and invitations. Fetching is authorising.

Coordinators see everything; an organisation's contact persons see their own organisation's
requests and activities, never who was invited.
"""

from participation.activities.queries.activities import (
    ActivityFilters,
    activities_to_act_on,
    activities_visible_to,
    activity_by_public_id,
    activity_of_request,
    activity_visible_to,
    all_activities,
    occasions_of_course,
    public_activities,
    public_activity,
)
from participation.activities.queries.attendance import (
    accounts_that_came,
    attendances_of,
    completed_with_participation,
    those_who_came,
)
from participation.activities.queries.invitations import (
    answer_counts,
    invitation_by_token,
    invitation_of_activity,
    invitations_of,
    place_in_line,
    unanswered_questions,
)
from participation.activities.queries.matching import Candidate, Candidates, candidates
from participation.activities.queries.own import OwnInvitation, own_invitations
from participation.activities.queries.requests import (
    RequestChoice,
    RequestFilters,
    RequestSort,
    all_requests,
    going_requests_of,
    messages_about,
    organisations_of,
    request_visible_to,
    requests_to_act_on,
    requests_visible_to,
    requests_with_unread,
    steps_of,
    unread_of,
)

__all__ = [
    "ActivityFilters",
    "Candidate",
    "Candidates",
    "OwnInvitation",
    "RequestChoice",
    "RequestFilters",
    "RequestSort",
    "accounts_that_came",
    "activities_to_act_on",
    "activities_visible_to",
    "activity_by_public_id",
    "activity_of_request",
    "activity_visible_to",
    "all_activities",
    "all_requests",
    "answer_counts",
    "attendances_of",
    "candidates",
    "completed_with_participation",
    "going_requests_of",
    "invitation_by_token",
    "invitation_of_activity",
    "invitations_of",
    "messages_about",
    "occasions_of_course",
    "organisations_of",
    "own_invitations",
    "place_in_line",
    "public_activities",
    "public_activity",
    "request_visible_to",
    "requests_to_act_on",
    "requests_visible_to",
    "requests_with_unread",
    "steps_of",
    "those_who_came",
    "unanswered_questions",
    "unread_of",
]
