"""What the council decided at its meetings."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import CouncilDecision, CouncilMeeting
from participation.council.queries.access import check_workspace, found
from participation.foundation.permissions import Actor

SHOWN_DECISIONS = 20


def decisions_of(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilDecision]:
    """A term's decisions: what is not done first, then the newest."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilDecision)
        .join(CouncilMeeting, CouncilMeeting.id == CouncilDecision.meeting_id)
        .where(CouncilMeeting.term_id == term_id)
        .options(joinedload(CouncilDecision.meeting).joinedload(CouncilMeeting.activity))
        .order_by(
            CouncilDecision.done_on.is_not(None),
            CouncilDecision.due_on.is_(None),
            CouncilDecision.due_on,
            CouncilDecision.id.desc(),
        )
        .limit(SHOWN_DECISIONS)
    ).all()


def decision_of_meeting(
    session: Session, meeting: CouncilMeeting, public_id: str
) -> CouncilDecision:
    """One decision of a meeting the caller may see. Raises NotFound."""
    return found(
        session.scalar(
            select(CouncilDecision).where(
                CouncilDecision.meeting_id == meeting.id, CouncilDecision.public_id == public_id
            )
        )
    )


def count_decisions_open(session: Session, term_id: int) -> int:
    """Decisions with a date that are not done."""
    return (
        session.scalar(
            select(func.count(CouncilDecision.id))
            .join(CouncilMeeting, CouncilMeeting.id == CouncilDecision.meeting_id)
            .where(CouncilMeeting.term_id == term_id, CouncilDecision.done_on.is_(None))
        )
        or 0
    )
