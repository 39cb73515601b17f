"""Reads of invitations: by link, by activity, their counts and the waiting list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import Activity, Invitation
from participation.activities.queries.scope import may_see_activity
from participation.activities.rules.states import STILL_TO_COME, InvitationState
from participation.activities.rules.tokens import TOKEN_PURPOSE
from participation.foundation.clock import now
from participation.foundation.crypto import token_hash
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission

INVITATION_WHOLE = (
    joinedload(Invitation.activity).options(
        joinedload(Activity.organisation), joinedload(Activity.unit), joinedload(Activity.area)
    ),
    joinedload(Invitation.round),
    joinedload(Invitation.member),
)


def invitation_by_token(session: Session, token: str) -> Invitation:
    """The invitation a personal link opens, with its activity. Raises NotFound."""
    found = session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == token_hash(TOKEN_PURPOSE, token))
        .options(*INVITATION_WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def invitation_of_activity(session: Session, activity: Activity, public_id: str) -> Invitation:
    """One invitation of an activity the caller may manage. Raises NotFound."""
    found = session.scalar(
        select(Invitation)
        .where(Invitation.activity_id == activity.id, Invitation.public_id == public_id)
        .options(joinedload(Invitation.member), joinedload(Invitation.round))
    )
    if found is None:
        raise NotFound
    return found


def invitations_of(session: Session, activity_id: int) -> Sequence[Invitation]:
    """An activity's invitations with their people and rounds, in the order they were sent."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.activity_id == activity_id)
        .options(joinedload(Invitation.member), joinedload(Invitation.round))
        .order_by(Invitation.round_id, Invitation.waiting_number.nulls_last(), Invitation.id)
    ).all()


def answer_counts(session: Session, activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """How many invitations each activity has in each state. One query."""
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = session.execute(
        select(Invitation.activity_id, Invitation.state, func.count())
        .where(Invitation.activity_id.in_(activity_ids))
        .group_by(Invitation.activity_id, Invitation.state)
    )
    for activity_id, state, count in rows:
        counted[activity_id][state] = count
    return counted


def counts_by_round(session: Session, activity_id: int) -> Mapping[int, Mapping[str, int]]:
    """How many invitations each round of an activity has in each state, by round id. One query."""
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = session.execute(
        select(Invitation.round_id, Invitation.state, func.count())
        .where(Invitation.activity_id == activity_id)
        .group_by(Invitation.round_id, Invitation.state)
    )
    for round_id, state, count in rows:
        counted[round_id][state] = count
    return counted


def unanswered_questions(session: Session, actor: Actor) -> Sequence[tuple[Activity, int]]:
    """Activities to come in which invited people wait for an answer, and how many do."""
    rows = session.execute(
        select(Activity, func.count(Invitation.id))
        .join(Invitation, Invitation.activity_id == Activity.id)
        .where(
            may_see_activity(actor, Permission.MANAGE_ACTIVITIES),
            Activity.state.in_(STILL_TO_COME),
            Invitation.state != InvitationState.WITHDRAWN,
            Invitation.asked_at.is_not(None),
            Invitation.replied_at.is_(None),
            Activity.starts_at > now(),
        )
        .group_by(Activity.id)
        .order_by(Activity.starts_at, Activity.id)
    )
    return [(activity, count) for activity, count in rows]


def place_in_line(session: Session, invitation: Invitation) -> int | None:
    """The person's place on the waiting list, from 1; None when not on it."""
    if invitation.state != InvitationState.WAITING:
        return None
    before = session.scalar(
        select(func.count()).where(
            Invitation.activity_id == invitation.activity_id,
            Invitation.state == InvitationState.WAITING,
            Invitation.waiting_number < invitation.waiting_number,
        )
    )
    return (before or 0) + 1
