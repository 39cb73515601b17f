"""Interviews: read and written by the audit's own team; everybody else sees at most a count."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms import InterviewForm
from participation.audits.rules.states import AuditState
from participation.audits.rules.weeks import week_of
from participation.audits.services import change_interview, forget_interview, write_interview
from participation.audits.views.blueprint import audit_page, audits
from participation.coding.rules.drafts import role_label
from participation.disclosure.outlets import outlet
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, log_access, requires, see_other


@audits.get("/audits/<public_id>/interviews")
@requires(Permission.READ_AUDITS)
@outlet("workroom")
def interviews(public_id: str) -> str:
    lens = queries.audit_inside(db(), actor(), public_id)
    is_handed_over = lens.state in (
        AuditState.ANALYSING,
        AuditState.REPORTED,
        AuditState.FED_BACK,
        AuditState.ANSWERED,
        AuditState.FOLLOWED_UP,
    )
    return audit_page(
        "interviews",
        lens,
        "interviews",
        count=queries.interview_count(db(), lens),
        interviews=queries.interviews_of(db(), lens) if lens.is_team else [],
        waiting=queries.waiting_deposits(db(), lens),
        is_handed_over=is_handed_over,
        may_code=actor().can(Permission.CODE_MATERIAL),
        role_label=role_label,
    )


@audits.get("/audits/<public_id>/interviews/new")
@requires(Permission.CONDUCT_AUDIT)
def new_interview(public_id: str) -> str:
    lens = _interviewing(public_id)
    form = InterviewForm(formdata=None, data={"held_week": week_of(today())})
    return _write(lens, form)


@audits.post("/audits/<public_id>/interviews/new")
@requires(Permission.CONDUCT_AUDIT)
@commits
def save_new_interview(public_id: str) -> Any:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    form = InterviewForm()
    if not form.validate() or _is_closed(lens, form):
        return _write(lens, form)
    write_interview(db(), actor(), lens.audit, **_told(form))
    flash(_("The notes are saved. Only your team can read them before they go to coding."))
    return see_other("audits.interviews", public_id=public_id)


@audits.get("/audits/<public_id>/interviews/<interview_id>")
@requires(Permission.CONDUCT_AUDIT)
@outlet("workroom")
def one_interview(public_id: str, interview_id: str) -> str:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    found = queries.interview(db(), lens, interview_id)
    log_access("audit_interview_read", "audit_interview", found.public_id)
    return audit_page(
        "interview",
        lens,
        "interviews",
        interview=found,
        questions=queries.questions_of(db(), lens),
        answers=queries.answers_of(db(), found.id),
        role=role_label(found.respondent_role),
    )


@audits.get("/audits/<public_id>/interviews/<interview_id>/change")
@requires(Permission.CONDUCT_AUDIT)
@outlet("workroom")
def edit_interview(public_id: str, interview_id: str) -> str:
    lens = _interviewing(public_id)
    found = queries.interview(db(), lens, interview_id)
    log_access("audit_interview_read", "audit_interview", found.public_id)
    form = InterviewForm(
        formdata=None,
        data={
            "respondent_role": found.respondent_role,
            "held_week": found.held_week,
            "notes": found.notes,
        },
    )
    return _write(lens, form, found.public_id)


@audits.post("/audits/<public_id>/interviews/<interview_id>/change")
@requires(Permission.CONDUCT_AUDIT)
@commits
def save_interview(public_id: str, interview_id: str) -> Any:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    found = queries.interview(db(), lens, interview_id)
    form = InterviewForm()
    if not form.validate() or _is_closed(lens, form):
        return _write(lens, form, interview_id)
    change_interview(db(), actor(), lens.audit, found, **_told(form))
    flash(_("The notes are saved. Only your team can read them before they go to coding."))
    return see_other("audits.interviews", public_id=public_id)


@audits.get("/audits/<public_id>/interviews/<interview_id>/forget")
@requires(Permission.CONDUCT_AUDIT)
@outlet("workroom")
def forget(public_id: str, interview_id: str) -> str:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    found = queries.interview(db(), lens, interview_id)
    return audit_page("forget", lens, "interviews", interview=found)


@audits.post("/audits/<public_id>/interviews/<interview_id>/forget")
@requires(Permission.CONDUCT_AUDIT)
@commits
def forget_it(public_id: str, interview_id: str) -> Any:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    forget_interview(db(), actor(), queries.interview(db(), lens, interview_id))
    flash(_("The interview is forgotten, here and in the coding."))
    return see_other("audits.interviews", public_id=public_id)


def _interviewing(public_id: str) -> queries.Lens:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    if not lens.may_interview:
        raise NotFound
    return lens


def _is_closed(lens: queries.Lens, form: InterviewForm) -> bool:
    """A colleague has begun the analysis meanwhile: what was typed stays on the page."""
    if lens.may_interview:
        return False
    form.add_error(
        "notes",
        _("The analysis has begun, so this is not saved. Copy your notes and talk with the team."),
    )
    return True


def _told(form: InterviewForm) -> dict[str, Any]:
    return {
        "respondent_role": form.respondent_role.data,
        "held_week": form.held_week.data,
        "notes": form.notes.data,
    }


def _write(lens: queries.Lens, form: InterviewForm, interview_id: str | None = None) -> str:
    return audit_page(
        "write_interview",
        lens,
        "interviews",
        form=form,
        interview_id=interview_id,
        questions=queries.questions_of(db(), lens),
    )
