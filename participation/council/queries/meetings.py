"""The council's meetings."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.activities.models import Activity
from participation.activities.rules.states import STILL_TO_COME
from participation.council.models import CouncilMeeting
from participation.council.queries.access import check_workspace, found
from participation.foundation.clock import now
from participation.foundation.permissions import Actor

SHOWN_MEETINGS = 12


def nearest_meeting(session: Session) -> CouncilMeeting | None:
    """The nearest meeting of any term that has not ended. One query."""
    return session.scalar(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(Activity.state.in_(STILL_TO_COME), Activity.ends_at > now())
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at, CouncilMeeting.id)
        .limit(1)
    )


def meetings_of(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilMeeting]:
    """A term's meetings, newest first. Raises NotFound for outsiders."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(CouncilMeeting.term_id == term_id)
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at.desc(), CouncilMeeting.id.desc())
        .limit(SHOWN_MEETINGS)
    ).all()


def next_meeting(
    session: Session, term_id: int, *, with_agenda: bool = False
) -> CouncilMeeting | None:
    """The nearest meeting that has not ended. The caller decides what to show of it."""
    more = [selectinload(CouncilMeeting.agenda)] if with_agenda else []
    return session.scalar(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(
            CouncilMeeting.term_id == term_id,
            Activity.state.in_(STILL_TO_COME),
            Activity.ends_at > now(),
        )
        .options(joinedload(CouncilMeeting.activity), *more)
        .order_by(Activity.starts_at, CouncilMeeting.id)
        .limit(1)
    )


def meeting_visible_to(session: Session, actor: Actor, public_id: str) -> CouncilMeeting:
    """One meeting with activity, agenda and decisions. Raises NotFound."""
    check_workspace(session, actor)
    return found(
        session.scalar(
            select(CouncilMeeting)
            .where(CouncilMeeting.public_id == public_id)
            .options(
                joinedload(CouncilMeeting.activity),
                selectinload(CouncilMeeting.agenda),
                selectinload(CouncilMeeting.decisions),
                joinedload(CouncilMeeting.term),
            )
        )
    )
