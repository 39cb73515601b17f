"""Seats drawn by lot: whom to invite among those who fit, who gets a seat of those who said yes.

The draw itself (quotas, sealing, seed) stands on selection's pages; here it is begun and used.
"""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.queries import Candidates, candidates
from participation.activities.rules.burden import REST_LABELS
from participation.activities.rules.states import OWNER_KIND, ChosenBy
from participation.activities.services.inviting import invite_members
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.selection.models import Draw
from participation.selection.queries import panel_of
from participation.selection.rules.owners import DrawOwner, HeldBack
from participation.selection.services import prepare_draw

WHOM_TO_INVITE = "invite"


def draw_whom_to_invite(
    session: Session, actor: Actor, activity: Activity, *, people: int, alternates: int
) -> Draw:
    """Begin a draw of `people` to invite, among everybody who fits and does not rest.

    Raises:
        Conflict: the activity is over.
        TooFewCandidates: no more fit than are to be invited.
        DrawUnderWay: one is going on already.
    """
    if not activity.is_still_to_come:
        raise Conflict
    fitting = candidates(session, actor, activity)
    return prepare_draw(
        session,
        actor,
        title=activity.title,
        seats=people,
        alternates=alternates,
        members=[candidate.member.id for candidate in fitting.free],
        owner=owner_of(activity, WHOM_TO_INVITE),
        organisation_id=activity.organisation_id,
        held_back=held_back(fitting),
        is_fictional=activity.is_fictional,
    )


def owner_of(activity: Activity, purpose: str) -> DrawOwner:
    """The activity as selection knows it."""
    return DrawOwner(
        kind=OWNER_KIND,
        public_id=activity.public_id,
        path=f"/activities/{activity.public_id}/draw",
        purpose=purpose,
    )


def held_back(fitting: Candidates) -> list[HeldBack]:
    """Those who fit but rest, by reason and by when they can be asked again."""
    counted: Counter[tuple[str, date]] = Counter()
    for candidate in fitting.resting:
        assert candidate.rest is not None
        again_on = candidate.rest.again_on or date.max
        counted[candidate.rest.reason, again_on] += 1
    return [
        HeldBack(str(REST_LABELS[reason]), count, None if again_on == date.max else again_on)
        for (reason, again_on), count in sorted(counted.items())
    ]


def drawn_but_not_invited(session: Session, activity: Activity, draw: Draw) -> list[str]:
    """The public ids of those who hold a drawn place and have no invitation yet, in drawn order."""
    asked = set(
        session.scalars(select(Invitation.member_id).where(Invitation.activity_id == activity.id))
    )
    return [
        place.person.member.public_id
        for place in panel_of(session, draw)
        if place.person.member is not None and place.person.member_id not in asked
    ]


def invite_those_drawn(
    session: Session, actor: Actor, activity: Activity, draw: Draw, *, reply_by: datetime
) -> InvitationRound:
    """Invite everybody who was drawn and is not invited yet, in one round chosen by lot.

    Raises Conflict when the draw is not this activity's or has no panel, and as `invite_members`.
    """
    if not draw.has_panel or (draw.owner_kind, draw.owner_id) != (OWNER_KIND, activity.public_id):
        raise Conflict
    return invite_members(
        session,
        actor,
        activity,
        drawn_but_not_invited(session, activity, draw),
        reply_by=reply_by,
        reason=_("Drawn by lot. Anybody can replay the draw."),
        chosen_by=ChosenBy.LOTTERY,
    )
