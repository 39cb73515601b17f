"""What a table writes while its meeting is open. Callers hold the table (`at_table(lock=True)`)."""

from collections.abc import Collection
from typing import ClassVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict, NotFound
from participation.meetings.models import (
    MeetingDot,
    MeetingNote,
    MeetingStatement,
)
from participation.meetings.queries.room import AtTable, places_taken
from participation.meetings.rules.codes import place_hash
from participation.meetings.rules.states import MOST_NOTES, MOST_STATEMENTS, MeetingState
from participation.meetings.services.holding import keep_open


class NotOpen(Conflict):
    """The meeting has not opened, or is over, or the table has not heard what it agrees to."""

    code: ClassVar[str] = "meeting_not_open"


class TableFull(Conflict):
    """The table has written as much, or has as many places with dots, as there can be."""

    code: ClassVar[str] = "table_full"


class TooManyDots(Conflict):
    """More dots than each person has."""

    code: ClassVar[str] = "too_many_dots"


def agree(session: Session, at: AtTable) -> None:
    """The table has heard the consent words. Again changes nothing. Raises NotOpen."""
    keep_open(session, at.meeting)
    if at.meeting.state != MeetingState.OPEN:
        raise NotOpen
    at.table.has_agreed = True
    session.flush()


def _check(session: Session, at: AtTable, *, alone: bool = False) -> None:
    """Closing may have been waited for with the table: what was read before counts no more."""
    keep_open(session, at.meeting, alone=alone)
    if at.meeting.state != MeetingState.OPEN or not at.table.has_agreed:
        raise NotOpen


def write_note(session: Session, at: AtTable, text: str, language: str) -> MeetingNote:
    """Add a note of the table's. Raises NotOpen, TableFull."""
    _check(session, at)
    mine = MeetingNote.table_id == at.table.id
    count, last = session.execute(
        select(func.count(MeetingNote.id), func.max(MeetingNote.number)).where(mine)
    ).one()
    if count >= MOST_NOTES:
        raise TableFull
    note = MeetingNote(table_id=at.table.id, number=(last or 0) + 1, text=text, language=language)
    session.add(note)
    session.flush()
    return note


def remove_note(session: Session, at: AtTable, number: int) -> None:
    """Take a note away. Raises NotOpen, NotFound."""
    _check(session, at)
    gone = session.scalar(
        select(MeetingNote).where(MeetingNote.table_id == at.table.id, MeetingNote.number == number)
    )
    if gone is None:
        raise NotFound
    session.delete(gone)
    session.flush()


def write_statement(session: Session, at: AtTable, text: str, language: str) -> MeetingStatement:
    """Put a statement on the wall, for every table to see. Raises NotOpen, TableFull."""
    # All tables number from one row of numbers: they wait for each other here.
    _check(session, at, alone=True)
    mine = session.scalar(
        select(func.count(MeetingStatement.id)).where(MeetingStatement.table_id == at.table.id)
    )
    if (mine or 0) >= MOST_STATEMENTS:
        raise TableFull
    last = session.scalar(
        select(func.max(MeetingStatement.number)).where(
            MeetingStatement.meeting_id == at.meeting.id
        )
    )
    statement = MeetingStatement(
        meeting_id=at.meeting.id,
        table_id=at.table.id,
        number=(last or 0) + 1,
        text=text,
        language=language,
    )
    session.add(statement)
    session.flush()
    return statement


def remove_statement(session: Session, at: AtTable, number: int) -> None:
    """Take the table's own statement down, with the dots on it. Raises NotOpen, NotFound."""
    _check(session, at)
    gone = session.scalar(
        select(MeetingStatement)
        .where(MeetingStatement.table_id == at.table.id, MeetingStatement.number == number)
        .with_for_update()  # before its dots, as those who place dots hold it
    )
    if gone is None:
        raise NotFound
    session.execute(delete(MeetingDot).where(MeetingDot.statement_id == gone.id))
    session.delete(gone)
    session.flush()


def place_dots(session: Session, at: AtTable, place: str, numbers: Collection[int]) -> int:
    """The dots of one place are on these statements from now on, and on no others; how many.

    A person puts at most one dot on a statement, so that dots count people. Numbers that stand on
    no statement any more are left out. What the place has in another meeting stays.

    Raises:
        NotOpen: the meeting is not open.
        TooManyDots: more than each person has.
        TableFull: every place at the table has its dots on the wall already.
    """
    _check(session, at)
    if len(set(numbers)) > at.meeting.dots_each:
        raise TooManyDots
    if places_taken(session, at.table, beside=place) >= at.table.places:
        raise TableFull
    chosen = session.scalars(
        select(MeetingStatement.id)
        .where(
            MeetingStatement.meeting_id == at.meeting.id, MeetingStatement.number.in_(set(numbers))
        )
        .order_by(MeetingStatement.id)
        .with_for_update(read=True, key_share=True)
    ).all()
    hashed = place_hash(place)
    in_room = select(MeetingStatement.id).where(MeetingStatement.meeting_id == at.meeting.id)
    session.execute(
        delete(MeetingDot).where(
            MeetingDot.place_hash == hashed, MeetingDot.statement_id.in_(in_room)
        )
    )
    session.add_all(
        MeetingDot(place_hash=hashed, statement_id=one, table_id=at.table.id) for one in chosen
    )
    session.flush()
    return len(chosen)
