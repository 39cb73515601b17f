"""What the council decided at its meetings."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import CouncilDecision, CouncilMeeting
from participation.council.queries.access import check_workspace, found
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

SHOWN_DECISIONS = 20
MOST_OPEN = 200
# A decision with neither owner nor day asks nothing of anybody.
_IS_PROMISED = or_(
    CouncilDecision.due_on.is_not(None), CouncilDecision.owner_member_id.is_not(None)
)
_WITH_MEETING_AND_OWNER = (
    joinedload(CouncilDecision.meeting).joinedload(CouncilMeeting.activity),
    joinedload(CouncilDecision.owner_member),
)


def decisions_of(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilDecision]:
    """A term's decisions: what is not done first, then the newest."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilDecision)
        .join(CouncilMeeting, CouncilMeeting.id == CouncilDecision.meeting_id)
        .where(CouncilMeeting.term_id == term_id)
        .options(*_WITH_MEETING_AND_OWNER)
        .order_by(
            CouncilDecision.done_on.is_not(None),
            CouncilDecision.due_on.is_(None),
            CouncilDecision.due_on,
            CouncilDecision.id.desc(),
        )
        .limit(SHOWN_DECISIONS)
    ).all()


def open_decisions(session: Session, actor: Actor) -> Sequence[CouncilDecision]:
    """What somebody promised and has not done, in any term: the latest promise to keep first."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilDecision)
        .where(CouncilDecision.done_on.is_(None), _IS_PROMISED)
        .options(*_WITH_MEETING_AND_OWNER)
        .order_by(CouncilDecision.due_on.is_(None), CouncilDecision.due_on, CouncilDecision.id)
        .limit(MOST_OPEN)
    ).all()


def done_decisions(session: Session, actor: Actor) -> Sequence[CouncilDecision]:
    """What was promised and is done, newest first."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilDecision)
        .where(CouncilDecision.done_on.is_not(None))
        .options(*_WITH_MEETING_AND_OWNER)
        .order_by(CouncilDecision.done_on.desc(), CouncilDecision.id.desc())
        .limit(SHOWN_DECISIONS)
    ).all()


def own_promises(session: Session, account_id: int | None) -> Sequence[CouncilDecision]:
    """What one member has promised and not done, soonest first. One query."""
    return session.scalars(
        select(CouncilDecision)
        .join(BankMember, BankMember.id == CouncilDecision.owner_member_id)
        .where(BankMember.account_id == account_id, CouncilDecision.done_on.is_(None))
        .options(joinedload(CouncilDecision.meeting).joinedload(CouncilMeeting.activity))
        .order_by(CouncilDecision.due_on.is_(None), CouncilDecision.due_on, CouncilDecision.id)
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
