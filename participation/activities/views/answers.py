"""What invited people answered: read, recorded by phone, replied to, taken back."""

from typing import Any

from flask import flash

from participation.activities.forms import RecordForm, ReplyForm
from participation.activities.models import Activity, Invitation
from participation.activities.queries import (
    automatic_rounds,
    invitation_of_activity,
    invitations_of,
    what_happens_next,
)
from participation.activities.rules.states import (
    INVITATION_STATE_LABELS,
    SAID_YES,
    Answer,
    InvitationState,
)
from participation.activities.services import (
    InvitationClosed,
    may_be_recorded,
    record_answer,
    reply_to_question,
    withdraw_invitation,
)
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.managed import log_reading, managed
from participation.foundation.clock import now
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@activities.get("/activities/<public_id>/answers")
@requires(Permission.MANAGE_ACTIVITIES)
def answers(public_id: str) -> str:
    found = managed(public_id)
    sent = [i for i in invitations_of(db(), found.id) if i.state != InvitationState.WALKED_IN]
    log_reading(found, sent)
    return render(
        "activities/answers.html",
        activity=found,
        invitations=sent,
        coming=[i for i in sent if i.state == InvitationState.ACCEPTED],
        in_draw=[i for i in sent if i.state == InvitationState.IN_DRAW],
        waiting=[i for i in sent if i.state == InvitationState.WAITING],
        others=[i for i in sent if i.state not in SAID_YES],
        questions=[i for i in sent if i.question],
        coming_round=what_happens_next(db(), found, automatic_rounds(db(), found.id)),
        invitation_states=INVITATION_STATE_LABELS,
        tab="answers",
        can_manage=True,
        **WORDS,
    )


@activities.get("/activities/<public_id>/answers/<invitation_id>")
@requires(Permission.MANAGE_ACTIVITIES)
def one_answer(public_id: str, invitation_id: str) -> str:
    found, invitation = _one(public_id, invitation_id)
    return _one_page(found, invitation, RecordForm(formdata=None), ReplyForm(formdata=None))


@activities.post("/activities/<public_id>/answers/<invitation_id>/record")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def record(public_id: str, invitation_id: str) -> Any:
    found, invitation = _one(public_id, invitation_id)
    form = RecordForm()
    if not form.validate():
        return _one_page(found, invitation, form, ReplyForm(formdata=None))
    try:
        record_answer(db(), actor(), invitation, Answer(form.answer.data), form.words.data or None)
    except InvitationClosed:
        form.add_error("answer", _("It is too late: the activity has begun or is called off."))
        return _one_page(found, invitation, form, ReplyForm(formdata=None))
    flash(_("The answer is noted. The person gets the same mail as if they had answered."))
    return see_other(".answers", public_id=public_id)


@activities.post("/activities/<public_id>/answers/<invitation_id>/reply")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def reply(public_id: str, invitation_id: str) -> Any:
    found, invitation = _one(public_id, invitation_id)
    form = ReplyForm()
    if not form.validate():
        return _one_page(found, invitation, RecordForm(formdata=None), form)
    reply_to_question(db(), actor(), found, invitation, form.text.data or "")
    flash(_("Your answer is sent. The person reads it behind their link."))
    return see_other(".answers", public_id=public_id)


@activities.post("/activities/<public_id>/answers/<invitation_id>/withdraw")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def withdraw(public_id: str, invitation_id: str) -> Any:
    found = managed(public_id)
    withdraw_invitation(db(), actor(), invitation_of_activity(db(), found, invitation_id))
    flash(_("The invitation is taken back. A free seat goes to the first who waits."))
    return see_other(".answers", public_id=public_id)


def _one(public_id: str, invitation_id: str) -> tuple[Activity, Invitation]:
    found = managed(public_id)
    return found, invitation_of_activity(db(), found, invitation_id)


def _one_page(
    found: Activity, invitation: Invitation, form: RecordForm, reply_form: ReplyForm
) -> str:
    log_reading(found, [invitation])
    return render(
        "activities/one_answer.html",
        activity=found,
        invitation=invitation,
        form=form,
        reply_form=reply_form,
        may_record=may_be_recorded(invitation, found, now()),
        has_errors=bool(form.errors or reply_form.errors),
        invitation_states=INVITATION_STATE_LABELS,
        **WORDS,
    )
