"""Two entries of the bank turned out to be one person: seats and places follow."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.council.models import CouncilSeat, Representation, SeatPast


def move_seats(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the kept entry hold the other's seats and places.

    Somebody who holds a seat under both entries has to leave one first: nothing is moved then, and
    whoever merges is told so.
    """
    seated = select(CouncilSeat.id).where(CouncilSeat.member_id == kept_id)
    if session.scalar(seated.limit(1)) is None:
        _move(session, CouncilSeat, kept_id, gone_id)
    for table in (SeatPast, Representation):
        _move(session, table, kept_id, gone_id)


def _move(
    session: Session,
    table: type[CouncilSeat | SeatPast | Representation],
    kept_id: int,
    gone_id: int,
) -> None:
    session.execute(
        update(table)
        .where(table.member_id == gone_id)
        .values(member_id=kept_id)
        .execution_options(synchronize_session=False)
    )
