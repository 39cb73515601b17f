"""Invitation rounds: chosen people get a personal link each."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.queries import Askable, askable
from participation.activities.rules.rounds import end_of_day
from participation.activities.rules.states import ActivityState, ChosenBy, InvitationState
from participation.activities.services.activities import move
from participation.activities.services.lundy import check_children
from participation.activities.services.mails import Invited, hashed_token, mail_all
from participation.activities.services.places import locked_activity
from participation.foundation.bulk import insert_rows
from participation.foundation.clock import now
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_events
from participation.foundation.permissions import Actor
from participation.interest_bank.services.asking import note_asked


class NotToBeAsked(Conflict):
    """Somebody chosen does not fit, rests, or has been asked already: the list is out of date."""

    code = "not_to_be_asked"


def invite_members(
    session: Session,
    actor: Actor,
    activity: Activity,
    member_public_ids: Collection[str],
    *,
    reply_by: datetime,
    reason: str,
    chosen_by: ChosenBy = ChosenBy.HAND,
) -> InvitationRound:
    """Invite chosen people in one round; each gets a mail in the same transaction.

    `reply_by` is the moment after which nobody can answer. `reason` says why these were chosen
    and stands in the event log (SELECTION.md, "Burden").

    Raises:
        Conflict: the activity is over, or the last day to answer is not between now and its start
            (or, where the seats are drawn by lot, the day of the draw).
        NotToBeAsked: somebody chosen must not be asked now.
        GuardianMissing, ChildrenNotConsidered: a child may not be invited yet (services/lundy.py).
    """
    locked = locked_activity(session, activity.id)
    if not locked.is_still_to_come or not now() < reply_by <= latest_reply_by(locked):
        raise Conflict
    people = _free_among(session, actor, locked, member_public_ids)
    check_children(session, locked, member_public_ids)
    invitation_round = _open_round(
        session, actor, locked, reply_by=reply_by, reason=reason, chosen_by=chosen_by
    )
    _ask(session, actor, locked, invitation_round, people)
    return invitation_round


def latest_reply_by(activity: Activity) -> datetime:
    """No answer can come later: the activity's start, or the beginning of the day of the draw."""
    if activity.draw_on is None or not activity.awaits_draw:
        return activity.starts_at
    return min(activity.starts_at, end_of_day(activity.draw_on - timedelta(days=1)))


def _free_among(
    session: Session, actor: Actor, activity: Activity, public_ids: Collection[str]
) -> list[Askable]:
    """The chosen people, each once. Raises NotToBeAsked unless all of them are free."""
    wanted = list(dict.fromkeys(public_ids))
    free = askable(session, actor, activity, wanted)
    if not wanted or len(free) < len(wanted):
        raise NotToBeAsked
    return [free[public_id] for public_id in wanted]


def _open_round(
    session: Session,
    actor: Actor,
    activity: Activity,
    *,
    reply_by: datetime,
    reason: str,
    chosen_by: ChosenBy,
) -> InvitationRound:
    """The next round; with the first one the activity is open."""
    invitation_round = InvitationRound(
        activity_id=activity.id,
        number=_next_number(session, activity.id),
        reply_by=reply_by,
        sent_at=now(),
        chosen_by=chosen_by,
        reason=reason,
        created_by_account_id=actor.account_id,
    )
    session.add(invitation_round)
    if activity.state == ActivityState.PLANNED:
        move(activity, ActivityState.OPEN)
    session.flush()
    return invitation_round


def _ask(
    session: Session,
    actor: Actor,
    activity: Activity,
    invitation_round: InvitationRound,
    people: Sequence[Askable],
) -> None:
    """Invitations with their log lines and mails, in bulk."""
    public_ids = [new_public_id() for _person in people]
    _insert(session, activity.id, invitation_round.id, people, public_ids)
    note_asked(
        session, select(Invitation.member_id).where(Invitation.round_id == invitation_round.id)
    )
    log_events(
        session,
        actor,
        "member_invited",
        "activity",
        activity.public_id,
        subject_account_ids=[person.account_id for person in people],
        reason=invitation_round.reason,
        round=invitation_round.number,
    )
    invited = [
        Invited(
            invitation_public_id=public_id,
            name=person.name,
            email=person.email,
            locale=person.locale,
        )
        for public_id, person in zip(public_ids, people, strict=True)
    ]
    words = activity.invitation_words
    mail_all(
        session,
        "invitation",
        activity,
        invited,
        reply_by=invitation_round.reply_by,
        words=words,
    )


def _insert(
    session: Session,
    activity_id: int,
    round_id: int,
    people: Sequence[Askable],
    public_ids: Sequence[str],
) -> None:
    moment = now()
    rows = [
        {
            "public_id": public_id,
            "activity_id": activity_id,
            "round_id": round_id,
            "member_id": person.member_id,
            "token_hash": hashed_token(public_id),
            "state": InvitationState.SENT,
            "created_at": moment,
        }
        for public_id, person in zip(public_ids, people, strict=True)
    ]
    insert_rows(session, Invitation, rows)


def _next_number(session: Session, activity_id: int) -> int:
    last = session.scalar(
        select(func.max(InvitationRound.number)).where(InvitationRound.activity_id == activity_id)
    )
    return (last or 0) + 1
