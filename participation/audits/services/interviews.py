"""Interviews: notes of the audit's own team, handed to coding when the analysis begins."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.audits.models import (
    Audit,
    AuditInterview,
    AuditPointInterview,
    AuditTeamMember,
)
from participation.audits.rules.states import AuditState
from participation.audits.rules.weeks import is_week
from participation.coding.rules.drafts import MaterialTextDraft, SourceKind
from participation.coding.services import forget_material, name_coders, take_material
from participation.county.models import Unit
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor


def source_ref(interview: AuditInterview) -> str:
    """How coding names the voice of an interview; deletion comes by it."""
    return f"audit-interview:{interview.public_id}"


def write_interview(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    respondent_role: str,
    held_week: str,
    notes: str,
) -> AuditInterview:
    """Save the notes of one interview; `held_week` is ISO, "2026-W03".

    Raises:
        Conflict: interviews are not being held now.
        ValueError: `held_week` is no week.
    """
    if audit.state != AuditState.INTERVIEWING:
        raise Conflict
    if not is_week(held_week):
        raise ValueError("expected a week such as 2026-W03")
    last = session.scalar(
        select(func.max(AuditInterview.number)).where(AuditInterview.audit_id == audit.id)
    )
    interview = AuditInterview(
        audit_id=audit.id,
        number=(last or 0) + 1,
        by_account_id=actor.account_id,
        respondent_role=respondent_role,
        held_week=held_week,
        notes=notes,
    )
    session.add(interview)
    session.flush()
    log_event(session, actor, "audit_interview_written", "audit_interview", interview.public_id)
    return interview


def change_interview(
    session: Session,
    actor: Actor,
    audit: Audit,
    interview: AuditInterview,
    *,
    respondent_role: str,
    held_week: str,
    notes: str,
) -> None:
    """Change notes while interviews are held: the person heard them read and wanted it so.

    Raises Conflict once they are handed over.
    """
    if audit.state != AuditState.INTERVIEWING or interview.handed_over_at is not None:
        raise Conflict
    interview.respondent_role = respondent_role
    interview.held_week = held_week
    interview.notes = notes
    session.flush()
    log_event(session, actor, "audit_interview_changed", "audit_interview", interview.public_id)


def forget_interview(session: Session, actor: Actor, interview: AuditInterview) -> None:
    """The person takes their words back: gone here and, with every excerpt, from coding."""
    forget_material(session, source_ref(interview))
    session.execute(
        delete(AuditPointInterview).where(AuditPointInterview.interview_id == interview.id)
    )
    log_event(session, actor, "audit_interview_forgotten", "audit_interview", interview.public_id)
    session.delete(session.get_one(AuditInterview, interview.id))
    session.flush()


def hand_over(session: Session, actor: Actor, audit: Audit) -> None:
    """The analysis begins: the notes become material for coding, which the team works with.

    It is the county's own, not the unit's organisation's, so that nobody there reads it.
    """
    unit = session.get_one(Unit, audit.unit_id)
    interviews = session.scalars(
        select(AuditInterview)
        .where(AuditInterview.audit_id == audit.id, AuditInterview.handed_over_at.is_(None))
        .order_by(AuditInterview.number)
    ).all()
    with use_locale(DEFAULT_LOCALE):
        title = _("User audit: %(title)s", title=audit.title)
    material = take_material(
        session,
        title=title,
        source_kind=SourceKind.AUDIT,
        source_public_id=audit.public_id,
        question=audit.question[:300],
        wave_label=str(today().year),
        is_fictional=audit.is_fictional,
        texts=[
            MaterialTextDraft(
                text=interview.notes,
                source_ref=source_ref(interview),
                respondent_role=interview.respondent_role,
                municipality_code=unit.municipality_code,
                unit_id=unit.id,
                area_id=audit.area_id,
            )
            for interview in interviews
        ],
    )
    name_coders(session, actor, material, _team(session, audit))
    for interview in interviews:
        interview.handed_over_at = now()
    session.flush()
    log_event(session, actor, "audit_handed_over", "audit", audit.public_id, texts=len(interviews))


def _team(session: Session, audit: Audit) -> Sequence[int]:
    """The accounts of those who audit now."""
    return session.scalars(
        select(AuditTeamMember.account_id)
        .where(AuditTeamMember.audit_id == audit.id, AuditTeamMember.left_at.is_(None))
        .order_by(AuditTeamMember.id)
    ).all()
