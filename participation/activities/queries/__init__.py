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
    co_arrangers_of,
    occasions_of_course,
    public_activities,
    public_activity,
)
from participation.activities.queries.attendance import (
    accounts_that_came,
    addresses_of_those_who_came,
    attendances_of,
    completed_with_participation,
    those_who_came,
)
from participation.activities.queries.calendars import (
    CalendarEntry,
    entries_of_calendar,
    own_subscription,
)
from participation.activities.queries.candidate_pages import CandidatePage, candidate_page
from participation.activities.queries.evaluations import (
    EvaluationResult,
    evaluation_is_open,
    evaluation_result,
    evaluation_to_read,
    evaluations_to_give,
    own_evaluation,
)
from participation.activities.queries.invitations import (
    answer_counts,
    counts_by_round,
    invitation_by_token,
    invitation_of_activity,
    invitations_of,
    place_in_line,
    unanswered_questions,
)
from participation.activities.queries.matching import (
    Askable,
    Candidate,
    Candidates,
    askable,
    candidates,
)
from participation.activities.queries.overdue import (
    FreeSeats,
    attendance_not_noted,
    free_seats_after_last_day,
)
from participation.activities.queries.own import (
    OwnInvitation,
    OwnRecord,
    asked_this_year,
    own_invitations,
    own_record,
)
from participation.activities.queries.reminders import (
    reached_by,
    reminder_of,
    reminders_of,
    reminders_to_consider,
)
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
from participation.activities.queries.rounds import (
    activities_with_automatic_rounds,
    automatic_rounds,
    rounds_of,
    what_happens_next,
)
from participation.activities.queries.scope import may_see_activity
from participation.activities.queries.series import following_count, series_visible_to

__all__ = [
    "ActivityFilters",
    "Askable",
    "CalendarEntry",
    "Candidate",
    "CandidatePage",
    "Candidates",
    "EvaluationResult",
    "FreeSeats",
    "OwnInvitation",
    "OwnRecord",
    "RequestChoice",
    "RequestFilters",
    "RequestSort",
    "accounts_that_came",
    "activities_to_act_on",
    "activities_visible_to",
    "activities_with_automatic_rounds",
    "activity_by_public_id",
    "activity_of_request",
    "activity_visible_to",
    "addresses_of_those_who_came",
    "all_activities",
    "all_requests",
    "answer_counts",
    "askable",
    "asked_this_year",
    "attendance_not_noted",
    "attendances_of",
    "automatic_rounds",
    "candidate_page",
    "candidates",
    "co_arrangers_of",
    "completed_with_participation",
    "counts_by_round",
    "entries_of_calendar",
    "evaluation_is_open",
    "evaluation_result",
    "evaluation_to_read",
    "evaluations_to_give",
    "following_count",
    "free_seats_after_last_day",
    "going_requests_of",
    "invitation_by_token",
    "invitation_of_activity",
    "invitations_of",
    "may_see_activity",
    "messages_about",
    "occasions_of_course",
    "organisations_of",
    "own_evaluation",
    "own_invitations",
    "own_record",
    "own_subscription",
    "place_in_line",
    "public_activities",
    "public_activity",
    "reached_by",
    "reminder_of",
    "reminders_of",
    "reminders_to_consider",
    "request_visible_to",
    "requests_to_act_on",
    "requests_visible_to",
    "requests_with_unread",
    "rounds_of",
    "series_visible_to",
    "steps_of",
    "those_who_came",
    "unanswered_questions",
    "unread_of",
    "what_happens_next",
]
