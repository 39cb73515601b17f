"""What happens elsewhere and matters to organisations."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.organisations.services import join_nominated
from participation.organisations.services.merging import move_nominations


class NominatedJoined:
    """Somebody who said yes to a nomination has come into the bank: now they are invited."""

    event_name = "membership_confirmed"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        join_nominated(session, data["account_id"], data["member_id"])


class EntriesMerged:
    """Nominations follow to the entry that stays."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_nominations(session, data["kept_id"], data["gone_id"])
