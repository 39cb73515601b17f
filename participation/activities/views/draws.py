"""Drawing lots for an activity: begin a draw, see how it stands, invite those who were drawn."""

from typing import Any

from flask import flash

from participation.activities.forms.draws import InviteDrawnForm, NewDrawForm
from participation.activities.models import Activity
from participation.activities.queries import answer_counts, candidate_page
from participation.activities.rules.states import OWNER_KIND, InvitationState
from participation.activities.services.draws import (
    WHOM_TO_INVITE,
    draw_whom_to_invite,
    drawn_but_not_invited,
    invite_those_drawn,
)
from participation.activities.services.inviting import NotToBeAsked
from participation.activities.services.lundy import ChildrenNotConsidered, GuardianMissing
from participation.activities.services.seat_draws import SEATS, draw_seats, may_draw_seats
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.inviting import activity_day, suggested_day
from participation.activities.views.managed import managed
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.selection.models import Draw
from participation.selection.queries import draws_of_owner
from participation.selection.rules.draws import OPEN_STATES
from participation.selection.rules.draws import STATE_LABELS as DRAW_STATES
from participation.selection.rules.draws import STATE_SHAPES as DRAW_SHAPES
from participation.selection.services import DrawUnderWay, TooFewCandidates

ALTERNATES_PER_SEAT = 3  # one alternate for every third seat, rounded up


@activities.get("/activities/<public_id>/draw")
@requires(Permission.MANAGE_ACTIVITIES)
def draw(public_id: str) -> str:
    """How the activity's draws stand, and the way to begin one."""
    found = managed(public_id)
    alternates = -(-found.seats // ALTERNATES_PER_SEAT)
    form = NewDrawForm(formdata=None, data={"people": found.seats, "alternates": alternates})
    return _page(found, form)


@activities.post("/activities/<public_id>/draw")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def begin_draw(public_id: str) -> Any:
    found = managed(public_id)
    form = NewDrawForm()
    if not form.validate():
        return _page(found, form)
    try:
        made = draw_whom_to_invite(
            db(), actor(), found, people=form.people.data, alternates=form.alternates.data
        )
    except TooFewCandidates:
        form.add_error("people", _("No more people fit than that. Invite them all instead."))
        return _page(found, form)
    except DrawUnderWay as going:
        return see_other("selection.overview", public_id=going.data["public_id"])
    return see_other("selection.quotas", public_id=made.public_id)


@activities.post("/activities/<public_id>/draw/seats")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def draw_the_seats(public_id: str) -> Any:
    """Begin the draw among those who said yes, or give everybody a seat when there are enough."""
    found = managed(public_id)
    try:
        made = draw_seats(db(), actor(), found)
    except DrawUnderWay as going:
        return see_other("selection.overview", public_id=going.data["public_id"])
    if made is not None:
        return see_other("selection.quotas", public_id=made.public_id)
    flash(_("Everybody who said yes has a seat and gets a mail."))
    return see_other(".answers", public_id=public_id)


@activities.post("/activities/<public_id>/draw/<draw_id>/invite")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def invite_drawn(public_id: str, draw_id: str) -> Any:
    found = managed(public_id)
    chosen = _draw_of(found, draw_id)
    form = InviteDrawnForm(activity_day(found))
    if not form.validate():
        return _page(found, NewDrawForm(formdata=None), form)
    count = len(drawn_but_not_invited(db(), found, chosen))
    try:
        invite_those_drawn(db(), actor(), found, chosen, reply_by=form.reply_by())
    except NotToBeAsked:
        flash(_("Somebody who was drawn rests or no longer fits. Let a successor be drawn first."))
        return see_other(".draw", public_id=public_id)
    except ChildrenNotConsidered:
        flash(_("Somebody who was drawn may be under 18. Answer the four questions first."))
        return see_other("activities.invite", public_id=public_id)
    except GuardianMissing:
        flash(_("A guardian has not said yes for somebody who was drawn."))
        return see_other(".draw", public_id=public_id)
    flash(ngettext("One invitation is sent.", "%(num)s invitations are sent.", count))
    return see_other(".answers", public_id=public_id)


def _draw_of(found: Activity, draw_id: str) -> Draw:
    for one in draws_of_owner(db(), OWNER_KIND, found.public_id):
        if one.public_id == draw_id and one.purpose == WHOM_TO_INVITE:
            return one
    raise NotFound


def _page(found: Activity, form: NewDrawForm, reply: InviteDrawnForm | None = None) -> str:
    past = draws_of_owner(db(), OWNER_KIND, found.public_id)
    inviting = [one for one in past if one.purpose == WHOM_TO_INVITE]
    newest = next((one for one in inviting if one.has_panel), None)
    fitting = candidate_page(db(), actor(), found, free_per_page=1)  # for the numbers alone
    return render(
        "activities/draw.html",
        activity=found,
        form=form,
        reply_form=reply
        or InviteDrawnForm(
            activity_day(found), formdata=None, data={"reply_day": suggested_day(found)}
        ),
        draws=past,
        is_going=any(one.state in OPEN_STATES for one in past),
        seats_draw_is_going=any(one.purpose == SEATS and one.state in OPEN_STATES for one in past),
        in_draw=answer_counts(db(), [found.id])[found.id][InvitationState.IN_DRAW],
        can_draw_seats=may_draw_seats(db(), found),
        newest=newest,
        waiting=drawn_but_not_invited(db(), found, newest) if newest else [],
        free=fitting.free.total,
        resting=fitting.resting.total + fitting.untrained.total,
        draw_states=DRAW_STATES,
        draw_shapes=DRAW_SHAPES,
        tab="invite",
        can_manage=True,
        **WORDS,
    )
