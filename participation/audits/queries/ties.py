"""Who is tied to a unit that is examined: roles they hold, and ties they have declared."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import RoleAssignment
from participation.assignments.queries import declared_ties
from participation.audits.rules.ties import Examined, hindering
from participation.county.models import Unit
from participation.foundation.clock import now
from participation.interest_bank.models import BankMember


def tied_members(session: Session, unit: Unit, members: Collection[BankMember]) -> frozenset[int]:
    """The ids of those who act for the organisation or declared a tie. Two queries."""
    acting = set(
        session.scalars(
            select(RoleAssignment.account_id).where(
                RoleAssignment.account_id.in_([member.account_id for member in members]),
                RoleAssignment.organisation_id == unit.organisation_id,
                RoleAssignment.revoked_at.is_(None),
            )
        )
    )
    ties = declared_ties(session, [member.id for member in members])
    examined = Examined(unit_id=unit.id, organisation_id=unit.organisation_id)
    return frozenset(
        member.id
        for member in members
        if member.account_id in acting or hindering(ties.get(member.id, ()), examined, now())
    )
