"""What a report rests on: interviews by theme, as the team coded them (outlet: workroom)."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditInterview, AuditPoint, AuditPointInterview
from participation.audits.queries.lenses import or_not_found
from participation.audits.rules.drafting import ThemeVoices
from participation.audits.rules.guides import mark_of
from participation.coding.queries.voices import refs_by_code
from participation.coding.rules.drafts import SourceKind

REF_PREFIX = "audit-interview:"
REPORT_WORDS = ("summary", "easy_summary", "method", "independence", "team_note")


def theme_voices(session: Session, audit: Audit) -> list[ThemeVoices]:
    """In which interviews each code of each theme stands. Two queries."""
    numbers = {
        REF_PREFIX + public_id: interview_id
        for interview_id, public_id in session.execute(
            select(AuditInterview.id, AuditInterview.public_id).where(
                AuditInterview.audit_id == audit.id
            )
        )
    }
    found: dict[tuple[str, str], dict[str, set[int]]] = {}
    for line in refs_by_code(session, SourceKind.AUDIT, audit.public_id):
        if line.source_ref in numbers:
            theme = found.setdefault((line.theme_public_id, line.theme), defaultdict(set))
            theme[line.code].add(numbers[line.source_ref])
    return [
        ThemeVoices(key=key, name=name, codes=dict(codes)) for (key, name), codes in found.items()
    ]


def interviews_held(session: Session, audit: Audit) -> int:
    """How many interviews there are."""
    counted = select(func.count(AuditInterview.id)).where(AuditInterview.audit_id == audit.id)
    return session.scalar(counted) or 0


def point_of(session: Session, audit: Audit, point_id: int) -> AuditPoint:
    """One point of the report. Raises NotFound."""
    return or_not_found(
        session.scalar(
            select(AuditPoint).where(AuditPoint.audit_id == audit.id, AuditPoint.id == point_id)
        )
    )


def mark_of_point(point: AuditPoint) -> str:
    """Says in a form which words were open when it was fetched."""
    return mark_of("\0".join((point.kind, point.title, point.text, point.easy_text)))


def mark_of_report(audit: Audit) -> str:
    """As `mark_of_point`, of the report's words in whole."""
    return mark_of("\0".join(getattr(audit, name) or "" for name in REPORT_WORDS))


def evidence_of(session: Session, point: AuditPoint) -> list[int]:
    """The ids of the interviews a point rests on."""
    rows = select(AuditPointInterview.interview_id).where(AuditPointInterview.point_id == point.id)
    return sorted(session.scalars(rows))


def single_voice_points(session: Session, audit: Audit) -> Sequence[AuditPoint]:
    """Points that rest on one interview alone: whoever knows the unit could guess whose."""
    alone = (
        select(AuditPointInterview.point_id)
        .group_by(AuditPointInterview.point_id)
        .having(func.count(AuditPointInterview.interview_id) == 1)
    )
    return session.scalars(
        select(AuditPoint)
        .where(AuditPoint.audit_id == audit.id, AuditPoint.id.in_(alone))
        .order_by(AuditPoint.kind.desc(), AuditPoint.number, AuditPoint.id)
    ).all()
