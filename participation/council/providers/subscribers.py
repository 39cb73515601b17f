"""What the council does when something happened below it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.commitments.queries import commitment_by_id
from participation.council.queries import term_by_public_id
from participation.council.queries.drawing import OWNER_KIND
from participation.council.services import leave_council, reindex_statement, seat_successors
from participation.council.services.merging import move_seats
from participation.foundation.permissions import SYSTEM
from participation.selection.queries import draw_by_id


class SeatOfWhoLeft:
    """Somebody left the interest bank: their seat is empty from today."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        leave_council(session, SYSTEM, data["member_id"])


class SeatsMerged:
    """Seats and places in groups, also earlier ones, follow to the entry that stays."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_seats(session, data["kept_id"], data["gone_id"])


class SuccessorsDrawn:
    """The lot has named who takes over from somebody drawn: they are asked, or step in."""

    event_name = "place_in_draw_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        draw = draw_by_id(session, data["draw_id"])
        term = None
        if draw.owner_kind == OWNER_KIND:
            term = term_by_public_id(session, draw.owner_id)
        if term is not None:
            seat_successors(
                session, term, left=data["left_member_ids"], joined=data["joined_member_ids"]
            )


class AnswerToStatement:
    """A group answered: search finds the answer's words."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        reindex_statement(session, commitment_by_id(session, data["commitment_id"]))
