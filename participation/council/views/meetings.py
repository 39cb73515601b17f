"""Meetings: planned by coordinators, one or a year's; read by the council."""

from typing import Any, TypeVar

from flask import flash

from participation.council import queries
from participation.council.forms import AgendaForm, DecisionForm, MeetingForm, SeriesForm
from participation.council.models import CouncilMeeting
from participation.council.rules.meetings import Rhythm, point_times, series_days
from participation.council.services import MeetingPlan, plan_meeting, plan_series, send_agenda
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.council.views.decisions import offer_owners
from participation.county.queries import organisations_that_may_invite
from participation.foundation.errors import Conflict
from participation.foundation.i18n import current_locale, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)

PlanForm = TypeVar("PlanForm", bound=MeetingForm)


@council.get("/council/meetings")
@requires(Permission.COUNCIL_WORKSPACE)
def meetings() -> Any:
    queries.check_workspace(db(), actor())
    term = queries.current_term(db())
    if term is None:
        return see_other("council.workspace")
    held = queries.meetings_of(db(), actor(), term.id)
    return render(
        "council/meetings.html",
        term=term,
        coming=[m for m in reversed(held) if words.is_to_come(m)],
        held=[m for m in held if not words.is_to_come(m)],
        words=words,
        may_appoint=words.may_appoint(actor()),
    )


@council.get("/council/meetings/new")
@requires(Permission.MANAGE_COUNCIL)
def new_meeting() -> str:
    queries.check_manager(actor())
    return render("council/new_meeting.html", form=_offer_organisations(MeetingForm(formdata=None)))


@council.post("/council/meetings/new")
@requires(Permission.MANAGE_COUNCIL)
@commits
def plan_new_meeting() -> Any:
    queries.check_manager(actor())
    form = _offer_organisations(MeetingForm())
    term = queries.current_term(db())
    if not form.validate() or term is None:
        return render("council/new_meeting.html", form=form)
    planned = plan_meeting(db(), actor(), term, _plan(form))
    flash(_("The meeting is planned. Write its agenda here, and invite under Activities."))
    return see_other("council.meeting", public_id=planned.public_id)


@council.get("/council/meetings/series")
@requires(Permission.MANAGE_COUNCIL)
def new_series() -> str:
    queries.check_manager(actor())
    return render("council/new_series.html", form=_offer_organisations(SeriesForm(formdata=None)))


@council.post("/council/meetings/series")
@requires(Permission.MANAGE_COUNCIL)
@commits
def plan_new_series() -> Any:
    queries.check_manager(actor())
    form = _offer_organisations(SeriesForm())
    term = queries.current_term(db())
    if not form.validate() or term is None:
        return render("council/new_series.html", form=form)
    days = series_days(form["day"].data, Rhythm(form["rhythm"].data), form["count"].data)
    plan = _plan(form)
    plans = [plan.on(day, form["starts"].data, form["ends"].data) for day in days]
    try:
        planned = plan_series(db(), actor(), term, plans)
    except Conflict:
        form.add_error("count", _("The last meeting would come after the term has ended."))
        return render("council/new_series.html", form=form)
    flash(ngettext("%(num)s meeting is planned.", "%(num)s meetings are planned.", len(planned)))
    return see_other("council.meetings")


@council.get("/council/meetings/<public_id>")
@requires(Permission.COUNCIL_WORKSPACE)
def meeting(public_id: str) -> str:
    return meeting_page(queries.meeting_visible_to(db(), actor(), public_id))


@council.post("/council/meetings/<public_id>/send-agenda")
@requires(Permission.MANAGE_COUNCIL)
@commits
def send_out(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    told = send_agenda(db(), actor(), found)
    flash(ngettext("%(num)s person gets a mail.", "%(num)s people get a mail.", told))
    return see_other("council.meeting", public_id=public_id)


def meeting_page(
    found: CouncilMeeting,
    *,
    agenda_form: AgendaForm | None = None,
    decision_form: DecisionForm | None = None,
) -> str:
    """A meeting as it stands, with the form that was refused, if one was."""
    log_access_to(
        [member.account_id for member in words.people_named(found)],
        "council_people_read",
        "council_meeting",
        found.public_id,
    )
    return render(
        "council/meeting.html",
        meeting=found,
        times=point_times(found.activity.starts_at, [i.planned_minutes for i in found.agenda]),
        papers=queries.papers_of(db(), found),
        agenda_form=agenda_form or AgendaForm(prefix="agenda", formdata=None),
        decision_form=decision_form
        or offer_owners(DecisionForm(prefix="decision", formdata=None), found),
        has_errors=any((agenda_form, decision_form)),
        words=words,
        may_appoint=words.may_appoint(actor()),
        is_adjuster=words.waits_for(found, actor().account_id),
    )


def _offer_organisations(form: PlanForm) -> PlanForm:
    form.organisation.choices = [
        (str(item.id), item.name_in(current_locale()))
        for item in organisations_that_may_invite(db())
    ]
    return form


def _plan(form: MeetingForm) -> MeetingPlan:
    starts_at, ends_at = form.span()
    return MeetingPlan(
        organisation_id=int(form["organisation"].data),
        title=form["title"].data,
        place=form["place"].data,
        starts_at=starts_at,
        ends_at=ends_at,
    )
