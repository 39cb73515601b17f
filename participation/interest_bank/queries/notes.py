"""Reads of the notes about a person."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember, MemberNote


def notes_about(session: Session, member: BankMember) -> Sequence[MemberNote]:
    """The notes about somebody whom the caller may see, newest first."""
    return session.scalars(
        select(MemberNote)
        .where(MemberNote.member_id == member.id)
        .options(joinedload(MemberNote.author))
        .order_by(MemberNote.created_at.desc(), MemberNote.id.desc())
    ).all()


def note_count(session: Session, member: BankMember) -> int:
    found = select(func.count()).where(MemberNote.member_id == member.id)
    return session.scalar(found) or 0


def own_note(session: Session, actor: Actor, member: BankMember, public_id: str) -> MemberNote:
    """A note that the actor wrote about the person. Raises NotFound, also for a colleague's."""
    found = session.scalar(
        select(MemberNote).where(
            MemberNote.member_id == member.id,
            MemberNote.public_id == public_id,
            MemberNote.author_account_id == actor.account_id,
        )
    )
    if found is None:
        raise NotFound
    return found


def notes_about_account(session: Session, account_id: int) -> Sequence[MemberNote]:
    """What coordinators wrote about the person, for themselves to read."""
    return session.scalars(
        select(MemberNote)
        .join(BankMember, BankMember.id == MemberNote.member_id)
        .where(BankMember.account_id == account_id)
        .options(joinedload(MemberNote.author))
        .order_by(MemberNote.created_at, MemberNote.id)
    ).all()
