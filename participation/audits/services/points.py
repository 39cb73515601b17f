"""The points of a report: drafted from what is coded, changed, put in order."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditPoint, AuditPointInterview
from participation.audits.queries.analysis import chosen_interviews, mark_of_point, point_of
from participation.audits.rules.drafting import PointDraft
from participation.audits.rules.states import REPORT_OPEN
from participation.audits.services.interviews import ChangedMeanwhile, lock_audit
from participation.audits.services.reports import add_point
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def take_up_drafts(
    session: Session,
    actor: Actor,
    audit: Audit,
    drafts: Sequence[PointDraft],
    kinds: Mapping[str, str],
) -> int:
    """Put drafted points into the report, to be edited there. `kinds`: draft key → strength or
    shortcoming; a draft without one is left out. Returns how many.

    Raises Conflict outside the analysis.
    """
    chosen = [draft for draft in drafts if draft.key in kinds]
    for draft in chosen:
        add_point(
            session,
            actor,
            audit,
            kind=kinds[draft.key],
            title=draft.title,
            text=draft.text,
            interviews=chosen_interviews(session, audit, draft.interviews),
        )
    return len(chosen)


def change_point(
    session: Session,
    actor: Actor,
    audit: Audit,
    point: AuditPoint,
    *,
    kind: str,
    title: str,
    text: str,
    easy_text: str = "",
    interview_ids: Collection[int] | None = None,
    is_own_observation: bool = False,
    was: str | None = None,
) -> None:
    """Change a point; one that becomes of the other kind stands last there.

    `interview_ids`: what it rests on, with `is_own_observation`; None: both as before. `was`:
    `mark_of_point` of what was open.

    Raises:
        Conflict: outside the analysis, or the team's own observation with interviews.
        ChangedMeanwhile: a colleague has changed it since it was opened.
    """
    _check_open(lock_audit(session, audit.id))
    if is_own_observation and interview_ids:
        raise Conflict
    session.refresh(point)
    if was is not None and was != mark_of_point(point):
        raise ChangedMeanwhile
    if kind != point.kind:
        point.kind, point.number = kind, _last(session, audit, kind) + 1
    point.title, point.text, point.easy_text = title, text, easy_text
    if interview_ids is not None:
        point.is_own_observation = is_own_observation
        rest_on(session, audit, point, interview_ids)
    session.flush()
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)


def move_point_up(session: Session, actor: Actor, audit: Audit, point_id: int) -> None:
    """The point changes places with the one before it; the first stays first.

    Raises NotFound, and Conflict outside the analysis.
    """
    _check_open(lock_audit(session, audit.id))
    point = point_of(session, audit, point_id)
    session.refresh(point)
    kind, number = point.kind, point.number
    before = session.scalars(
        select(AuditPoint)
        .where(AuditPoint.audit_id == audit.id, AuditPoint.kind == kind, AuditPoint.number < number)
        .order_by(AuditPoint.number.desc(), AuditPoint.id)
        .limit(1)
    ).first()
    if before is None:
        return
    theirs, point.number = before.number, 0  # numbers are unique: out of the way first
    session.flush()
    before.number = number
    session.flush()
    point.number = theirs
    session.flush()
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)


def rest_on(
    session: Session, audit: Audit, point: AuditPoint, interview_ids: Collection[int]
) -> None:
    """These interviews from now on, and no others."""
    session.execute(delete(AuditPointInterview).where(AuditPointInterview.point_id == point.id))
    session.add_all(
        AuditPointInterview(point_id=point.id, interview_id=interview.id)
        for interview in chosen_interviews(session, audit, interview_ids)
    )


def _last(session: Session, audit: Audit, kind: str) -> int:
    last = select(func.max(AuditPoint.number)).where(
        AuditPoint.audit_id == audit.id, AuditPoint.kind == kind
    )
    return session.scalar(last) or 0


def _check_open(audit: Audit) -> None:
    if audit.state not in REPORT_OPEN:
        raise Conflict
