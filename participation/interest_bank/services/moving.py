"""Moving a membership from one state to another."""

from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import MemberState, may_move


def move(member: BankMember, wanted: MemberState) -> None:
    """Change the state. Raises Conflict for a move that the rules do not know."""
    if not may_move(member.state, wanted):
        raise Conflict
    member.state = wanted


def log_move(session: Session, actor: Actor, member: BankMember, action: str) -> None:
    """Put the move in the event log, about the person."""
    log_event(
        session,
        actor,
        action,
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
    )
    session.flush()
