"""What people without e-mail are told instead: by phone, or by a letter."""

from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember, Letter
from participation.interest_bank.rules import MemberState

SIGNATURE = "\n-- \n"


class Told(StrEnum):
    CALLED = "called"
    POSTED = "posted"
    NOT_NEEDED = "not_needed"


def write_letter(
    session: Session, email_index: str, *, template: str, locale: str, subject: str, text: str
) -> None:
    """Keep what would have been a mail, for whoever has no mailbox and is in the bank."""
    member_id = session.scalar(
        select(BankMember.id)
        .join(Account, Account.id == BankMember.account_id)
        .where(Account.email_index == email_index, BankMember.state != MemberState.LEFT)
    )
    if member_id is None:
        return
    words = text.partition(SIGNATURE)[0].strip()  # a mail's own last lines fit no letter
    session.add(
        Letter(member_id=member_id, template=template, locale=locale, subject=subject, text=words)
    )
    session.flush()


def settle_letter(session: Session, actor: Actor, letter: Letter, told: Told) -> None:
    """The person has been told; the words are not kept.

    Raises Conflict when a colleague was first.
    """
    if letter.told_at is not None:
        raise Conflict
    letter.told_at, letter.told_how = now(), told
    letter.told_by_account_id = actor.account_id
    letter.subject = letter.text = ""
    log_event(
        session,
        actor,
        "letter_told",
        "bank_letter",
        letter.public_id,
        subject_account_id=letter.member.account_id,
        how=told,
    )
    session.flush()


def forget_letters(session: Session, member_id: int) -> None:
    """The person has left: nothing more is told, and no words stay."""
    session.execute(
        update(Letter)
        .where(Letter.member_id == member_id, Letter.told_at.is_(None))
        .values(subject="", text="", told_at=now(), told_how=Told.NOT_NEEDED)
    )
