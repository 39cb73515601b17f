"""The report of an audit: points, proposals, and what is public of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from participation.audits.models import Audit, AuditPoint, AuditProposal, AuditStep
from participation.audits.queries.analysis import REPORT_WORDS
from participation.audits.queries.lenses import (
    Lens,
    is_in_team,
    is_led_by,
    is_ordered_by,
    steps_of,
)
from participation.audits.rules.states import REPORT_IS_OUT
from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about_many
from participation.county.models import Unit
from participation.disclosure.models import Release
from participation.disclosure.queries import not_there
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor
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
    """Strengths and shortcomings, strengths first; without those that are taken out."""
    return [
        one
        for one in _points(session, audit_id)
        if one.taken_out_on is None and kind in (None, one.kind)
    ]


def _points(session: Session, audit_id: int) -> Sequence[AuditPoint]:
    return session.scalars(
        select(AuditPoint)
        .where(AuditPoint.audit_id == audit_id)
        .order_by(AuditPoint.kind.desc(), AuditPoint.number, AuditPoint.id)
    ).all()


def proposals_of(session: Session, audit_id: int) -> Sequence[ProposalLine]:
    """The proposals with the unit's answers, in order. Two queries."""
    proposals = _proposals(session, audit_id)
    ids = [item.public_id for item in proposals]
    owed = commitments_about_many(session, SUBJECT_KIND, ids) if ids else {}
    return [
        ProposalLine(item, next(iter(owed.get(item.public_id, ())), None)) for item in proposals
    ]


def _proposals(session: Session, audit_id: int) -> Sequence[AuditProposal]:
    return session.scalars(
        select(AuditProposal)
        .where(AuditProposal.audit_id == audit_id)
        .order_by(AuditProposal.number, AuditProposal.id)
    ).all()


def proposal_seen_by(
    session: Session, actor: Actor, public_id: str
) -> tuple[AuditProposal, Audit] | None:
    """A proposal whose report is out, for those who have a part in its audit. One query."""
    row = session.execute(
        select(AuditProposal, Audit)
        .join(Audit, Audit.id == AuditProposal.audit_id)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(
            AuditProposal.public_id == public_id,
            Audit.state.in_(REPORT_IS_OUT),
            or_(is_led_by(actor), is_ordered_by(actor), is_in_team(actor)),
        )
    ).first()
    return (row[0], row[1]) if row else None


@dataclass(frozen=True)
class Report:
    """The report as those who may see it read it."""

    audit: Audit
    strengths: Sequence[AuditPoint]
    shortcomings: Sequence[AuditPoint]
    proposals: Sequence[ProposalLine]
    steps: Mapping[str, AuditStep]
    taken_out: Sequence[AuditPoint] = ()  # after it was handed over


def report_of(session: Session, lens: Lens) -> Report:
    """The report, as far as it is written. Raises NotFound for the unit before it is out."""
    if not lens.sees_report:
        raise NotFound
    return _report(session, lens.audit)


@dataclass(frozen=True)
class PublicSummary:
    """The report's words as `told`: those that were published, or, for those who may read it
    before, those that are written. Answers to proposals are the commitments as they stand.
    """

    audit: Audit
    told: Mapping[str, Any]
    proposals: Sequence[ProposalLine]
    steps: Mapping[str, AuditStep]

    @property
    def strengths(self) -> Sequence[Mapping[str, Any]]:
        return [one for one in self.told["points"] if one["kind"] == "strength"]

    @property
    def shortcomings(self) -> Sequence[Mapping[str, Any]]:
        return [one for one in self.told["points"] if one["kind"] == "shortcoming"]

    @property
    def has_easy_words(self) -> bool:
        return bool(self.told.get("easy_summary"))


def told_now(session: Session, audit: Audit) -> dict[str, Any]:
    """The report's words as they are written now."""
    names = ("target_group", *REPORT_WORDS)
    return {
        "title": audit.title,
        **{name: getattr(audit, name) for name in names},
        "points": [
            {
                "kind": one.kind,
                "title": one.title,
                "text": one.text,
                "easy_text": one.easy_text,
                "is_own_observation": one.is_own_observation,
            }
            for one in points_of(session, audit.id)
        ],
        "proposals": [
            {"title": one.title, "text": one.text} for one in _proposals(session, audit.id)
        ],
        "follow_up": {
            "who": audit.follow_up_who,
            "text": audit.follow_up_text,
            "remaining": audit.remaining_text,
        },
    }


def public_words(session: Session, audit: Audit) -> list[str]:
    """Every sentence that a public summary would show, to be looked through."""
    told = told_now(session, audit)
    parts = [*told["points"], *told["proposals"], told["follow_up"]]
    own = [text for text in told.values() if isinstance(text, str)]
    said = [text for part in parts for text in part.values() if isinstance(text, str)]
    return [text for text in [*own, *said] if text]


def paper_of(session: Session, lens: Lens) -> PublicSummary:
    """The report as it is written, for paper. Raises NotFound for the unit before it is out."""
    if not lens.sees_report:
        raise NotFound
    return _summary(session, lens.audit, told_now(session, lens.audit))


def public_summary(session: Session, public_id: str) -> PublicSummary:
    """What is published of an audit, as its release says. Raises NotFound; Withdrawn when it was
    once.
    """
    audit = session.scalar(
        select(Audit)
        .where(Audit.public_id == public_id, Audit.published_on.is_not(None))
        .options(joinedload(Audit.unit))
    )
    if audit is None:
        own = Release.source_public_id == public_id, Release.kind == ReleaseKind.AUDIT_REPORT.value
        raise not_there(session, *own, published=Address(endpoint="audits.published"))
    release = session.get(Release, audit.release_id) if audit.release_id else None
    # One that was made public before the ledger knew of audits has no release.
    return _summary(session, audit, release.payload if release else told_now(session, audit))


def _summary(session: Session, audit: Audit, told: Mapping[str, Any]) -> PublicSummary:
    return PublicSummary(
        audit=audit,
        told=told,
        proposals=proposals_of(session, audit.id),
        steps=steps_of(session, audit.id),
    )


def published_audits(session: Session) -> Sequence[Audit]:
    """Audits with a public summary, newest first."""
    return session.scalars(
        select(Audit)
        .where(Audit.published_on.is_not(None))
        .options(joinedload(Audit.unit))
        .order_by(Audit.published_on.desc(), Audit.id.desc())
    ).all()


def _report(session: Session, audit: Audit) -> Report:
    written = _points(session, audit.id)
    points = [one for one in written if one.taken_out_on is None]
    return Report(
        audit=audit,
        strengths=[item for item in points if item.kind == "strength"],
        shortcomings=[item for item in points if item.kind == "shortcoming"],
        proposals=proposals_of(session, audit.id),
        steps=steps_of(session, audit.id),
        taken_out=[one for one in written if one.taken_out_on is not None],
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
