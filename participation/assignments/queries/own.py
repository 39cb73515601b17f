"""Reads of one person's own assignments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import Activity, Invitation
from participation.activities.rules.states import STILL_TO_COME, TAKES_PART
from participation.assignments.models import (
    AssignmentAgreement,
    AssignmentTerms,
    CompensationClaim,
    ConflictDeclaration,
)
from participation.assignments.queries.agreements import terms_from
from participation.assignments.rules.states import Needs
from participation.interest_bank.models import BankMember


@dataclass(frozen=True)
class OwnAssignment:
    """Something the person said yes to: what it asks, and how far they have come."""

    invitation_public_id: str
    activity: Activity
    needs: Needs
    agreement: AssignmentAgreement | None
    declaration: ConflictDeclaration | None
    claim: CompensationClaim | None

    @property
    def agreed_at(self) -> datetime | None:
        return self.agreement.accepted_at if self.agreement else None

    @property
    def must_agree(self) -> bool:
        return self.needs.agreement and self.agreed_at is None and self._is_to_come

    @property
    def must_declare(self) -> bool:
        return self.needs.declaration and self.declaration is None and self._is_to_come

    @property
    def has_something(self) -> bool:
        """Whether there is anything to do or to read about it here."""
        waits = self.must_agree or self.must_declare
        return waits or bool(self.agreed_at or self.declaration or self.claim)

    @property
    def _is_to_come(self) -> bool:
        return self.activity.state in STILL_TO_COME


def own_assignments(session: Session, account_id: int) -> Sequence[OwnAssignment]:
    """Everything the person said yes to, newest first. One query."""
    return _assignments(session, BankMember.account_id == account_id)


def assignment_of(session: Session, activity_id: int, member_id: int) -> OwnAssignment | None:
    """One thing the person said yes to. One query."""
    found = _assignments(
        session, (Invitation.activity_id == activity_id) & (Invitation.member_id == member_id)
    )
    return found[0] if found else None


def _assignments(session: Session, whose: Any) -> list[OwnAssignment]:
    def beside(model: Any) -> Any:
        return (model.activity_id == Invitation.activity_id) & (
            model.member_id == Invitation.member_id
        )

    rows: Any = session.execute(
        select(
            Invitation.public_id,
            Activity,
            AssignmentTerms,
            AssignmentAgreement,
            ConflictDeclaration,
            CompensationClaim,
        )
        .join(BankMember, BankMember.id == Invitation.member_id)
        .join(Activity, Activity.id == Invitation.activity_id)
        .outerjoin(AssignmentTerms, AssignmentTerms.activity_id == Activity.id)
        .outerjoin(AssignmentAgreement, beside(AssignmentAgreement))
        .outerjoin(ConflictDeclaration, beside(ConflictDeclaration))
        .outerjoin(CompensationClaim, beside(CompensationClaim))
        .where(whose, Invitation.state.in_(TAKES_PART))
        .order_by(Activity.starts_at.desc(), Invitation.id.desc())
    )
    return [
        OwnAssignment(public_id, activity, terms_from(terms, activity).needs, *rest)
        for public_id, activity, terms, *rest in rows
    ]


def claims_of_person(session: Session, account_id: int) -> Sequence[CompensationClaim]:
    """Every claim of one person with its lines, newest first; for export and erasure."""
    return (
        session.scalars(
            select(CompensationClaim)
            .join(BankMember, BankMember.id == CompensationClaim.member_id)
            .where(BankMember.account_id == account_id)
            .options(joinedload(CompensationClaim.activity), joinedload(CompensationClaim.lines))
            .order_by(CompensationClaim.created_at.desc(), CompensationClaim.id.desc())
        )
        .unique()
        .all()
    )
