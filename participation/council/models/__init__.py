"""Tables of the council. What a member shows of themselves is theirs to choose, and encrypted."""

from participation.council.models.meetings import (
    TITLE_LENGTH,
    AgendaItem,
    CouncilDecision,
    CouncilMeeting,
    MinutesAdjuster,
)
from participation.council.models.offers import SeatOffer
from participation.council.models.representations import Representation
from participation.council.models.seats import CouncilSeat, SeatPast
from participation.council.models.statements import Statement
from participation.council.models.terms import NAME_LENGTH, CouncilTerm

__all__ = [
    "NAME_LENGTH",
    "TITLE_LENGTH",
    "AgendaItem",
    "CouncilDecision",
    "CouncilMeeting",
    "CouncilSeat",
    "CouncilTerm",
    "MinutesAdjuster",
    "Representation",
    "SeatOffer",
    "SeatPast",
    "Statement",
]
