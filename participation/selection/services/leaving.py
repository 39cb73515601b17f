"""Somebody leaves the bank or is erased: what a draw keeps of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.selection.models import DrawPerson
from participation.selection.services.households import leave_household


def forget_in_draws(session: Session, member_id: int) -> int:
    """The link to the person and what the quotas asked about go; numbers and chances stay.

    How many draws the person was in. Whoever looks after a draw sees that a place needs a
    successor, since the place has nobody any more.
    """
    rows = session.scalars(select(DrawPerson).where(DrawPerson.member_id == member_id)).all()
    for row in rows:
        take_away(row)
    leave_household(session, member_id)
    session.flush()
    return len(rows)


def take_away(row: DrawPerson) -> None:
    """Nothing leads from the number to anybody any more."""
    row.member_id = None
    row.traits = {}
    row.household = None
    row.has_done = False
