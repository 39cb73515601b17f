"""Interviews: read and written by the audit's own team; everybody else sees at most a count."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.rules.states import FINISHED, AuditState
from participation.audits.services import forget_interview
from participation.audits.services.publishing import keep_public_only_with_enough_voices
from participation.audits.views.blueprint import audit_page, audits
from participation.coding.rules.drafts import role_label
from participation.disclosure.outlets import outlet
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
        destroyed=queries.destroyed_count(db(), lens),
        is_handed_over=is_handed_over,
        is_finished=lens.state in FINISHED,
        may_code=actor().can(Permission.CODE_MATERIAL),
        may_work=actor().can(Permission.WORK_WITH_MATERIAL) and lens.state not in FINISHED,
        role_label=role_label,
    )


@audits.get("/audits/<public_id>/interviews/<interview_id>")
@requires(Permission.CONDUCT_AUDIT)
@outlet("workroom")
def one_interview(public_id: str, interview_id: str) -> str:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    found = queries.open_interview(db(), lens, interview_id)
    log_access("audit_interview_read", "audit_interview", found.public_id)
    return audit_page(
        "interview",
        lens,
        "interviews",
        interview=found,
        questions=queries.questions_of(db(), lens),
        answers=queries.answers_of(db(), found.id),
        second=queries.name_of_second(db(), found),
        role=role_label(found.respondent_role),
    )


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
    keep_public_only_with_enough_voices(db(), actor(), lens.audit)
    flash(_("The interview is forgotten, here and in the coding."))
    return see_other("audits.interviews", public_id=public_id)
