"""What was decided, who does it, what is late."""

from typing import Any

from flask import flash, request

from participation.council import queries
from participation.council.forms import DecisionForm, point_choices
from participation.council.models import CouncilMeeting
from participation.council.services import finish_decision, reopen_decision
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

FOLLOW_UP = "follow-up"  # where to go back to after a decision is marked as done


@council.get("/council/decisions")
@requires(Permission.COUNCIL_WORKSPACE)
def decisions() -> str:
    """Open decisions, late ones first, and what is done."""
    still_open = queries.open_decisions(db(), actor())
    return render(
        "council/decisions.html",
        open_decisions=still_open,
        late=sum(words.is_late(decision) for decision in still_open),
        done=queries.done_decisions(db(), actor()),
        words=words,
    )


@council.post("/council/meetings/<public_id>/decisions/<decision_id>/done")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def decision_done(public_id: str, decision_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    finish_decision(db(), actor(), queries.decision_of_meeting(db(), found, decision_id))
    flash(_("Good. It is marked as done."))
    return _back(public_id)


@council.post("/council/meetings/<public_id>/decisions/<decision_id>/reopen")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def decision_reopened(public_id: str, decision_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    reopen_decision(db(), actor(), queries.decision_of_meeting(db(), found, decision_id))
    flash(_("It is open again."))
    return _back(public_id)


def offer_owners(form: DecisionForm, meeting: CouncilMeeting) -> DecisionForm:
    """The meeting's points, and who sits in the council."""
    form.point.choices = point_choices(meeting.agenda)
    sitting = queries.seats_with_people(db(), actor(), meeting.term_id)
    people = [
        (s.member.public_id, words.inside_name(s.member)) for s in sitting if s.member is not None
    ]
    form.member.choices = [("", _("Nobody in the council")), *people]
    return form


def _back(public_id: str) -> Any:
    if request.form.get("back") == FOLLOW_UP:
        return see_other("council.decisions")
    return see_other("council.meeting", public_id=public_id)
