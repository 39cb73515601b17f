"""What happens elsewhere and matters to assignments."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.assignments.services import forget_assignments, offer_claims, take_back_offer
from participation.assignments.services.merging import move_assignments


class OfferClaims:
    """Attendance is closed: everybody who was there is offered compensation."""

    event_name = "attendance_closed"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        offer_claims(session, data["activity_id"])


class CorrectClaims:
    """Whoever was there after all is offered compensation; who was not, no longer."""

    event_name = "attendance_corrected"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        if data["present"]:
            offer_claims(session, data["activity_id"])
        else:
            take_back_offer(session, data["activity_id"], data["member_id"])


class ForgetWhoLeft:
    """Somebody left the bank: what they agreed to and declared goes. Claims can still be made."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_assignments(session, data["member_id"])


class EntriesMerged:
    """Agreements, declarations and claims follow to the entry that stays."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_assignments(session, data["kept_id"], data["gone_id"])
