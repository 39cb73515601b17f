"""Resting from being asked, and being asked again."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries.guardians import lacks_approval
from participation.interest_bank.rules import MemberState
from participation.interest_bank.services.moving import log_move, move
from participation.interest_bank.services.profile import NeedsGuardian


def pause_membership(
    session: Session, actor: Actor, member: BankMember, until: date | None
) -> None:
    """Rest through the day `until`, or until further notice.

    Raises Conflict when the person is not in the bank.
    """
    move(member, MemberState.PAUSED)
    member.paused_until = until
    log_move(session, actor, member, "membership_paused")


def resume_membership(session: Session, actor: Actor, member: BankMember) -> None:
    """Be asked again.

    Raises NeedsGuardian when a guardian took their yes back and nobody has said yes since.
    """
    if member.state == MemberState.ACTIVE:
        return
    if lacks_approval(session, member):
        raise NeedsGuardian
    move(member, MemberState.ACTIVE)
    member.paused_until = None
    log_move(session, actor, member, "membership_resumed")


def wake_rested(session: Session) -> int:
    """Let everybody whose pause has ended be asked again; how many there were."""
    rested: Sequence[BankMember] = session.scalars(
        select(BankMember)
        .where(BankMember.state == MemberState.PAUSED, BankMember.paused_until < today())
        .order_by(BankMember.id)
    ).all()
    woken = [member for member in rested if not lacks_approval(session, member)]
    for member in woken:
        move(member, MemberState.ACTIVE)
        member.paused_until = None
    session.flush()
    return len(woken)
