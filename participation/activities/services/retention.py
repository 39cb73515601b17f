"""Requests that led to nothing, and when they may go."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from participation.activities.models import (
    Activity,
    ParticipationRequest,
    RequestMessage,
    RequestStep,
)
from participation.activities.rules.states import RequestState
from participation.foundation.clock import from_local

ENDED_WITHOUT_ACTIVITY = (RequestState.DECLINED, RequestState.WITHDRAWN)


class EndedRequests:
    """Declined and withdrawn requests, with their dialogue, its contacts and their history."""

    key = "participation_requests"
    what = "requests that were declined or withdrawn, counted from their last step"
    proposed_days = 2 * 365

    def due(self, session: Session, before: date) -> int:
        return len(self._old(session, before))

    def destroy(self, session: Session, before: date) -> int:
        old = self._old(session, before)
        for table in (RequestMessage, RequestStep):
            session.execute(delete(table).where(table.request_id.in_(old)))
        session.execute(delete(ParticipationRequest).where(ParticipationRequest.id.in_(old)))
        return len(old)

    def _old(self, session: Session, before: date) -> Sequence[int]:
        newest_step = (
            select(func.max(RequestStep.created_at))
            .where(RequestStep.request_id == ParticipationRequest.id)
            .scalar_subquery()
        )
        return session.scalars(
            select(ParticipationRequest.id)
            .where(
                ParticipationRequest.state.in_(ENDED_WITHOUT_ACTIVITY),
                func.coalesce(newest_step, ParticipationRequest.created_at)
                < from_local(datetime.combine(before, time())),
                ~exists().where(Activity.request_id == ParticipationRequest.id),
            )
            .order_by(ParticipationRequest.id)
        ).all()
