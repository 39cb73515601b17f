"""What activities hand to the pages of other floors."""

from participation.activities.providers.draws import ActivityBegins
from participation.activities.providers.indicators import ActivitiesWithParticipation
from participation.activities.providers.own_data import InvitationData
from participation.activities.providers.own_page import InvitationsOnOwnPage
from participation.activities.providers.public import CourseOccasions, OpenActivities
from participation.activities.providers.representation import InvitedPeople, PeopleWhoCame
from participation.activities.providers.round_subject import RoundsAboutActivities
from participation.activities.providers.search import ActivitiesInSearch, RequestsInSearch
from participation.activities.providers.start_cards import (
    ACTIVITIES,
    REQUESTS,
    ActivityCard,
    EvaluationCard,
    FreeSeatsCard,
    InvitationCard,
    QuestionCard,
    RequestCard,
    SeatDrawCard,
)
from participation.activities.providers.subscribers import (
    AnswerCame,
    CourseCompleted,
    EntriesMerged,
    SeatsDrawn,
    SomebodyLeft,
)
from participation.activities.providers.trail import InvitationTrail

__all__ = [
    "ACTIVITIES",
    "REQUESTS",
    "ActivitiesInSearch",
    "ActivitiesWithParticipation",
    "ActivityBegins",
    "ActivityCard",
    "AnswerCame",
    "CourseCompleted",
    "CourseOccasions",
    "EntriesMerged",
    "EvaluationCard",
    "FreeSeatsCard",
    "InvitationCard",
    "InvitationData",
    "InvitationTrail",
    "InvitationsOnOwnPage",
    "InvitedPeople",
    "OpenActivities",
    "PeopleWhoCame",
    "QuestionCard",
    "RequestCard",
    "RequestsInSearch",
    "RoundsAboutActivities",
    "SeatDrawCard",
    "SeatsDrawn",
    "SomebodyLeft",
]
