"""The rows of guardians' approvals: noted, asked, ended. What follows is in `guardians`."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.crypto import new_token, token_hash
from participation.foundation.errors import Conflict
from participation.interest_bank.models import BankMember, GuardianApproval
from participation.interest_bank.rules import (
    APPROVAL_LASTS,
    APPROVAL_PURPOSE,
    NEEDS_ADDRESS,
    OPEN_STATES,
    ApprovalState,
    may_become,
)


def note_guardian(session: Session, member: BankMember, email: str, locale: str) -> None:
    """Remember whom to ask. Nobody is mailed before the child has confirmed."""
    end_approvals(session, member)
    session.add(GuardianApproval(member_id=member.id, guardian_email=email, locale=locale))
    session.flush()


def start_asking(approval: GuardianApproval) -> str:
    """The guardian is asked now; the token of the link."""
    move_approval(approval, ApprovalState.ASKED)
    token = new_token()
    approval.token_hash = token_hash(APPROVAL_PURPOSE, token)
    approval.asked_at = now()
    approval.expires_at = now() + APPROVAL_LASTS
    return token


def open_approval(session: Session, member_id: int) -> GuardianApproval | None:
    """The approval that is noted, asked or given for the person, locked for writing."""
    return session.scalar(
        select(GuardianApproval)
        .where(GuardianApproval.member_id == member_id, GuardianApproval.state.in_(OPEN_STATES))
        .order_by(GuardianApproval.id.desc())
        .limit(1)
        .with_for_update()
    )


def end_approvals(session: Session, member: BankMember) -> None:
    """The person leaves, asks somebody else or needs no guardian any more."""
    approvals: Sequence[GuardianApproval] = session.scalars(
        select(GuardianApproval)
        .where(GuardianApproval.member_id == member.id, GuardianApproval.state.in_(OPEN_STATES))
        .order_by(GuardianApproval.id)
        .with_for_update()
    ).all()
    for approval in approvals:
        move_approval(approval, ApprovalState.LAPSED)
    session.flush()


def move_approval(approval: GuardianApproval, wanted: ApprovalState) -> None:
    """Change the state; an address that is not needed any more goes, and so do dead links.

    Raises Conflict for a move that the rules do not know.
    """
    if not may_become(approval.state, wanted):
        raise Conflict
    approval.state = wanted
    if wanted not in NEEDS_ADDRESS:
        approval.guardian_email = None
    if wanted in {ApprovalState.APPROVED, ApprovalState.REFUSED}:
        approval.answered_at = now()
    if wanted in {ApprovalState.WITHDRAWN, ApprovalState.LAPSED}:
        approval.ended_at = now()
        approval.withdrawal_hash = None
    if wanted is ApprovalState.LAPSED:
        approval.token_hash = None
