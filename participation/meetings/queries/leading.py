"""Meetings as those who lead them see them. Dots are read for the gate and shown by it alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.meetings.models import (
    Meeting,
    MeetingDot,
    MeetingNote,
    MeetingStatement,
    MeetingTable,
)
from participation.meetings.rules.result import Statement


def _led_by(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    scope = actor.scope(permission)
    if scope.everywhere:
        return Meeting.id.is_not(None)
    return Meeting.organisation_id.in_(scope.organisation_ids)


def meetings_visible_to(actor: Actor) -> Select[Meeting]:
    """Meetings the person leads, the latest first."""
    return (
        select(Meeting)
        .where(_led_by(actor, Permission.MANAGE_ACTIVITIES))
        .options(joinedload(Meeting.organisation))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )


def meeting_seen_by(
    session: Session,
    actor: Actor,
    public_id: str,
    permission: Permission = Permission.MANAGE_ACTIVITIES,
    *,
    lock: bool = False,
) -> Meeting:
    """One meeting. `lock`: nobody else moves it meanwhile. Raises NotFound."""
    statement = (
        select(Meeting)
        .where(Meeting.public_id == public_id, _led_by(actor, permission))
        .options(joinedload(Meeting.organisation), joinedload(Meeting.activity))
    )
    if lock:
        statement = statement.with_for_update(of=Meeting)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class MeetingLine:
    """A table and how much it has written; never what."""

    table: MeetingTable
    notes: int
    statements: int


def tables_of(session: Session, meeting: Meeting) -> Sequence[MeetingLine]:
    """The tables in order. One statement."""
    notes = (
        select(func.count(MeetingNote.id))
        .where(MeetingNote.table_id == MeetingTable.id)
        .scalar_subquery()
    )
    statements = (
        select(func.count(MeetingStatement.id))
        .where(MeetingStatement.table_id == MeetingTable.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(MeetingTable, notes, statements)
        .where(MeetingTable.meeting_id == meeting.id)
        .order_by(MeetingTable.number, MeetingTable.id)
    )
    return [MeetingLine(*row) for row in rows]


def tables_in_room(session: Session, meeting: Meeting) -> Sequence[MeetingTable]:
    """The tables, in order."""
    return session.scalars(
        select(MeetingTable)
        .where(MeetingTable.meeting_id == meeting.id)
        .order_by(MeetingTable.number, MeetingTable.id)
    ).all()


def own_words(session: Session, meeting: Meeting) -> Sequence[tuple[MeetingStatement, int]]:
    """Every statement with the number of its table, in order."""
    rows = session.execute(
        select(MeetingStatement, MeetingTable.number)
        .join(MeetingTable, MeetingTable.id == MeetingStatement.table_id)
        .where(MeetingStatement.meeting_id == meeting.id)
        .order_by(MeetingStatement.number, MeetingStatement.id)
    )
    return [(statement, number) for statement, number in rows]


def statement_to_review(
    session: Session, meeting: Meeting, number: int, *, lock: bool = False
) -> MeetingStatement:
    """One statement. `lock`: nobody else reviews it meanwhile. Raises NotFound."""
    statement = select(MeetingStatement).where(
        MeetingStatement.meeting_id == meeting.id, MeetingStatement.number == number
    )
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound
    return found


def waiting_statements(session: Session, actor: Actor) -> Sequence[tuple[Meeting, int]]:
    """Closed meetings with statements that nobody has read, and how many."""
    rows = session.execute(
        select(Meeting, func.count(MeetingStatement.id))
        .join(MeetingStatement, MeetingStatement.meeting_id == Meeting.id)
        .where(
            _led_by(actor, Permission.MANAGE_ACTIVITIES),
            Meeting.state == "closed",
            MeetingStatement.reviewed_at.is_(None),
        )
        .group_by(Meeting.id)
        .order_by(Meeting.held_on, Meeting.id)
    )
    return [(meeting, count) for meeting, count in rows]


def counted_dots(session: Session, meeting: Meeting) -> tuple[int, list[Statement]]:
    """How many people placed dots, and every statement with how many chose it: for the gate."""
    at_meeting = select(MeetingTable.id).where(MeetingTable.meeting_id == meeting.id)
    people = session.scalar(
        select(func.count(MeetingDot.place_hash.distinct())).where(
            MeetingDot.table_id.in_(at_meeting)
        )
    )
    rows = session.execute(
        select(MeetingStatement, func.count(MeetingDot.place_hash))
        .outerjoin(MeetingDot, MeetingDot.statement_id == MeetingStatement.id)
        .where(MeetingStatement.meeting_id == meeting.id)
        .group_by(MeetingStatement.id)
        .order_by(MeetingStatement.number, MeetingStatement.id)
    )
    return people or 0, [
        Statement(
            number=one.number,
            text=one.text,
            language=one.language,
            is_reviewed=one.is_reviewed,
            is_shown=one.is_shown,
            dots=dots,
        )
        for one, dots in rows
    ]
