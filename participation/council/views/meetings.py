"""Meetings: planned by coordinators, prepared and written down by the council."""

from typing import Any

from flask import flash

from participation.council import queries
from participation.council.forms import AgendaForm, DecisionForm, MeetingForm, MinutesForm
from participation.council.models import CouncilMeeting
from participation.council.services import (
    add_agenda_item,
    approve_minutes,
    finish_decision,
    plan_meeting,
    record_decision,
    remove_agenda_item,
    write_minutes,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.county.queries import organisations_that_may_invite
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@council.get("/council/meetings")
@requires(Permission.COUNCIL_WORKSPACE)
def meetings() -> Any:
    queries.check_workspace(db(), actor())
    term = queries.current_term(db())
    if term is None:
        return see_other("council.workspace")
    return render(
        "council/meetings.html",
        term=term,
        meetings=queries.meetings_of(db(), actor(), term.id),
        words=words,
        may_appoint=words.may_appoint(actor()),
    )


@council.get("/council/meetings/new")
@requires(Permission.MANAGE_COUNCIL)
def new_meeting() -> str:
    queries.check_manager(actor())
    return render("council/new_meeting.html", form=_meeting_form(formdata=None))


@council.post("/council/meetings/new")
@requires(Permission.MANAGE_COUNCIL)
@commits
def plan_new_meeting() -> Any:
    queries.check_manager(actor())
    form = _meeting_form()
    term = queries.current_term(db())
    if not form.validate() or term is None:
        return render("council/new_meeting.html", form=form)
    starts_at, ends_at = form.span()
    meeting = plan_meeting(
        db(),
        actor(),
        term,
        organisation_id=int(form["organisation"].data),
        title=form["title"].data,
        place=form["place"].data,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    flash(_("The meeting is planned. Write its agenda here, and invite under Activities."))
    return see_other("council.meeting", public_id=meeting.public_id)


@council.get("/council/meetings/<public_id>")
@requires(Permission.COUNCIL_WORKSPACE)
def meeting(public_id: str) -> str:
    return _page(queries.meeting_visible_to(db(), actor(), public_id))


@council.post("/council/meetings/<public_id>/agenda")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def add_point(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = AgendaForm(prefix="agenda")
    if not form.validate():
        return _page(found, agenda_form=form)
    add_agenda_item(db(), actor(), found, form["title"].data, form["text"].data or "")
    flash(_("The point is on the agenda."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/agenda/<int:number>/remove")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def remove_point(public_id: str, number: int) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    remove_agenda_item(db(), actor(), found, number)
    flash(_("The point is off the agenda."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/decisions")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def decide(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = DecisionForm(prefix="decision")
    if not form.validate():
        return _page(found, decision_form=form)
    record_decision(
        db(),
        actor(),
        found,
        form["text"].data,
        owner=form["owner"].data or "",
        due_on=form["due_on"].data,
    )
    flash(_("The decision is written down."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/decisions/<decision_id>/done")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def decision_done(public_id: str, decision_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    finish_decision(db(), actor(), queries.decision_of_meeting(db(), found, decision_id))
    flash(_("Good. It is marked as done."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/minutes")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def save_minutes(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = MinutesForm(prefix="minutes")
    if not form.validate():
        return _page(found, minutes_form=form)
    write_minutes(db(), actor(), found, form["minutes"].data)
    flash(_("The minutes are saved."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/minutes/approve")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def approve(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    approve_minutes(db(), actor(), found)
    flash(_("The minutes are approved and are not changed any more."))
    return see_other("council.meeting", public_id=public_id)


def _meeting_form(**values: Any) -> MeetingForm:
    form = MeetingForm(**values)
    form.organisation.choices = [
        (str(item.id), item.name_in(current_locale()))
        for item in organisations_that_may_invite(db())
    ]
    return form


def _page(
    found: CouncilMeeting,
    *,
    agenda_form: AgendaForm | None = None,
    decision_form: DecisionForm | None = None,
    minutes_form: MinutesForm | None = None,
) -> str:
    return render(
        "council/meeting.html",
        meeting=found,
        agenda_form=agenda_form or AgendaForm(prefix="agenda", formdata=None),
        decision_form=decision_form or DecisionForm(prefix="decision", formdata=None),
        minutes_form=minutes_form
        or MinutesForm(prefix="minutes", formdata=None, data={"minutes": found.minutes}),
        has_errors=any((agenda_form, decision_form, minutes_form)),
        words=words,
        may_appoint=words.may_appoint(actor()),
    )
