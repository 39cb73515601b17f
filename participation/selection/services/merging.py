"""Two entries of the bank turned out to be one person: places in draws and homes follow."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.selection.models import DrawPerson, DrawPlace, HouseholdMember
from participation.selection.services.households import leave_household
from participation.selection.services.leaving import take_away


def move_draws(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the kept entry stand in the draws that the other one was in.

    Were both in a draw, the number without a place has nobody any more, as when somebody leaves.
    Somebody who has got a place under both has to leave one first: the other one stays where it
    is, and whoever merges is told that it cannot be done.
    """
    kept = {row.draw_id: row for row in _rows(session, kept_id)}
    gone = _rows(session, gone_id)
    placed = _placed(session, [row.id for row in (*kept.values(), *gone)])
    for row in gone:
        twin = kept.get(row.draw_id)
        if twin is None:
            row.member_id = kept_id
        elif row.id not in placed:
            take_away(row)
        elif twin.id not in placed:
            take_away(twin)
            session.flush()
            row.member_id = kept_id
    _move_home(session, kept_id, gone_id)
    session.flush()


def _rows(session: Session, member_id: int) -> Sequence[DrawPerson]:
    return session.scalars(
        select(DrawPerson).where(DrawPerson.member_id == member_id).order_by(DrawPerson.id)
    ).all()


def _placed(session: Session, person_ids: Sequence[int]) -> set[int]:
    return set(
        session.scalars(select(DrawPlace.person_id).where(DrawPlace.person_id.in_(person_ids)))
    )


def _move_home(session: Session, kept_id: int, gone_id: int) -> None:
    home = session.get(HouseholdMember, gone_id)
    if home is None:
        return
    if session.get(HouseholdMember, kept_id) is None:
        home.member_id = kept_id
    else:
        leave_household(session, gone_id)
