"""What those who sit at a table of an open meeting read: their notes, the room's statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.meetings.models import (
    Meeting,
    MeetingDot,
    MeetingNote,
    MeetingStatement,
    MeetingTable,
)
from participation.meetings.rules.codes import place_hash, read_code, table_hash


@dataclass(frozen=True)
class AtTable:
    """A table and its meeting, as the code on its sheet opens them."""

    meeting: Meeting
    table: MeetingTable


def at_table(session: Session, typed: str, *, lock: bool = False) -> AtTable | None:
    """What a code opens; None for a wrong one.

    `lock`: the table is held, so that closing waits for what it writes, and it for closing.
    """
    code = read_code(typed)
    if code is None:
        return None
    statement = (
        select(Meeting, MeetingTable)
        .join(MeetingTable, MeetingTable.meeting_id == Meeting.id)
        .where(MeetingTable.code_hash == table_hash(code))
    )
    if lock:
        statement = statement.with_for_update(of=MeetingTable)
    row = session.execute(statement).first()
    return AtTable(*row) if row is not None else None


def notes_of(session: Session, table: MeetingTable) -> Sequence[MeetingNote]:
    """The table's own notes, in order."""
    return session.scalars(
        select(MeetingNote)
        .where(MeetingNote.table_id == table.id)
        .order_by(MeetingNote.number, MeetingNote.id)
    ).all()


def statements_in_room(
    session: Session, meeting: Meeting
) -> Sequence[tuple[MeetingStatement, int]]:
    """Every statement of every table with the table's number, in order."""
    rows = session.execute(
        select(MeetingStatement, MeetingTable.number)
        .join(MeetingTable, MeetingTable.id == MeetingStatement.table_id)
        .where(MeetingStatement.meeting_id == meeting.id)
        .order_by(MeetingStatement.number, MeetingStatement.id)
    )
    return [(statement, number) for statement, number in rows]


def chosen_by(session: Session, meeting: Meeting, place: str) -> Sequence[int]:
    """The ids of the meeting's statements on which a place has its dots."""
    return session.scalars(
        select(MeetingDot.statement_id)
        .join(MeetingStatement, MeetingStatement.id == MeetingDot.statement_id)
        .where(
            MeetingDot.place_hash == place_hash(place), MeetingStatement.meeting_id == meeting.id
        )
        .order_by(MeetingDot.statement_id)
    ).all()


def has_dots(session: Session, place: str) -> bool:
    """Whether a place has dots on the wall of any meeting."""
    placed = select(MeetingDot.place_hash).where(MeetingDot.place_hash == place_hash(place))
    return session.scalar(select(placed.exists())) or False


def places_taken(session: Session, table: MeetingTable, beside: str = "") -> int:
    """How many places at the table have dots on the wall, `beside` not counted."""
    counted = select(func.count(MeetingDot.place_hash.distinct())).where(
        MeetingDot.table_id == table.id
    )
    if beside:
        counted = counted.where(MeetingDot.place_hash != place_hash(beside))
    return session.scalar(counted) or 0
