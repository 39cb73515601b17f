"""What the council does when something happened below it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.commitments.queries import commitment_by_id
from participation.council.services import leave_council, reindex_statement
from participation.council.services.merging import move_seats
from participation.foundation.permissions import SYSTEM


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


class AnswerToStatement:
    """A group answered: search finds the answer's words."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        reindex_statement(session, commitment_by_id(session, data["commitment_id"]))
