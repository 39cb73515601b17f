"""The report, its proposals and the unit's answers."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms import PointForm, ProposalForm, ReportForm
from participation.audits.queries.analysis import (
    REPORT_WORDS,
    chosen_interviews,
    mark_of_report,
    weak_points,
)
from participation.audits.queries.consents import consents_of
from participation.audits.queries.doubts import NO_DOUBTS, doubtful_words
from participation.audits.queries.facts import corrected_days, may_remark
from participation.audits.rules.states import COMPLETED, REPORT_IS_OUT
from participation.audits.services import (
    NotRead,
    NotReady,
    add_point,
    publish_summary,
    record_proposal,
    remove_point,
    remove_proposal,
    withdraw_summary,
    write_report,
)
from participation.audits.services.interviews import ChangedMeanwhile
from participation.audits.views import words
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.points import interviews_to_rest_on
from participation.audits.views.reading import read_mark, reading_form
from participation.audits.views.words import CHANGED_MEANWHILE
from participation.disclosure.outlets import outlet
from participation.disclosure.services import DisclosureRefused
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@audits.get("/audits/<public_id>/report")
@requires(Permission.READ_AUDITS)
@outlet("workroom")
def report(public_id: str) -> str:
    return _report(queries.audit_seen_by(db(), actor(), public_id))


@audits.get("/audits/<public_id>/report/write")
@requires(Permission.READ_AUDITS)
def write(public_id: str) -> str:
    lens = queries.audit_inside(db(), actor(), public_id)
    told = lens.audit
    words_now = {name: getattr(told, name) for name in REPORT_WORDS}
    form = ReportForm(formdata=None, data={**words_now, "was": mark_of_report(told)})
    return audit_page("write_report", lens, "report", form=form)


@audits.post("/audits/<public_id>/report/write")
@requires(Permission.READ_AUDITS)
@commits
def save_report(public_id: str) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    form = ReportForm()
    if not form.validate():
        return audit_page("write_report", lens, "report", form=form)
    told = {name: form[name].data or "" for name in REPORT_WORDS}
    try:
        write_report(db(), actor(), lens.audit, **told, was=form.was.data)
    except ChangedMeanwhile:
        form.summary.errors = [CHANGED_MEANWHILE]
        form.was.data = mark_of_report(lens.audit)
        return audit_page("write_report", lens, "report", form=form, is_changed=True)
    flash(_("The report is saved."))
    return see_other("audits.report", public_id=public_id)


@audits.post("/audits/<public_id>/report/points")
@requires(Permission.READ_AUDITS)
@commits
def add_report_point(public_id: str) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    form = PointForm().offer(interviews_to_rest_on(lens))
    if not form.validate():
        return _report(lens, point_form=form)
    add_point(
        db(),
        actor(),
        lens.audit,
        kind=form["kind"].data,
        title=form["title"].data,
        text=form["text"].data,
        interviews=chosen_interviews(db(), lens.audit, form.grounds.get("interview_ids", ())),
        is_own_observation=form.grounds.get("is_own_observation", False),
    )
    flash(_("It is in the report."))
    return see_other("audits.report", public_id=public_id)


@audits.post("/audits/<public_id>/report/points/<int:point_id>/remove")
@requires(Permission.READ_AUDITS)
@commits
def remove_report_point(public_id: str, point_id: int) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    remove_point(db(), actor(), lens.audit, point_id)
    flash(_("It is out of the report."))
    return see_other("audits.report", public_id=public_id)


@audits.get("/audits/<public_id>/proposals")
@requires(Permission.READ_AUDITS)
def proposals(public_id: str) -> str:
    return _proposals(queries.audit_seen_by(db(), actor(), public_id))


@audits.post("/audits/<public_id>/proposals")
@requires(Permission.READ_AUDITS)
@commits
def add_proposal(public_id: str) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    form = ProposalForm()
    if not form.validate():
        return _proposals(lens, form)
    record_proposal(db(), actor(), lens.audit, title=form["title"].data, text=form["text"].data)
    flash(_("The proposal is noted."))
    return see_other("audits.proposals", public_id=public_id)


@audits.post("/audits/<public_id>/proposals/<proposal_id>/remove")
@requires(Permission.READ_AUDITS)
@commits
def remove_one_proposal(public_id: str, proposal_id: str) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    remove_proposal(db(), actor(), lens.audit, proposal_id)
    flash(_("The proposal is gone."))
    return see_other("audits.proposals", public_id=public_id)


@audits.get("/audits/<public_id>/publish")
@requires(Permission.MANAGE_AUDITS)
def publish(public_id: str) -> str:
    return _publish(queries.audit_led_by(db(), actor(), public_id))


@audits.post("/audits/<public_id>/publish")
@requires(Permission.MANAGE_AUDITS)
@commits
def publish_it(public_id: str) -> Any:
    lens = queries.audit_led_by(db(), actor(), public_id)
    try:
        publish_summary(db(), actor(), lens.audit, read=read_mark())
    except NotRead as problem:
        return _publish(lens, problem)
    except (NotReady, DisclosureRefused) as problem:
        flash(problem.message, "alarm")
        return see_other("audits.publish", public_id=public_id)
    flash(_("Everybody can read the summary now."))
    return see_other("audits.report", public_id=public_id)


@audits.get("/audits/<public_id>/withdraw")
@requires(Permission.MANAGE_AUDITS)
def ask_withdraw(public_id: str) -> str:
    """Are you sure?"""
    lens = queries.audit_led_by(db(), actor(), public_id)
    if not lens.audit.is_published:
        raise NotFound
    return audit_page("withdraw", lens, "report")


@audits.post("/audits/<public_id>/withdraw")
@requires(Permission.MANAGE_AUDITS)
@commits
def withdraw(public_id: str) -> Any:
    lens = queries.audit_led_by(db(), actor(), public_id)
    withdraw_summary(db(), actor(), lens.audit)
    flash(_("The summary is no longer public."))
    return see_other("audits.report", public_id=public_id)


def _publish(lens: queries.Lens, missed: NotRead | None = None) -> str:
    """What stands in the way, and words that a machine thinks may point to somebody."""
    weak = list(weak_points(db(), lens.audit))
    doubts = NO_DOUBTS if weak else doubtful_words(db(), lens.audit)
    return audit_page(
        "publish",
        lens,
        "report",
        consents=consents_of(db(), lens.audit),
        weak=weak,
        doubts=doubts,
        read_form=reading_form(doubts, missed),
        has_errors=missed is not None,
    )


def _report(lens: queries.Lens, *, point_form: PointForm | None = None) -> str:
    is_out = lens.state in REPORT_IS_OUT
    found = weak_points(db(), lens.audit) if lens.is_inside else None
    weak = (list(found) if is_out else found.groundless) if found else ()
    rests_on = interviews_to_rest_on(lens) if lens.may_change_report else None
    return audit_page(
        "report",
        lens,
        "report",
        report=queries.report_of(db(), lens),
        point_form=point_form or PointForm(formdata=None).offer(rests_on),
        weak=[one.id for one in weak],
        has_errors=point_form is not None,
        is_out=is_out,
        may_publish=lens.is_lead and lens.state in COMPLETED,
        facts_until=lens.audit.facts_until if lens.is_unit and may_remark(lens.audit) else None,
        corrected=corrected_days(db(), lens.audit),
        may_consent=(lens.is_unit or lens.is_team) and lens.state in COMPLETED,
    )


def _proposals(lens: queries.Lens, form: ProposalForm | None = None) -> str:
    return audit_page(
        "proposals",
        lens,
        "proposals",
        report=queries.report_of(db(), lens),
        form=form or ProposalForm(formdata=None),
        words=words,
        may_answer=lens.is_unit and actor().can(Permission.ANSWER_COMMITMENT),
    )
