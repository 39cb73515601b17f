"""Who is tied to a unit that is examined, and who was asked and has not said."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import RoleAssignment
from participation.assignments.queries import declared_ties, yet_to_declare
from participation.audits.models import Audit, AuditTeamMember
from participation.audits.rules.states import FINISHED
from participation.audits.rules.ties import HOLDS_FOR, Examined, hindering
from participation.county.models import Unit
from participation.foundation.clock import now
from participation.interest_bank.models import BankMember


def tied_members(session: Session, unit: Unit, members: Collection[BankMember]) -> frozenset[int]:
    """The ids of those who act for the organisation or declared a tie. Three queries.

    A tie declared for an earlier audit of the unit counts too, unless somebody wrote why it does
    not stand in the way.
    """
    acting = set(
        session.scalars(
            select(RoleAssignment.account_id).where(
                RoleAssignment.account_id.in_([member.account_id for member in members]),
                RoleAssignment.organisation_id == unit.organisation_id,
                RoleAssignment.revoked_at.is_(None),
            )
        )
    )
    acting |= _tied_as_auditors(session, unit, members)
    ties = declared_ties(session, [member.id for member in members])
    examined = Examined(unit_id=unit.id, organisation_id=unit.organisation_id)
    return frozenset(
        member.id
        for member in members
        if member.account_id in acting or hindering(ties.get(member.id, ()), examined, now())
    )


def silent_members(session: Session, unit: Unit, members: Collection[BankMember]) -> frozenset[int]:
    """The ids of those who were asked about ties to the organisation and have not answered.

    In a team whose audit goes on, or for something else they said yes to. Two queries.
    """
    asked = set(
        session.scalars(
            select(AuditTeamMember.account_id)
            .join(Audit, Audit.id == AuditTeamMember.audit_id)
            .join(Unit, Unit.id == Audit.unit_id)
            .where(
                AuditTeamMember.account_id.in_([member.account_id for member in members]),
                Unit.organisation_id == unit.organisation_id,
                Audit.state.not_in(FINISHED),
                AuditTeamMember.left_at.is_(None),
                AuditTeamMember.declared_at.is_(None),
            )
        )
    )
    silent = yet_to_declare(session, unit.organisation_id, [member.id for member in members])
    return silent | {member.id for member in members if member.account_id in asked}


def _tied_as_auditors(session: Session, unit: Unit, members: Collection[BankMember]) -> set[int]:
    return set(
        session.scalars(
            select(AuditTeamMember.account_id)
            .join(Audit, Audit.id == AuditTeamMember.audit_id)
            .where(
                AuditTeamMember.account_id.in_([member.account_id for member in members]),
                Audit.unit_id == unit.id,
                AuditTeamMember.ties.is_not(None),
                AuditTeamMember.cleared_at.is_(None),
                AuditTeamMember.declared_at > now() - HOLDS_FOR,
            )
        )
    )
