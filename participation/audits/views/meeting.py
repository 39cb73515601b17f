"""The feedback meeting: its page, planning and moving it, calling it off, how it went."""

from datetime import time
from typing import Any

from flask import Response, flash

from participation.audits import queries
from participation.audits.forms.meeting import CancelMeetingForm, MeetingForm, MeetingNotesForm
from participation.audits.models import AuditMeeting
from participation.audits.queries.agreements import plan_of
from participation.audits.queries.meeting import (
    check_shows_meeting,
    mark_of_notes,
    mark_of_plan,
    meeting_of,
    meeting_to_show,
    told_of_meeting,
)
from participation.audits.rules.agreement import Milestone
from participation.audits.rules.meeting import (
    KIND_LABELS,
    MEETING_OPEN,
    NOTES_OPEN,
    Kind,
    shown_count,
)
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    NotRead,
    cancel_meeting,
    meeting_calendar,
    note_meeting,
    plan_meeting,
)
from participation.audits.services.interviews import ChangedMeanwhile
from participation.audits.views import words
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.reading import read_mark, reading_form
from participation.audits.views.words import CHANGED_MEANWHILE
from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import now, to_local
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other

USUAL_START, USUAL_END = time(14), time(16)


@audits.get("/audits/<public_id>/meeting")
@requires(Permission.READ_AUDITS)
def meeting(public_id: str) -> str:
    """When and where, what is on the agenda, how it went; for unit, team and those who lead."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    check_shows_meeting(lens)
    found = meeting_of(db(), lens.audit)
    is_over = found is not None and found.is_on and found.starts_at <= now()
    return audit_page(
        "meeting",
        lens,
        "meeting",
        meeting=found,
        may_plan=lens.is_inside and lens.state in MEETING_OPEN and not _is_noted(found),
        may_note=lens.is_inside and lens.state in NOTES_OPEN and is_over,
        is_over=is_over,
        came=_came(lens, found) if found is not None and _is_noted(found) else [],
        smallest=thresholds_in_force().minimum,
        report=queries.report_of(db(), lens) if lens.sees_report else None,
        leads_on=lens.is_lead and lens.state is AuditState.REPORTED and _is_noted(found),
        words=words,
    )


@audits.get("/audits/<public_id>/meeting/plan")
@requires(Permission.READ_AUDITS)
def plan_it(public_id: str) -> str:
    lens = _open(public_id)
    return _plan(lens, MeetingForm(formdata=None, data=_proposed(lens)))


@audits.post("/audits/<public_id>/meeting/plan")
@requires(Permission.READ_AUDITS)
@commits
def save_plan(public_id: str) -> Any:
    lens = _open(public_id)
    form = MeetingForm()
    if not form.validate() or not _is_day_to_come(lens, form):
        return _plan(lens, form)
    try:
        made = plan_meeting(db(), actor(), lens.audit, form.draft(), was=form.was.data)
    except ChangedMeanwhile:
        form.add_error("day", CHANGED_MEANWHILE)
        form.was.data = mark_of_plan(meeting_of(db(), lens.audit))
        return _plan(lens, form, is_changed=True)
    is_ahead = made.starts_at > now()
    flash(
        _("The meeting is saved. Whoever is to know it gets a mail.")
        if is_ahead
        else _("The meeting is saved. It is over, so nobody gets a mail.")
    )
    return see_other("audits.meeting", public_id=public_id)


@audits.get("/audits/<public_id>/meeting/cancel")
@requires(Permission.READ_AUDITS)
def cancel_it(public_id: str) -> str:
    lens = _open(public_id)
    meeting_to_show(db(), lens)
    return _cancel(lens, CancelMeetingForm(formdata=None))


@audits.post("/audits/<public_id>/meeting/cancel")
@requires(Permission.READ_AUDITS)
@commits
def save_cancel(public_id: str) -> Any:
    lens = _open(public_id)
    meeting_to_show(db(), lens)
    form = CancelMeetingForm()
    if not form.validate():
        return _cancel(lens, form)
    cancel_meeting(db(), actor(), lens.audit, form.reason.data)
    flash(_("The meeting is called off, and those who were told get a mail."))
    return see_other("audits.meeting", public_id=public_id)


@audits.get("/audits/<public_id>/meeting/notes")
@requires(Permission.READ_AUDITS)
def note_it(public_id: str) -> str:
    lens, found = _over(public_id)
    words_now = {"said": found.said, "changes": found.changes}
    data = {**found.came, **words_now, "was": mark_of_notes(found)}
    return _note(lens, MeetingNotesForm(formdata=None, data=data))


@audits.post("/audits/<public_id>/meeting/notes")
@requires(Permission.READ_AUDITS)
@commits
def save_notes(public_id: str) -> Any:
    """Words that may point to somebody are shown once more before they are kept."""
    lens, found = _over(public_id)
    form = MeetingNotesForm()
    if not form.validate():
        return _note(lens, form)
    try:
        note_meeting(db(), actor(), lens.audit, form.notes(), read=read_mark(), was=form.was.data)
    except ChangedMeanwhile:
        form.add_error("said", CHANGED_MEANWHILE)
        form.was.data = mark_of_notes(found)
        return _note(lens, form, theirs=found, kinds=KIND_LABELS)
    except NotRead as problem:
        read_form = reading_form(problem.doubts, problem)
        return _note(lens, form, doubts=problem.doubts, read_form=read_form, has_errors=True)
    flash(_("Saved. The unit reads it too."))
    return see_other("audits.meeting", public_id=public_id)


@audits.get("/audits/<public_id>/meeting.ics")
@requires(Permission.READ_AUDITS)
def meeting_file(public_id: str) -> Response:
    """The meeting for one's own calendar."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    return Response(
        meeting_calendar(db(), lens.audit, meeting_to_show(db(), lens)),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": "attachment; filename=meeting.ics"},
    )


def _is_noted(found: AuditMeeting | None) -> bool:
    return found is not None and found.noted_at is not None


def _came(lens: queries.Lens, found: AuditMeeting) -> list[tuple[str, int | None]]:
    """How many of each kind; the unit reads no small numbers."""
    smallest = thresholds_in_force().minimum
    return [
        (
            KIND_LABELS[kind],
            shown_count(found.came.get(kind, 0), smallest, is_inside=lens.is_inside),
        )
        for kind in Kind
    ]


def _open(public_id: str) -> queries.Lens:
    """The audit while its meeting can be planned, for team and those who lead."""
    lens = queries.audit_inside(db(), actor(), public_id)
    if lens.state not in MEETING_OPEN or _is_noted(meeting_of(db(), lens.audit)):
        raise NotFound
    return lens


def _over(public_id: str) -> tuple[queries.Lens, AuditMeeting]:
    """The audit and its meeting once it has begun, for team and those who lead."""
    lens = queries.audit_inside(db(), actor(), public_id)
    found = meeting_to_show(db(), lens)
    if lens.state not in NOTES_OPEN or found.starts_at > now():
        raise NotFound
    return lens, found


def _is_day_to_come(lens: queries.Lens, form: MeetingForm) -> bool:
    """Only a meeting that is held without having been planned is put in afterwards, for its notes;
    the form says so."""
    found = meeting_of(db(), lens.audit)
    is_to_note = lens.state in NOTES_OPEN and (
        found is None or not found.is_on or found.starts_at <= now()
    )
    if is_to_note or form.draft().starts_at > now():
        return True
    form.add_error("day", _("Choose a day that has not passed."))
    return False


def _proposed(lens: queries.Lens) -> dict[str, Any]:
    """The meeting as it is planned; before that the day of the agreement, in the afternoon."""
    found = meeting_of(db(), lens.audit)
    if found is None:
        day = plan_of(db(), lens.audit)[Milestone.FEEDBACK]
        return {"day": day, "starts": USUAL_START, "ends": USUAL_END, "was": ""}
    starts, ends = to_local(found.starts_at), to_local(found.ends_at)
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "place": found.place,
        "how": found.how,
        "was": mark_of_plan(found),
    }


def _plan(lens: queries.Lens, form: MeetingForm, *, is_changed: bool = False) -> str:
    return audit_page(
        "plan_meeting",
        lens,
        "meeting",
        form=form,
        meeting=meeting_of(db(), lens.audit),
        told=[a.display_name for a in told_of_meeting(db(), lens.audit, with_leads=False)],
        is_changed=is_changed,
    )


def _note(lens: queries.Lens, form: MeetingNotesForm, **values: Any) -> str:
    return audit_page("note_meeting", lens, "meeting", form=form, **values)


def _cancel(lens: queries.Lens, form: CancelMeetingForm) -> str:
    return audit_page("cancel_meeting", lens, "meeting", form=form)
