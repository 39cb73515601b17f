"""Noting that people were asked to something, so that the bank's lists can be sorted by it."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.interest_bank.models import BankMember

AT_ONCE = 1_000


def note_asked(session: Session, member_ids: Sequence[int]) -> None:
    """The floors above have just invited these people."""
    for start in range(0, len(member_ids), AT_ONCE):
        session.execute(
            update(BankMember)
            .where(BankMember.id.in_(member_ids[start : start + AT_ONCE]))
            .values(last_asked_at=now())
        )
