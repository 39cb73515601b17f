"""Noting that people were asked to something, so that the bank's lists can be sorted by it."""

from sqlalchemy import Select, update
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.interest_bank.models import BankMember


def note_asked(session: Session, member_ids: Select[int]) -> None:
    """The floors above have just invited these people. One statement, however many."""
    session.execute(
        update(BankMember)
        .where(BankMember.id.in_(member_ids))
        .values(last_asked_at=now())
        .execution_options(synchronize_session=False)
    )
