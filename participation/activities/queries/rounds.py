"""Reads of rounds: how an activity stands, and what will go out by itself."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import (
    Activity,
    AutomaticRounds,
    Invitation,
    InvitationRound,
)
from participation.activities.rules.rounds import (
    Halt,
    NextRound,
    RoundSettings,
    Standing,
    next_round,
)
from participation.activities.rules.states import STILL_TO_COME, InvitationState
from participation.foundation.clock import now


def rounds_of(session: Session, activity_id: int) -> Sequence[InvitationRound]:
    """An activity's rounds, first to last."""
    return session.scalars(
        select(InvitationRound)
        .where(InvitationRound.activity_id == activity_id)
        .order_by(InvitationRound.number)
    ).all()


def automatic_rounds(session: Session, activity_id: int) -> AutomaticRounds | None:
    """What shall happen by itself, as it was decided."""
    return session.get(AutomaticRounds, activity_id)


def what_happens_next(
    session: Session, activity: Activity, automatic: AutomaticRounds | None
) -> NextRound | Halt:
    """The next round that goes out by itself, or why none does."""
    return next_round(_settings(automatic), standing(session, activity, automatic), now())


def standing(session: Session, activity: Activity, automatic: AutomaticRounds | None) -> Standing:
    """Seats, last day to answer and rounds sent so far. One query."""
    taken = select(func.count(Invitation.id)).where(
        Invitation.activity_id == activity.id, Invitation.state == InvitationState.ACCEPTED
    )
    last = select(func.max(InvitationRound.reply_by)).where(
        InvitationRound.activity_id == activity.id
    )
    row = session.execute(select(taken.scalar_subquery(), last.scalar_subquery())).one()
    return Standing(
        starts_at=activity.starts_at,
        is_still_to_come=activity.is_still_to_come,
        free_seats=activity.seats - row[0],
        last_reply_by=row[1],
        sent_count=automatic.sent_count if automatic else 0,
        is_stopped=bool(automatic and automatic.stopped_at),
        awaits_draw=activity.awaits_draw,
    )


def activities_with_automatic_rounds(session: Session) -> Sequence[int]:
    """Activities still to come for which further rounds may go out by themselves."""
    return session.scalars(
        select(AutomaticRounds.activity_id)
        .join(Activity, Activity.id == AutomaticRounds.activity_id)
        .where(
            AutomaticRounds.stopped_at.is_(None),
            AutomaticRounds.sent_count < AutomaticRounds.most_rounds,
            Activity.state.in_(STILL_TO_COME),
            Activity.starts_at > now(),
        )
        .order_by(AutomaticRounds.activity_id)
    ).all()


def _settings(automatic: AutomaticRounds | None) -> RoundSettings | None:
    if automatic is None:
        return None
    return RoundSettings(
        people_each=automatic.people_each,
        most_rounds=automatic.most_rounds,
        reply_days=automatic.reply_days,
        lead_days=automatic.lead_days,
    )
