"""What a report rests on: interviews by theme, as the team coded them (outlet: workroom)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditInterview, AuditPoint, AuditPointInterview
from participation.audits.queries.lenses import or_not_found
from participation.audits.rules.drafting import FEWEST_VOICES, ThemeVoices
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


def chosen_interviews(
    session: Session, audit: Audit, ids: Collection[int]
) -> Sequence[AuditInterview]:
    """Those of the audit's interviews that a point is to rest on."""
    return session.scalars(
        select(AuditInterview)
        .where(AuditInterview.audit_id == audit.id, AuditInterview.id.in_(ids))
        .order_by(AuditInterview.id)
    ).all()


def point_of(session: Session, audit: Audit, point_id: int) -> AuditPoint:
    """One point that stands in the report. Raises NotFound."""
    return or_not_found(
        session.scalar(
            select(AuditPoint).where(
                AuditPoint.audit_id == audit.id,
                AuditPoint.id == point_id,
                AuditPoint.taken_out_on.is_(None),
            )
        )
    )


def mark_of_point(point: AuditPoint) -> str:
    """Says in a form which words were open when it was fetched."""
    own = "own" if point.is_own_observation else ""
    return mark_of("\0".join((point.kind, point.title, point.text, point.easy_text, own)))


def mark_of_report(audit: Audit) -> str:
    """As `mark_of_point`, of the report's words in whole."""
    return mark_of("\0".join(getattr(audit, name) or "" for name in REPORT_WORDS))


def evidence_of(session: Session, point: AuditPoint) -> list[int]:
    """The ids of the interviews a point rests on."""
    rows = select(AuditPointInterview.interview_id).where(AuditPointInterview.point_id == point.id)
    return sorted(session.scalars(rows))


@dataclass(frozen=True)
class WeakPoints:
    """Points that may not leave the team. `alone`: on one interview, so that whoever knows the unit
    could guess whose. `groundless`: on nothing that is said.
    """

    alone: Sequence[AuditPoint]
    groundless: Sequence[AuditPoint]

    def __bool__(self) -> bool:
        return bool(self.alone or self.groundless)

    def __iter__(self) -> Iterator[AuditPoint]:
        yield from (*self.alone, *self.groundless)


def weak_points(session: Session, audit: Audit) -> WeakPoints:
    """The team's own observations rest on no interview and are not among them. One query."""
    rests_on = func.count(AuditPointInterview.interview_id)
    rows = session.execute(
        select(AuditPoint, rests_on)
        .outerjoin(AuditPointInterview, AuditPointInterview.point_id == AuditPoint.id)
        .where(
            AuditPoint.audit_id == audit.id,
            AuditPoint.is_own_observation.is_(False),
            AuditPoint.taken_out_on.is_(None),
        )
        .group_by(AuditPoint.id)
        .having(rests_on < FEWEST_VOICES)
        .order_by(AuditPoint.kind.desc(), AuditPoint.number, AuditPoint.id)
    ).all()
    return WeakPoints(
        alone=[point for point, count in rows if count],
        groundless=[point for point, count in rows if not count],
    )
