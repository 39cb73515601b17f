"""The report: written during the analysis, handed over, answered, followed up."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.audits.models import (
    Audit,
    AuditInterview,
    AuditPoint,
    AuditPointInterview,
    AuditProposal,
)
from participation.audits.queries.analysis import mark_of_report, point_of
from participation.audits.rules.states import REPORT_OPEN, AuditState
from participation.audits.services.interviews import ChangedMeanwhile, lock_audit
from participation.audits.services.publishing import publish_summary
from participation.audits.services.steps import check_follow_up_day
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def write_report(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    summary: str,
    method: str = "",
    independence: str = "",
    team_note: str = "",
    easy_summary: str = "",
    was: str | None = None,
) -> None:
    """The report's words in whole. `was`: `mark_of_report` of what was open.

    Raises:
        Conflict: outside the analysis.
        ChangedMeanwhile: a colleague has changed them since they were opened.
    """
    _check_open(lock_audit(session, audit.id))
    if was is not None and was != mark_of_report(audit):
        raise ChangedMeanwhile
    audit.summary = summary
    audit.method = method
    audit.independence = independence
    audit.team_note = team_note
    audit.easy_summary = easy_summary
    session.flush()
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)


def add_point(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    kind: str,
    title: str,
    text: str,
    easy_text: str = "",
    interviews: Collection[AuditInterview] = (),
    is_own_observation: bool = False,
) -> AuditPoint:
    """A strength or a shortcoming, last of its kind, with the interviews it rests on.

    Raises Conflict outside the analysis, and for the team's own observation with interviews.
    """
    _check_open(lock_audit(session, audit.id))
    if is_own_observation and interviews:
        raise Conflict
    last = session.scalar(
        select(func.max(AuditPoint.number)).where(
            AuditPoint.audit_id == audit.id, AuditPoint.kind == kind
        )
    )
    point = AuditPoint(
        audit_id=audit.id,
        kind=kind,
        number=(last or 0) + 1,
        title=title,
        text=text,
        easy_text=easy_text,
        is_own_observation=is_own_observation,
    )
    session.add(point)
    session.flush()
    session.add_all(
        AuditPointInterview(point_id=point.id, interview_id=interview.id)
        for interview in interviews
    )
    session.flush()
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)
    return point


def remove_point(session: Session, actor: Actor, audit: Audit, point_id: int) -> None:
    """Take a point out. Raises NotFound."""
    _check_open(lock_audit(session, audit.id))
    session.delete(point_of(session, audit, point_id))
    session.flush()
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)


def record_proposal(
    session: Session, actor: Actor, audit: Audit, *, title: str, text: str
) -> AuditProposal:
    """What the auditors propose, last. The unit owes an answer after the feedback meeting."""
    _check_open(audit)
    last = session.scalar(
        select(func.max(AuditProposal.number)).where(AuditProposal.audit_id == audit.id)
    )
    proposal = AuditProposal(audit_id=audit.id, number=(last or 0) + 1, title=title, text=text)
    session.add(proposal)
    session.flush()
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)
    return proposal


def remove_proposal(session: Session, actor: Actor, audit: Audit, public_id: str) -> None:
    """Take a proposal out. Raises NotFound."""
    _check_open(audit)
    proposal = session.scalar(
        select(AuditProposal).where(
            AuditProposal.audit_id == audit.id, AuditProposal.public_id == public_id
        )
    )
    if proposal is None:
        raise NotFound
    session.delete(proposal)
    session.flush()
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)


def write_follow_up(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    who: str,
    text: str,
    remaining: str = "",
    read: str = "",
    why_early: str = "",
) -> None:
    """What became of it, six to twelve months later. Where the summary is public this is too.

    `why_early`: needed sooner than six months after the unit's answer.

    Raises Conflict before the answers, NotReady when it is early, and as `publish_summary`, which
    `read` is for.
    """
    if audit.state not in (AuditState.ANSWERED, AuditState.FOLLOWED_UP):
        raise Conflict
    if audit.state == AuditState.ANSWERED:
        check_follow_up_day(session, audit, why_early)
    with session.begin_nested():  # words that may not be published are not kept either
        audit.follow_up_who = who
        audit.follow_up_text = text
        audit.remaining_text = remaining
        session.flush()
        if audit.is_published and audit.release_id:
            # A release never changes: a new one tells it.
            publish_summary(session, actor, audit, read=read)
    log_event(session, actor, "audit_follow_up_written", "audit", audit.public_id)


def _check_open(audit: Audit) -> None:
    if audit.state not in REPORT_OPEN:
        raise Conflict
