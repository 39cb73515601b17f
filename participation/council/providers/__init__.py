"""What the council shows on the pages of other floors, one file per kind."""

from participation.council.providers.addresses import ROOM
from participation.council.providers.indicators import SeatsFilled, YoungInForums
from participation.council.providers.person_data import SeatData
from participation.council.providers.representation import PeopleInTheCouncil
from participation.council.providers.search import StatementsInSearch
from participation.council.providers.start_cards import (
    AwaitedAnswers,
    MinutesToAdjust,
    NextMeeting,
    OwnPromises,
    VacantSeats,
)
from participation.council.providers.subscribers import (
    AnswerToStatement,
    SeatOfWhoLeft,
    SeatsMerged,
    SuccessorsDrawn,
)
from participation.council.providers.trails import CouncilTrail

__all__ = [
    "ROOM",
    "AnswerToStatement",
    "AwaitedAnswers",
    "CouncilTrail",
    "MinutesToAdjust",
    "NextMeeting",
    "OwnPromises",
    "PeopleInTheCouncil",
    "SeatData",
    "SeatOfWhoLeft",
    "SeatsFilled",
    "SeatsMerged",
    "StatementsInSearch",
    "SuccessorsDrawn",
    "VacantSeats",
    "YoungInForums",
]
