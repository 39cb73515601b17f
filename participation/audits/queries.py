"""Reads of audits. Each person sees an audit through their own part in it, and no further.

Those who lead see everything but interviews, of which they see how many there are. The team sees
its own audit only. The unit's contact persons see the order, the way, and the report once it is
out. Whoever has no part in an audit gets NotFound, as for one that does not exist.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from participation.accounts.models import RoleAssignment
from participation.audits.models import (
    Audit,
    AuditInterview,
    AuditPoint,
    AuditProposal,
    AuditQuestion,
    AuditStep,
    AuditTeamMember,
)
from participation.audits.rules.states import (
    FINISHED,
    GUIDE_OPEN,
    REPORT_IS_OUT,
    REPORT_OPEN,
    AuditState,
    Mover,
    next_moves,
)
from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about_many
from participation.county.models import Organisation, Unit
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, SearchDocument

Row = TypeVar("Row")

SUBJECT_KIND = "audit_proposal"  # what a commitment about a proposal says it is about
SEARCH_SOURCE = "audit"


@dataclass(frozen=True)
class Lens:
    """An audit as one person may see it."""

    audit: Audit
    is_lead: bool
    is_team: bool
    is_unit: bool

    @property
    def state(self) -> AuditState:
        return AuditState(self.audit.state)

    @property
    def movers(self) -> frozenset[Mover]:
        parts = (
            (self.is_lead, Mover.COORDINATOR),
            (self.is_team, Mover.AUDITOR),
            (self.is_unit, Mover.UNIT),
        )
        return frozenset(mover for is_it, mover in parts if is_it)

    @property
    def is_inside(self) -> bool:
        """Sees the team, the guide and how many interviews there are: never the unit."""
        return self.is_lead or self.is_team

    @property
    def next_moves(self) -> tuple[AuditState, ...]:
        return next_moves(self.state, self.movers)

    @property
    def sees_report(self) -> bool:
        if self.state in REPORT_IS_OUT:
            return True
        return self.is_inside and self.state in REPORT_OPEN

    @property
    def may_change_guide(self) -> bool:
        return self.is_inside and self.state in GUIDE_OPEN

    @property
    def may_interview(self) -> bool:
        return self.is_team and self.state is AuditState.INTERVIEWING

    @property
    def may_change_report(self) -> bool:
        return self.is_inside and self.state in REPORT_OPEN


# ---------------------------------------------------------------- audits


def audits_visible_to(actor: Actor) -> Select[Audit]:
    """Audits the person has a part in, those that go on first, as a statement for paging."""
    return (
        select(Audit)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(or_(_leads(actor), _orders(actor), _is_in_team(actor)))
        .options(joinedload(Audit.unit))
        .order_by(Audit.state.in_(FINISHED), Audit.period_from.desc(), Audit.id.desc())
    )


def audit_seen_by(session: Session, actor: Actor, public_id: str) -> Lens:
    """One audit through the person's part in it. Raises NotFound. One query."""
    row = session.execute(
        select(Audit, _leads(actor), _is_in_team(actor), _orders(actor))
        .join(Unit, Unit.id == Audit.unit_id)
        .where(
            Audit.public_id == public_id,
            or_(_leads(actor), _orders(actor), _is_in_team(actor)),
        )
        .options(joinedload(Audit.unit), joinedload(Audit.area))
    ).one_or_none()
    if row is None:
        raise NotFound
    audit, leads, is_team, orders = row
    return Lens(audit, bool(leads), bool(is_team), bool(orders))


def audit_led_by(session: Session, actor: Actor, public_id: str) -> Lens:
    """As `audit_seen_by`, for those who lead audits. Raises NotFound for everybody else."""
    lens = audit_seen_by(session, actor, public_id)
    if not lens.is_lead:
        raise NotFound
    return lens


def audit_conducted_by(session: Session, actor: Actor, public_id: str) -> Lens:
    """As `audit_seen_by`, for the audit's own team. Raises NotFound for everybody else."""
    lens = audit_seen_by(session, actor, public_id)
    if not lens.is_team:
        raise NotFound
    return lens


def audit_inside(session: Session, actor: Actor, public_id: str) -> Lens:
    """As `audit_seen_by`, for the team and those who lead. Raises NotFound for the unit."""
    lens = audit_seen_by(session, actor, public_id)
    if not lens.is_inside:
        raise NotFound
    return lens


def _leads(actor: Actor) -> ColumnElement[bool]:
    return _in_scope(actor, Permission.MANAGE_AUDITS)


def _orders(actor: Actor) -> ColumnElement[bool]:
    return _in_scope(actor, Permission.ORDER_AUDIT)


def _in_scope(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    scope = actor.scope(permission)
    if scope.everywhere:
        return true()
    if not scope.organisation_ids:
        return false()
    return Unit.organisation_id.in_(scope.organisation_ids)


def _is_in_team(actor: Actor) -> ColumnElement[bool]:
    if not actor.can(Permission.CONDUCT_AUDIT):
        return false()
    return exists().where(
        AuditTeamMember.audit_id == Audit.id,
        AuditTeamMember.account_id == actor.account_id,
        AuditTeamMember.left_at.is_(None),
    )


def units_to_order_for(session: Session, actor: Actor) -> Sequence[Unit]:
    """Units whose audit the person may order; only organisations that adopted the model may."""
    scope = actor.scope(Permission.ORDER_AUDIT)
    statement = (
        select(Unit)
        .join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Unit.is_current, Organisation.adopted_on.is_not(None))
    )
    if not scope.everywhere:
        statement = statement.where(Unit.organisation_id.in_(scope.organisation_ids))
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


def steps_of(session: Session, audit_id: int) -> Mapping[str, AuditStep]:
    """When each state was reached."""
    steps = session.scalars(
        select(AuditStep).where(AuditStep.audit_id == audit_id).order_by(AuditStep.id)
    )
    return {step.state: step for step in steps}


# ---------------------------------------------------------------- the team and its work


def team_of(session: Session, lens: Lens) -> Sequence[AuditTeamMember]:
    """The audit's auditors now. Raises NotFound for the unit."""
    _check_inside(lens)
    return session.scalars(
        select(AuditTeamMember)
        .where(AuditTeamMember.audit_id == lens.audit.id, AuditTeamMember.left_at.is_(None))
        .options(joinedload(AuditTeamMember.account))
        .order_by(AuditTeamMember.id)
    ).all()


def team_size(session: Session, audit_id: int) -> int:
    return (
        session.scalar(
            select(func.count(AuditTeamMember.id)).where(
                AuditTeamMember.audit_id == audit_id, AuditTeamMember.left_at.is_(None)
            )
        )
        or 0
    )


def team_member(session: Session, lens: Lens, public_id: str) -> AuditTeamMember:
    """One auditor of an audit the person leads. Raises NotFound."""
    _check_inside(lens)
    return _found(
        session.scalar(
            select(AuditTeamMember)
            .where(
                AuditTeamMember.audit_id == lens.audit.id,
                AuditTeamMember.public_id == public_id,
                AuditTeamMember.left_at.is_(None),
            )
            .options(joinedload(AuditTeamMember.account))
        )
    )


def own_place(session: Session, lens: Lens, actor: Actor) -> AuditTeamMember | None:
    """The person's own place in the team."""
    return session.scalar(
        select(AuditTeamMember).where(
            AuditTeamMember.audit_id == lens.audit.id,
            AuditTeamMember.account_id == actor.account_id,
            AuditTeamMember.left_at.is_(None),
        )
    )


def places_of(session: Session, account_id: int) -> Sequence[tuple[AuditTeamMember, Audit]]:
    """Every audit somebody is or was an auditor of, newest first."""
    rows = session.execute(
        select(AuditTeamMember, Audit)
        .join(Audit, Audit.id == AuditTeamMember.audit_id)
        .where(AuditTeamMember.account_id == account_id)
        .order_by(AuditTeamMember.id.desc())
    )
    return [(place, audit) for place, audit in rows]


def questions_of(session: Session, lens: Lens) -> Sequence[AuditQuestion]:
    """The interview guide, in order. Raises NotFound for the unit."""
    _check_inside(lens)
    return session.scalars(
        select(AuditQuestion)
        .where(AuditQuestion.audit_id == lens.audit.id)
        .order_by(AuditQuestion.number)
    ).all()


def interview_count(session: Session, lens: Lens) -> int:
    """How many interviews there are: all that those who lead see of them."""
    _check_inside(lens)
    return (
        session.scalar(
            select(func.count(AuditInterview.id)).where(AuditInterview.audit_id == lens.audit.id)
        )
        or 0
    )


def interviews_of(session: Session, lens: Lens) -> Sequence[AuditInterview]:
    """The interviews, for the audit's own team only. Raises NotFound for everybody else."""
    if not lens.is_team:
        raise NotFound
    return session.scalars(
        select(AuditInterview)
        .where(AuditInterview.audit_id == lens.audit.id)
        .order_by(AuditInterview.number, AuditInterview.id)
    ).all()


def interview(session: Session, lens: Lens, public_id: str) -> AuditInterview:
    """One interview, for the audit's own team only. Raises NotFound."""
    if not lens.is_team:
        raise NotFound
    return _found(
        session.scalar(
            select(AuditInterview).where(
                AuditInterview.audit_id == lens.audit.id, AuditInterview.public_id == public_id
            )
        )
    )


# ---------------------------------------------------------------- the report


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
    audit = _found(
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


# ---------------------------------------------------------------- counts and what waits


def completed_audits(session: Session, years: range) -> dict[int, int | None]:
    """Audits by the year their feedback meeting was held. One query.

    Source: DOMAIN.md, indicators: goal at least two a year.
    """
    held = session.scalars(
        select(AuditStep.taken_on).where(
            AuditStep.state == AuditState.FED_BACK,
            AuditStep.taken_on >= date(years.start, 1, 1),
            AuditStep.taken_on < date(years.stop, 1, 1),
        )
    )
    by_year = Counter(day.year for day in held)
    return {year: by_year[year] for year in years}


def waiting_for_lead(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits whose next step is the leader's: new orders, teams to build, meetings to hold."""
    return _waiting(session, _leads(actor), Mover.COORDINATOR)


def own_audits_going(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits of one's own where the team has something to do."""
    return _waiting(session, _is_in_team(actor), Mover.AUDITOR)


def _waiting(session: Session, mine: ColumnElement[bool], mover: Mover) -> Sequence[Audit]:
    states = [
        state
        for state in AuditState
        if any(step is not AuditState.CANCELLED for step in next_moves(state, frozenset({mover})))
    ]
    return session.scalars(
        select(Audit)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(mine, Audit.state.in_(states))
        .options(joinedload(Audit.unit))
        .order_by(Audit.period_from, Audit.id)
    ).all()


def has_ties(session: Session, account_id: int, organisation_id: int) -> bool:
    """Whether somebody acts for the organisation whose unit is examined."""
    held = select(RoleAssignment.id).where(
        RoleAssignment.account_id == account_id,
        RoleAssignment.organisation_id == organisation_id,
        RoleAssignment.revoked_at.is_(None),
    )
    return session.scalar(held.limit(1)) is not None


def _check_inside(lens: Lens) -> None:
    if not lens.is_inside:
        raise NotFound


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row
