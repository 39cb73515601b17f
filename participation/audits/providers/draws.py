"""What audits tell draws, and hear from them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit
from participation.audits.queries.drawing import audit_of_draw
from participation.audits.rules.drawing import OWNER_KIND
from participation.audits.services import leave_with_swap
from participation.foundation.clock import day_start, now
from participation.selection.queries import draw_by_id


class TeamBeforeInterviews:
    """A team is drawn before its first interview; of an audit that is late nothing is said."""

    kind = OWNER_KIND

    def begins_at(self, session: Session, owner_id: str) -> datetime | None:
        first = session.scalar(select(Audit.period_from).where(Audit.public_id == owner_id))
        begins = None if first is None else day_start(first)
        return begins if begins is not None and begins > now() else None


class TeamSuccessors:
    """The lot has named who comes next; whoever a swap takes out of the panel leaves the team."""

    event_name = "place_in_draw_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        audit = audit_of_draw(session, draw_by_id(session, data["draw_id"]))
        if audit is not None:
            leave_with_swap(session, audit, data["left_member_ids"])
