"""Reading statements for what points to a person, before anybody else may read them."""

from typing import Any

from flask import flash, request

from participation.coding.rules.passages import Mask, masked
from participation.coding.services import suggested_masks
from participation.county.queries import units
from participation.disclosure.outlets import outlet
from participation.foundation.deidentification import Certainty
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    render,
    requires,
    see_other,
)
from participation.meetings import queries
from participation.meetings.forms import ReviewForm
from participation.meetings.models import Meeting, MeetingStatement
from participation.meetings.rules.states import MeetingState
from participation.meetings.services import review_statement
from participation.meetings.views.blueprint import meetings


@meetings.route("/meetings/<public_id>/statements/<int:number>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACTIVITIES)
@outlet("workroom")
@commits
def statement(public_id: str, number: int) -> Any:
    """One statement; the machine proposes what to take away, a person decides."""
    found = queries.meeting_seen_by(db(), actor(), public_id)
    one = queries.statement_to_review(db(), found, number, lock=request.method == "POST")
    if found.state != MeetingState.CLOSED or not one.text:
        raise NotFound
    log_access("read_raw", "meeting", public_id)
    form = ReviewForm()
    if form.validate_on_submit():
        is_shown = form.is_shown.data == "yes"
        review_statement(db(), actor(), found, one, text=form.text.data, is_shown=is_shown)
        return _next(found)
    if request.method == "GET":
        form.text.data = one.text if one.is_reviewed else proposed(one.text)
        form.is_shown.data = ("yes" if one.is_shown else "no") if one.is_reviewed else None
    return render(
        "meetings/review.html",
        meeting=found,
        statement=one,
        form=form,
        left=sum(1 for other, _table in queries.own_words(db(), found) if not other.is_reviewed),
        is_proposed=not one.is_reviewed and proposed(one.text) != one.text,
    )


def _next(found: Meeting) -> Any:
    """The next one that nobody has read; after the last, the meeting."""
    unread: list[MeetingStatement] = [
        one for one, _table in queries.own_words(db(), found) if not one.is_reviewed
    ]
    if unread:
        return see_other("meetings.statement", public_id=found.public_id, number=unread[0].number)
    flash(_("Every statement has been read."))
    return see_other("meetings.one_meeting", public_id=found.public_id)


def proposed(text: str) -> str:
    """The words with what surely or likely points to somebody taken away."""
    spans = suggested_masks(text, [unit.name for unit in units(db())])
    masks = [
        Mask(start=one.start, end=one.end, kind=one.kind.value)
        for one in spans
        if one.certainty >= Certainty.LIKELY
    ]
    return masked(text, masks)[0]
