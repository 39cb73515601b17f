"""What activities declare: rooms, what waits, what a voice led to, counts, notices, search."""

from participation.activities.jobs import JOB_HANDLERS, SCHEDULES
from participation.activities.providers import (
    ACTIVITIES,
    REQUESTS,
    ActivitiesInSearch,
    ActivitiesWithParticipation,
    ActivityBegins,
    ActivityCard,
    AnswerCame,
    CourseCompleted,
    CourseOccasions,
    EntriesMerged,
    EvaluationCard,
    FreeSeatsCard,
    InvitationCard,
    InvitationData,
    InvitationsOnOwnPage,
    InvitationTrail,
    InvitedPeople,
    OpenActivities,
    PeopleWhoCame,
    QuestionCard,
    RequestCard,
    RequestsInSearch,
    RoundsAboutActivities,
    SeatDrawCard,
    SeatsDrawn,
    SomebodyLeft,
)
from participation.activities.services.retention import EndedRequests
from participation.activities.views import activities, calendars, invitations, requests
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission

FEATURE = Feature(
    name="activities",
    blueprints=(requests, activities, invitations, calendars),
    navigation=(
        NavItem(
            section="voices",
            order=20,
            label=to_translate("Requests"),
            endpoint="requests.request_list",
            permission=Permission.FILE_REQUEST,
            room=REQUESTS,
        ),
        NavItem(
            section="voices",
            order=30,
            label=to_translate("Activities"),
            endpoint="activities.activity_list",
            permission=Permission.READ_ACTIVITIES,
            room=ACTIVITIES,
        ),
    ),
    job_handlers=JOB_HANDLERS,
    schedules=SCHEDULES,
    start_cards=(
        RequestCard(),
        ActivityCard(),
        QuestionCard(),
        SeatDrawCard(),
        FreeSeatsCard(),
        InvitationCard(),
        EvaluationCard(),
    ),
    voice_trails=(InvitationTrail(),),
    own_page_sections=(InvitationsOnOwnPage(),),
    retention_rules=(EndedRequests(),),
    person_data=(InvitationData(),),
    search_sources=(ActivitiesInSearch(), RequestsInSearch()),
    indicator_counters=(ActivitiesWithParticipation(),),
    representation_counters=(InvitedPeople(), PeopleWhoCame()),
    subscribers=(EntriesMerged(), SomebodyLeft(), AnswerCame(), CourseCompleted(), SeatsDrawn()),
    public_notices=(OpenActivities(),),
    course_offers=(CourseOccasions(),),
    draw_deadlines=(ActivityBegins(),),
    round_subjects=(RoundsAboutActivities(),),
)
