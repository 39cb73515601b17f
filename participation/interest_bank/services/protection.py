"""Marking people with protected identity."""

from sqlalchemy.orm import Session

from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember


def set_protection(
    session: Session, actor: Actor, member: BankMember, is_protected: bool, reason: str
) -> None:
    """Mark a person with protected identity: lists and searches then leave out where they are."""
    member.is_protected = is_protected
    log_event(
        session,
        actor,
        "protection_set" if is_protected else "protection_lifted",
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
        reason=reason,
    )
    session.flush()
