"""Writing an interview down while connected: everything a device in the field writes, and nothing
typed is lost, whatever happened meanwhile."""

from collections.abc import Callable
from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms import InterviewForm, interview_form
from participation.audits.models import AuditInterview
from participation.audits.rules.information import consent_version, is_consent, spoken_consent
from participation.audits.rules.weeks import week_of
from participation.audits.services import (
    ChangedMeanwhile,
    NoConsent,
    change_interview,
    write_interview,
)
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.information import name_of_way
from participation.disclosure.outlets import outlet
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, log_access, requires, see_other

CLOSED = (
    "notes",
    _l("The analysis has begun, so this is not saved. Copy your notes and talk with the team."),
)
REFUSALS = {
    NoConsent: ("consent", _l("Read the words again and tick: they have been changed.")),
    ChangedMeanwhile: (
        "notes",
        _l(
            "A colleague has changed the notes meanwhile; theirs stand below. "
            "Put the two together here and save again."
        ),
    ),
}


@audits.get("/audits/<public_id>/interviews/new")
@requires(Permission.CONDUCT_AUDIT)
@outlet("workroom")
def new_interview(public_id: str) -> str:
    lens = _interviewing(public_id)
    data = {"held_week": week_of(today()), "consent_version": consent_version()}
    return _write(lens, _form(lens, formdata=None, data=data))


@audits.post("/audits/<public_id>/interviews/new")
@requires(Permission.CONDUCT_AUDIT)
@commits
def save_new_interview(public_id: str) -> Any:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    form = _form(lens)

    def save() -> None:
        write_interview(db(), actor(), lens.audit, **_told(lens, form), answers=form.answers)

    if not form.validate() or not _is_saved(form, save):
        return _write(lens, form)
    return _done(public_id)


@audits.get("/audits/<public_id>/interviews/<interview_id>/change")
@requires(Permission.CONDUCT_AUDIT)
@outlet("workroom")
def edit_interview(public_id: str, interview_id: str) -> str:
    lens = _interviewing(public_id)
    found = queries.open_interview(db(), lens, interview_id)
    log_access("audit_interview_read", "audit_interview", found.public_id)
    return _write(lens, _form(lens, found, formdata=None, data=_as_it_stands(found)), found)


@audits.post("/audits/<public_id>/interviews/<interview_id>/change")
@requires(Permission.CONDUCT_AUDIT)
@commits
def save_interview(public_id: str, interview_id: str) -> Any:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    found = queries.interview(db(), lens, interview_id)
    form = _form(lens, found)

    def save() -> None:
        answers = {**queries.answers_of(db(), found.id), **form.answers}
        told, was = _told(lens, form), form.was.data or ""
        change_interview(db(), actor(), lens.audit, found, **told, answers=answers, was=was)

    if not form.validate() or not _is_saved(form, save):
        return _write(lens, form, found)
    return _done(public_id)


def _interviewing(public_id: str) -> queries.Lens:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    if not lens.may_interview:
        raise NotFound
    return lens


def _form(lens: queries.Lens, found: AuditInterview | None = None, **values: Any) -> InterviewForm:
    author = found.by_account_id if found else actor().account_id
    second = found.second_account_id if found else None
    colleagues = queries.colleagues(db(), lens, author, second)
    if found and "data" in values:
        held_with = [one.public_id for one in colleagues if one.account_id == second]
        values["data"]["second"] = "".join(held_with)
    return interview_form(
        queries.questions_of(db(), lens),
        [(place.public_id, place.account.display_name) for place in colleagues],
        extra_week=found.held_week if found else "",
        **values,
    )


def _as_it_stands(found: AuditInterview) -> dict[str, Any]:
    answers = queries.answers_of(db(), found.id)
    return {
        "respondent_role": found.respondent_role,
        "held_week": found.held_week,
        "consent": is_consent(found.consent_version),
        "consent_version": found.consent_version or consent_version(),
        "notes": found.notes,
        "was": queries.mark_of_interview(db(), found, answers),
        **{f"answer_{number}": said for number, said in answers.items()},
    }


def _told(lens: queries.Lens, form: InterviewForm) -> dict[str, Any]:
    return {
        "respondent_role": form.respondent_role.data,
        "held_week": form.held_week.data,
        "notes": form.notes.data or "",
        "second_account_id": queries.account_at(db(), lens, form.second.data),
        "consent_version": form.consent_version.data or "",
    }


def _is_saved(form: InterviewForm, save: Callable[[], None]) -> bool:
    """Whether it could be saved; if not the form says why, and keeps what was typed."""
    try:
        save()
    except Conflict as problem:
        form.add_error(*REFUSALS.get(type(problem), CLOSED))
        return False
    return True


def _write(lens: queries.Lens, form: InterviewForm, found: AuditInterview | None = None) -> str:
    shown = form.consent_version.data or ""
    shown = shown if is_consent(shown) else consent_version()
    form.consent_version.data = shown
    theirs: dict[str, Any] = {}
    if found and form.was.data and lens.may_interview and form.errors:
        theirs = _theirs(lens, form, found)
    return audit_page(
        "write_interview",
        lens,
        "interviews",
        form=form,
        interview_id=found.public_id if found else None,
        consent=spoken_consent(shown),
        way_name=name_of_way,
        **theirs,
    )


def _theirs(lens: queries.Lens, form: InterviewForm, found: AuditInterview) -> dict[str, Any]:
    """What a colleague wrote meanwhile, where another was open; the next save knows of it."""
    mark = queries.mark_of_interview(db(), found)
    if mark == form.was.data:
        return {}
    form.was.data = mark
    log_access("audit_interview_read", "audit_interview", found.public_id)
    return {
        "theirs": found,
        "their_answers": queries.answers_of(db(), found.id),
        "questions": queries.questions_of(db(), lens),
    }


def _done(public_id: str) -> Any:
    flash(_("The notes are saved. Only your team can read them before they go to coding."))
    return see_other("audits.interviews", public_id=public_id)
