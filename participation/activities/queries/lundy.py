"""Reads of the four answers, and of the children invited."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import ActivityChildAnswers, Invitation
from participation.activities.rules.states import InvitationState
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import minors_among


def child_answers(session: Session, activity_id: int) -> ActivityChildAnswers | None:
    """The four answers for an activity; None while nobody has given them."""
    return session.get(ActivityChildAnswers, activity_id)


def member_ids_of(session: Session, public_ids: Collection[str]) -> set[int]:
    """The ids of people named by their public ids."""
    return set(session.scalars(select(BankMember.id).where(BankMember.public_id.in_(public_ids))))


def children_invited(session: Session, activity_id: int) -> int:
    """How many who may be under 18 are invited to the activity. Two queries."""
    invited = session.scalars(
        select(Invitation.member_id).where(
            Invitation.activity_id == activity_id, Invitation.state != InvitationState.WITHDRAWN
        )
    ).all()
    return len(minors_among(session, invited)) if invited else 0
