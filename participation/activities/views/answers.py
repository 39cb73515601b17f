"""What invited people answered, and taking an invitation back."""

from typing import Any

from flask import flash

from participation.activities.queries import invitation_of_activity, invitations_of
from participation.activities.rules.states import INVITATION_STATE_LABELS, InvitationState
from participation.activities.services import withdraw_invitation
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.managed import log_reading, managed
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@activities.get("/activities/<public_id>/answers")
@requires(Permission.MANAGE_ACTIVITIES)
def answers(public_id: str) -> str:
    found = managed(public_id)
    sent = invitations_of(db(), found.id)
    log_reading(found, sent)
    return render(
        "activities/answers.html",
        activity=found,
        invitations=sent,
        coming=[i for i in sent if i.state == InvitationState.ACCEPTED],
        waiting=[i for i in sent if i.state == InvitationState.WAITING],
        others=[
            i for i in sent if i.state not in {InvitationState.ACCEPTED, InvitationState.WAITING}
        ],
        questions=[i for i in sent if i.question],
        invitation_states=INVITATION_STATE_LABELS,
        tab="answers",
        can_manage=True,
        **WORDS,
    )


@activities.post("/activities/<public_id>/answers/<invitation_id>/withdraw")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def withdraw(public_id: str, invitation_id: str) -> Any:
    found = managed(public_id)
    withdraw_invitation(db(), actor(), invitation_of_activity(db(), found, invitation_id))
    flash(_("The invitation is taken back. A free seat goes to the first who waits."))
    return see_other(".answers", public_id=public_id)
