"""Audits through each person's own part in them: who sees which, and how much of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from participation.audits.models import Audit, AuditStep, AuditTeamMember
from participation.audits.rules.states import (
    FINISHED,
    GUIDE_OPEN,
    REPORT_IS_OUT,
    REPORT_OPEN,
    AuditState,
    Mover,
    next_moves,
)
from participation.county.models import Organisation, Unit
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission

Row = TypeVar("Row")

ROUND_SUBJECT = "audit"  # how a survey round says that it belongs to an audit


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


def audits_visible_to(actor: Actor) -> Select[Audit]:
    """Audits the person has a part in, those that go on first, as a statement for paging."""
    return (
        select(Audit)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(or_(is_led_by(actor), is_ordered_by(actor), is_in_team(actor)))
        .options(joinedload(Audit.unit))
        .order_by(Audit.state.in_(FINISHED), Audit.period_from.desc(), Audit.id.desc())
    )


def audit_seen_by(session: Session, actor: Actor, public_id: str) -> Lens:
    """One audit through the person's part in it. Raises NotFound. One query."""
    row = session.execute(
        select(Audit, is_led_by(actor), is_in_team(actor), is_ordered_by(actor))
        .join(Unit, Unit.id == Audit.unit_id)
        .where(
            Audit.public_id == public_id,
            or_(is_led_by(actor), is_ordered_by(actor), is_in_team(actor)),
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


def is_led_by(actor: Actor) -> ColumnElement[bool]:
    return _in_scope(actor, Permission.MANAGE_AUDITS)


def is_ordered_by(actor: Actor) -> ColumnElement[bool]:
    return _in_scope(actor, Permission.ORDER_AUDIT)


def _in_scope(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    scope = actor.scope(permission)
    if scope.everywhere:
        return true()
    if not scope.organisation_ids:
        return false()
    return Unit.organisation_id.in_(scope.organisation_ids)


def is_in_team(actor: Actor) -> ColumnElement[bool]:
    """Beside `Unit`. Whoever has come to act for the organisation that is examined is out."""
    if not actor.can(Permission.CONDUCT_AUDIT):
        return false()
    return exists().where(
        AuditTeamMember.audit_id == Audit.id,
        AuditTeamMember.account_id == actor.account_id,
        AuditTeamMember.left_at.is_(None),
    ) & Unit.organisation_id.not_in(actor.organisation_ids)


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


def check_inside(lens: Lens) -> None:
    if not lens.is_inside:
        raise NotFound


def or_not_found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row
