"""What happens elsewhere and matters to draws."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.selection.services.leaving import forget_in_draws
from participation.selection.services.merging import move_draws


class SomebodyLeft:
    """Who leaves the bank leaves their home's note and the link from every draw."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_in_draws(session, data["member_id"])


class EntriesMerged:
    """Numbers in draws and homes follow to the entry that stays."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_draws(session, data["kept_id"], data["gone_id"])
