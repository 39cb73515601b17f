"""Reads of the four answers, and of the children invited."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import ActivityChildAnswers, Invitation
from participation.activities.rules.states import InvitationState
from participation.interest_bank.queries import minors_among


def child_answers(session: Session, activity_id: int) -> ActivityChildAnswers | None:
    """The four answers for an activity; None while nobody has given them."""
    return session.get(ActivityChildAnswers, activity_id)


def children_invited(session: Session, activity_id: int) -> int:
    """How many who may be under 18 are invited to the activity. Two queries."""
    invited = session.scalars(
        select(Invitation.member_id).where(
            Invitation.activity_id == activity_id, Invitation.state != InvitationState.WITHDRAWN
        )
    ).all()
    return len(minors_among(session, invited)) if invited else 0
