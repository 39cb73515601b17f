"""What the council declares: its pages, what waits for whom, what it holds about a person."""

from participation.council.jobs import END_TERMS_DAILY, EndPastTerms
from participation.council.providers import (
    ROOM,
    AnswerToStatement,
    AwaitedAnswers,
    CouncilTrail,
    MinutesToAdjust,
    NextMeeting,
    OwnPromises,
    PeopleInTheCouncil,
    SeatData,
    SeatOfWhoLeft,
    SeatsFilled,
    SeatsMerged,
    StatementsInSearch,
    SuccessorsDrawn,
    VacantSeats,
    YoungInForums,
)
from participation.council.views import council
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission

FEATURE = Feature(
    name="council",
    blueprints=(council,),
    navigation=(
        NavItem(
            section="voices",
            order=40,
            label=to_translate("Development council"),
            endpoint="council.workspace",
            permission=Permission.COUNCIL_WORKSPACE,
            room=ROOM,
        ),
    ),
    start_cards=(
        VacantSeats(),
        NextMeeting(),
        MinutesToAdjust(),
        OwnPromises(),
        AwaitedAnswers(),
    ),
    voice_trails=(CouncilTrail(),),
    person_data=(SeatData(),),
    search_sources=(StatementsInSearch(),),
    indicator_counters=(SeatsFilled(), YoungInForums()),
    job_handlers=(EndPastTerms(),),
    schedules=(END_TERMS_DAILY,),
    representation_counters=(PeopleInTheCouncil(),),
    subscribers=(SeatsMerged(), SeatOfWhoLeft(), AnswerToStatement(), SuccessorsDrawn()),
)
