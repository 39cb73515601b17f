"""What goes when somebody leaves the bank or is erased, and what the bookkeeping law keeps."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.assignments.models import (
    AssignmentAgreement,
    CompensationClaim,
    ConflictDeclaration,
)
from participation.assignments.rules.states import HELD, ClaimState
from participation.assignments.services.claiming import forget_details, forget_number
from participation.foundation.clock import now
from participation.interest_bank.models import BankMember


def forget_assignments(session: Session, member_id: int) -> None:
    """Agreements and declared ties of somebody go."""
    for table in (AssignmentAgreement, ConflictDeclaration):
        session.execute(delete(table).where(table.member_id == member_id))
    session.flush()


def forget_person(session: Session, account_id: int) -> None:
    """As `forget_assignments`, for whoever asks to be erased."""
    member_id = session.scalar(select(BankMember.id).where(BankMember.account_id == account_id))
    if member_id is not None:
        forget_assignments(session, member_id)


def forget_open_claims(
    session: Session, claims: Sequence[CompensationClaim]
) -> list[CompensationClaim]:
    """Claims that were never sent in go; those are returned whose money is or was on its way.

    Of those paid, number and account go at once.
    """
    held = []
    for claim in claims:
        if claim.state in HELD:
            held.append(claim)
            if claim.state == ClaimState.PAID:
                forget_number(claim)
                claim.details_erased_at = claim.details_erased_at or now()
        else:
            forget_details(session, claim)
            session.delete(claim)
    session.flush()
    return held
