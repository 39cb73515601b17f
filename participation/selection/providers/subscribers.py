"""What happens elsewhere and matters to draws."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.selection.services.leaving import forget_in_draws


class SomebodyLeft:
    """Who leaves the bank leaves their home's note and the link from every draw."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_in_draws(session, data["member_id"])
