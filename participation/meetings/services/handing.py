"""How coding knows what was said at a meeting, and that it was read here already."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.rules.drafts import SourceKind
from participation.coding.services import note_read_at_source
from participation.foundation.permissions import Actor
from participation.meetings.models import Meeting, MeetingStatement, MeetingTable

NOTES, STATEMENTS = "notes", "statements"


def source_ref(meeting: Meeting, table_number: int) -> str:
    """How coding names a table. A whole table is one voice: fewer than it is, never more."""
    return f"meeting:{meeting.public_id}:{table_number}"


def tell_coding(
    session: Session, actor: Actor, meeting: Meeting, statement: MeetingStatement, was: str
) -> None:
    """A statement was read for publication; in coding nobody need read it through once more.

    One that is kept back waits for a reader there.
    """
    number = session.scalars(
        select(MeetingTable.number).where(MeetingTable.id == statement.table_id)
    ).one()
    note_read_at_source(
        session,
        actor,
        (SourceKind.DIALOGUE, meeting.public_id, STATEMENTS),
        source_ref(meeting, number),
        was=was,
        words=statement.text if statement.is_shown else None,
    )
