"""A decision is written down in the meeting that takes it."""

from typing import Any

from flask import flash

from participation.council import queries
from participation.council.forms import DecisionForm
from participation.council.models import CouncilMeeting
from participation.council.services import Decided, record_decision
from participation.council.views.blueprint import council
from participation.council.views.decisions import offer_owners
from participation.council.views.meetings import meeting_page
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@council.post("/council/meetings/<public_id>/decisions")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def decide(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = offer_owners(DecisionForm(prefix="decision"), found)
    if not form.validate():
        return meeting_page(found, decision_form=form)
    record_decision(db(), actor(), found, _decided(form, found))
    flash(_("The decision is written down."))
    return see_other("council.meeting", public_id=public_id)


def _decided(form: DecisionForm, meeting: CouncilMeeting) -> Decided:
    chosen = form["member"].data
    sitting = queries.seats_with_people(db(), actor(), meeting.term_id)
    owner_id = next(
        (s.member_id for s in sitting if s.member and s.member.public_id == chosen), None
    )
    return Decided(
        text=form["text"].data,
        owner=form["owner"].data or "",
        owner_member_id=owner_id,
        due_on=form["due_on"].data,
        agenda_number=int(form["point"].data) if form["point"].data else None,
    )
