"""The personal link: read, answer, change the answer, put it in the calendar. No sign-in."""

from typing import Any

from flask import Blueprint, Response, flash, request

from participation.accounts.views.bad_links import GONE, count_bad_link
from participation.activities.forms import AnswerForm
from participation.activities.models import Invitation
from participation.activities.queries import (
    answer_counts,
    asked_this_year,
    evaluation_is_open,
    invitation_by_token,
    place_in_line,
)
from participation.activities.rules.states import (
    KIND_LABELS,
    TAKES_PART,
    ActivityState,
    Answer,
    InvitationState,
)
from participation.activities.services import InvitationClosed, answer_invitation, can_answer
from participation.activities.services.mails import DAY_END, download_calendar
from participation.commitments.queries import commitments_about
from participation.foundation.clock import now
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.providers import NextStep
from participation.foundation.web import (
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)

invitations = Blueprint("invitations", __name__)

GIVEN: dict[str, Answer] = {
    InvitationState.ACCEPTED: Answer.YES,
    InvitationState.WAITING: Answer.YES,
    InvitationState.IN_DRAW: Answer.YES,
    InvitationState.DECLINED: Answer.NO,
    InvitationState.NOT_NOW: Answer.NOT_NOW,
}


@invitations.get("/i/<token>")
@requires(Permission.PUBLIC)
def invitation(token: str) -> Any:
    """Mail programs fetch links before people do, so opening one changes nothing (TRUST 24)."""
    try:
        found = invitation_by_token(db(), token)
    except NotFound:
        return no_such_link()
    form = AnswerForm(formdata=None, data={"answer": GIVEN.get(found.state), "words": found.reason})
    return _page(found, token, form)


@invitations.post("/i/<token>")
@requires(Permission.PUBLIC)
@commits
def answer(token: str) -> Any:
    try:
        found = invitation_by_token(db(), token)
    except NotFound:
        return no_such_link()
    form = AnswerForm()
    if not form.validate():
        return _page(found, token, form)
    said = Answer(form.answer.data)
    try:
        answer_invitation(db(), token, said, form.words.data or None)
    except InvitationClosed:
        return _page(invitation_by_token(db(), token), token, form)
    flash(
        _("Thank you. Your question is sent.")
        if said is Answer.MORE
        else _("Thank you. Your answer is saved.")
    )
    return see_other(".invitation", token=token)


@invitations.get("/i/<token>/calendar.ics")
@requires(Permission.PUBLIC)
def calendar(token: str) -> Response:
    found = invitation_by_token(db(), token)
    if found.state != InvitationState.ACCEPTED:
        raise NotFound
    content = download_calendar(found.activity, found)
    return Response(
        content,
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": "attachment; filename=invitation.ics"},
    )


def _page(found: Invitation, token: str, form: AnswerForm) -> Any:
    """The invitation as it stands: open, answered, too late, taken back, over or called off."""
    activity = found.activity
    taken = answer_counts(db(), [activity.id])[activity.id][InvitationState.ACCEPTED]
    page = render(
        "activities/invitation.html",
        invitation=found,
        activity=activity,
        form=form,
        token=token,
        kind=KIND_LABELS[activity.kind],
        closed=_why_closed(found),
        can_say_no=_can_say_no_late(found),
        can_evaluate=evaluation_is_open(db(), found),
        asked=asked_this_year(db(), found.member_id),
        ceiling=found.member.yearly_ceiling,
        reply_by=found.round.reply_by - DAY_END,
        is_full=taken >= activity.seats and not activity.awaits_draw,
        place=place_in_line(db(), found),
        next_steps=_next_steps(found, token),
        owed=commitments_about(db(), "activity", activity.public_id)
        if activity.state == ActivityState.COMPLETED
        else (),
    )
    return page, 200 if request.method == "GET" or not _why_closed(found) else GONE


def _can_say_no_late(found: Invitation) -> bool:
    """After the last day somebody with a seat can still give it back, until it begins."""
    is_late = now() >= found.round.reply_by
    return is_late and can_answer(found, found.activity, found.round.reply_by, Answer.NO)


def _next_steps(found: Invitation, token: str) -> list[NextStep]:
    """What features above ask of somebody who takes part."""
    if found.state not in TAKES_PART:
        return []
    return [
        step
        for source in extension().features.collect("invitation_steps")
        for step in source.steps(db(), found.activity_id, found.member_id, token)
    ]


def _why_closed(found: Invitation) -> str:
    """Why the invitation cannot be answered (any more), or nothing."""
    if found.activity.state == ActivityState.CANCELLED:
        return "cancelled"
    if found.state == InvitationState.WITHDRAWN:
        return "withdrawn"
    if found.state == InvitationState.WALKED_IN:
        return "completed"
    if found.activity.state == ActivityState.COMPLETED:
        return "completed"
    return "" if now() < found.round.reply_by else "late"


def no_such_link() -> Any:
    count_bad_link()
    return render("activities/invitation_gone.html"), GONE
