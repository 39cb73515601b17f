"""The report of an audit: points, proposals, and what is public of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.audits.models import Audit, AuditPoint, AuditProposal, AuditStep
from participation.audits.queries.lenses import Lens, or_not_found, steps_of
from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about_many
from participation.foundation.errors import NotFound
from participation.foundation.providers import Address, SearchDocument

SUBJECT_KIND = "audit_proposal"  # what a commitment about a proposal says it is about


SEARCH_SOURCE = "audit"


@dataclass(frozen=True)
class ProposalLine:
    """A proposal and the unit's answer; no commitment before the feedback meeting."""

    proposal: AuditProposal
    commitment: Commitment | None

    @property
    def is_answered(self) -> bool:
        return self.commitment is not None and self.commitment.answered_on is not None


def points_of(session: Session, audit_id: int, kind: str | None = None) -> Sequence[AuditPoint]:
    """Strengths and shortcomings, strengths first."""
    statement = select(AuditPoint).where(AuditPoint.audit_id == audit_id)
    if kind is not None:
        statement = statement.where(AuditPoint.kind == kind)
    return session.scalars(
        statement.order_by(AuditPoint.kind.desc(), AuditPoint.number, AuditPoint.id)
    ).all()


def proposals_of(session: Session, audit_id: int) -> Sequence[ProposalLine]:
    """The proposals with the unit's answers, in order. Two queries."""
    proposals = session.scalars(
        select(AuditProposal)
        .where(AuditProposal.audit_id == audit_id)
        .order_by(AuditProposal.number, AuditProposal.id)
    ).all()
    ids = [item.public_id for item in proposals]
    owed = commitments_about_many(session, SUBJECT_KIND, ids) if ids else {}
    return [
        ProposalLine(item, next(iter(owed.get(item.public_id, ())), None)) for item in proposals
    ]


@dataclass(frozen=True)
class Report:
    """The report as those who may see it read it."""

    audit: Audit
    strengths: Sequence[AuditPoint]
    shortcomings: Sequence[AuditPoint]
    proposals: Sequence[ProposalLine]
    steps: Mapping[str, AuditStep]


def report_of(session: Session, lens: Lens) -> Report:
    """The report, as far as it is written. Raises NotFound for the unit before it is out."""
    if not lens.sees_report:
        raise NotFound
    return _report(session, lens.audit)


def public_summary(session: Session, public_id: str) -> Report:
    """An audit whose unit and team agreed to a public summary. Raises NotFound."""
    audit = or_not_found(
        session.scalar(
            select(Audit)
            .where(Audit.public_id == public_id, Audit.published_on.is_not(None))
            .options(joinedload(Audit.unit))
        )
    )
    return _report(session, audit)


def published_audits(session: Session) -> Sequence[Audit]:
    """Audits with a public summary, newest first."""
    return session.scalars(
        select(Audit)
        .where(Audit.published_on.is_not(None))
        .options(joinedload(Audit.unit))
        .order_by(Audit.published_on.desc(), Audit.id.desc())
    ).all()


def _report(session: Session, audit: Audit) -> Report:
    points = points_of(session, audit.id)
    return Report(
        audit=audit,
        strengths=[item for item in points if item.kind == "strength"],
        shortcomings=[item for item in points if item.kind == "shortcoming"],
        proposals=proposals_of(session, audit.id),
        steps=steps_of(session, audit.id),
    )


def audit_documents(session: Session) -> list[SearchDocument]:
    """Public summaries for the search index."""
    return [audit_document(audit) for audit in published_audits(session)]


def audit_document(audit: Audit) -> SearchDocument:
    return SearchDocument(
        source=SEARCH_SOURCE,
        object_id=audit.public_id,
        title=audit.title,
        body=f"{audit.question} {audit.summary}".strip(),
        address=Address(endpoint="audits.summary", values={"public_id": audit.public_id}),
    )
