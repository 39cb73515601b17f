"""The council as everybody sees it: only what its members agreed to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.council.models import CouncilMeeting, CouncilSeat, CouncilTerm, Representation
from participation.council.queries.meetings import public_meetings
from participation.council.queries.representations import (
    Places,
    leading_seat_ids,
    open_representations,
    resident_places,
)
from participation.council.queries.seats import seats_as_shown
from participation.council.queries.statements import StatementLine, sent_statements
from participation.council.queries.terms import current_term


@dataclass(frozen=True)
class CouncilPage:
    """What everybody may see of the council."""

    term: CouncilTerm
    seats: Sequence[CouncilSeat]
    representations: Sequence[Representation]
    statements: Sequence[StatementLine] = ()
    coming: Sequence[CouncilMeeting] = ()
    minutes: Sequence[CouncilMeeting] = ()
    places: Sequence[Places] = ()

    @property
    def ordinary(self) -> Sequence[CouncilSeat]:
        return [seat for seat in self.seats if not seat.is_alternate]

    @property
    def filled(self) -> int:
        return sum(not seat.is_vacant for seat in self.ordinary)

    @property
    def leading(self) -> frozenset[int]:
        return leading_seat_ids(self.representations)

    @property
    def waiting(self) -> int:
        return sum(line.waits for line in self.statements)

    @property
    def late(self) -> int:
        return sum(line.days_late > 0 for line in self.statements)

    @property
    def alternates(self) -> Sequence[CouncilSeat]:
        return [seat for seat in self.seats if seat.is_alternate]

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.statements)

    def map_seats(self) -> Sequence[Mapping[str, object]]:
        """The ordinary seats as the seat map draws them."""
        return [
            {"number": s.number, "is_lead": s.id in self.leading, "is_vacant": s.is_vacant}
            for s in self.ordinary
        ]

    def places_of(self, seat: CouncilSeat) -> Sequence[Representation]:
        return [item for item in self.representations if item.seat_id == seat.id]


def council_page(session: Session) -> CouncilPage | None:
    """The current council, or None before there is one."""
    term = current_term(session)
    if term is None:
        return None
    held = open_representations(session)
    meetings = public_meetings(session, term.id)
    return CouncilPage(
        term=term,
        seats=seats_as_shown(session, term.id),
        representations=held,
        statements=sent_statements(session, term.id),
        coming=[one for one in meetings if one.published_on is None],
        minutes=[one for one in reversed(meetings) if one.published_on is not None],
        places=resident_places(session, held),
    )
