"""Rounds that go out by themselves: decided, stopped, sent when their time has come."""

import secrets

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import actor_of
from participation.activities.models import Activity, AutomaticRounds, InvitationRound
from participation.activities.queries import Candidate, automatic_rounds, candidates
from participation.activities.queries.rounds import what_happens_next
from participation.activities.rules.rounds import NextRound, RoundSettings
from participation.activities.rules.states import ChosenBy
from participation.activities.services.inviting import invite_members
from participation.activities.services.places import locked_activity
from participation.foundation.clock import now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.queries import minors_among


def plan_rounds(
    session: Session,
    actor: Actor,
    activity: Activity,
    settings: RoundSettings,
    *,
    chosen_by: ChosenBy,
    reason: str,
) -> AutomaticRounds:
    """Decide that further rounds go out by themselves; what was decided before is replaced.

    Raises Conflict when the activity is over or called off.
    """
    locked = locked_activity(session, activity.id)
    if not locked.is_still_to_come:
        raise Conflict
    if actor.account_id is None:
        raise NotFound
    decided = automatic_rounds(session, locked.id) or AutomaticRounds(activity_id=locked.id)
    for name, value in vars(settings).items():
        setattr(decided, name, value)
    decided.chosen_by, decided.reason = chosen_by, reason
    decided.set_by_account_id = actor.account_id
    decided.stopped_at = None
    decided.sent_count = 0
    session.add(decided)
    log_event(
        session,
        actor,
        "rounds_planned",
        "activity",
        locked.public_id,
        reason=reason,
        people=settings.people_each,
        rounds=settings.most_rounds,
    )
    session.flush()
    return decided


def stop_rounds(session: Session, actor: Actor, activity: Activity) -> None:
    """Nothing more goes out by itself. Raises NotFound when nothing was planned."""
    locked = locked_activity(session, activity.id)
    decided = automatic_rounds(session, locked.id)
    if decided is None:
        raise NotFound
    decided.stopped_at = decided.stopped_at or now()
    log_event(session, actor, "rounds_stopped", "activity", locked.public_id)
    session.flush()


def send_round_if_due(session: Session, activity_id: int) -> InvitationRound | None:
    """Send one activity's next round when its time has come, in the name of who decided it.

    Two workers cannot both send it: a sent round moves the last day to answer, under the lock.
    """
    activity = locked_activity(session, activity_id)
    decided = automatic_rounds(session, activity_id)
    if decided is None:
        return None
    coming = what_happens_next(session, activity, decided)
    if not isinstance(coming, NextRound) or coming.goes_at > now():
        return None
    actor = actor_of(session, session.get_one(Account, decided.set_by_account_id))
    if not actor.scope(Permission.MANAGE_ACTIVITIES).has_organisation(activity.organisation_id):
        return None
    chosen = next_in_order(session, actor, activity, decided)
    if not chosen:
        return None
    decided.sent_count += 1
    return invite_members(
        session,
        actor,
        activity,
        [candidate.member.public_id for candidate in chosen],
        reply_by=coming.reply_by,
        reason=decided.reason,
        chosen_by=ChosenBy(decided.chosen_by),
    )


def next_in_order(
    session: Session, actor: Actor, activity: Activity, decided: AutomaticRounds
) -> list[Candidate]:
    """Who is asked next: the least asked first, or anybody who may be asked, in random order.

    Children are asked by hand only, by somebody who has answered the four questions for them.
    """
    free = list(candidates(session, actor, activity).free)
    minors = minors_among(session, [candidate.member.id for candidate in free])
    free = [candidate for candidate in free if candidate.member.id not in minors]
    if decided.chosen_by == ChosenBy.SHUFFLE:
        secrets.SystemRandom().shuffle(free)
    return free[: decided.people_each]
