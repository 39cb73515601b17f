"""What happens elsewhere and matters to training."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.training.services import forget_interests


class InterestEnds:
    """Somebody left the bank: they no longer want to be told."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_interests(session, data["account_id"])
