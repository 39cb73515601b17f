"""A meeting closes: what the tables wrote becomes material, to be reviewed like everything else."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.coding.rules.drafts import MaterialTextDraft, SourceKind
from participation.coding.services import forget_material, take_material
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, pgettext, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.meetings.models import Meeting, MeetingNote, MeetingStatement, MeetingTable
from participation.meetings.queries.leading import counted_dots
from participation.meetings.rules.states import MeetingState
from participation.meetings.services.handing import NOTES, STATEMENTS, source_ref
from participation.meetings.services.holding import hold_meeting, hold_tables
from participation.meetings.services.leading import ABOUT
from participation.meetings.services.publishing import withdraw_standing


class FewerThanDots(Conflict):
    """More people have placed dots than are said to have come."""

    code = "fewer_than_dots"


def close_meeting(session: Session, actor: Actor, meeting: Meeting, participants: int) -> None:
    """Nobody writes any more; notes and statements are handed to coding. Notes are gone here.

    Callers do not hold the meeting yet: its tables come first.

    Raises:
        Conflict: it is not open.
        FewerThanDots: `participants` are fewer than those who placed dots.
    """
    hold_tables(session, meeting)
    hold_meeting(session, meeting)
    if meeting.state != MeetingState.OPEN:
        raise Conflict
    if participants < counted_dots(session, meeting)[0]:
        raise FewerThanDots
    meeting.state, meeting.participants = MeetingState.CLOSED.value, participants
    notes = _drafts(session, meeting, MeetingNote)
    statements = _drafts(session, meeting, MeetingStatement)
    with use_locale(DEFAULT_LOCALE):
        _hand_over(session, meeting, (NOTES, _("Notes from the tables")), notes)
        _hand_over(session, meeting, (STATEMENTS, pgettext("meeting", "Statements")), statements)
    at_meeting = select(MeetingTable.id).where(MeetingTable.meeting_id == meeting.id)
    session.execute(delete(MeetingNote).where(MeetingNote.table_id.in_(at_meeting)))
    session.flush()
    texts = len(notes) + len(statements)
    log_event(session, actor, "meeting_closed", ABOUT, meeting.public_id, texts=texts)


def _drafts(
    session: Session, meeting: Meeting, written: type[MeetingNote] | type[MeetingStatement]
) -> list[MaterialTextDraft]:
    rows = session.execute(
        select(written.text, written.language, MeetingTable)
        .join(MeetingTable, MeetingTable.id == written.table_id)
        .where(MeetingTable.meeting_id == meeting.id)
        .order_by(MeetingTable.number, written.number)
    )
    return [
        MaterialTextDraft(
            text=text, source_ref=source_ref(meeting, table.number), language=language
        )
        for text, language, table in rows
    ]


def _hand_over(
    session: Session,
    meeting: Meeting,
    asked: tuple[str, str],
    texts: list[MaterialTextDraft],
) -> None:
    """One material for each sort (key, words). Its review is in coding; here nobody reads notes."""
    key, question = asked
    if texts:
        take_material(
            session,
            title=f"{meeting.theme} – {question.lower()}",
            source_kind=SourceKind.DIALOGUE,
            source_public_id=meeting.public_id,
            question_key=key,
            question=question,
            wave_label=str(meeting.held_on.year),
            is_fictional=meeting.is_fictional,
            organisation_id=meeting.organisation_id,
            texts=texts,
        )


def forget_table(session: Session, actor: Actor, meeting: Meeting, table: MeetingTable) -> int:
    """A table takes its words back: gone here and, with every excerpt, from coding; how many texts.

    A published result is withdrawn. The statements keep their empty rows and the dots on them, so
    that a later result has the same shape and shows nobody by what is missing.

    Raises:
        Conflict: the meeting is not closed; until then the table does it by itself.
    """
    hold_meeting(session, meeting)
    if meeting.state != MeetingState.CLOSED:
        raise Conflict
    with use_locale(DEFAULT_LOCALE):  # stored words are Swedish
        withdraw_standing(session, actor, meeting, _("A table took its words back."))
    count = forget_material(session, source_ref(meeting, table.number))
    _empty_statements(session, table)
    log_event(
        session, actor, "meeting_table_forgotten", ABOUT, meeting.public_id, table=table.number
    )
    return count


def _empty_statements(session: Session, table: MeetingTable) -> None:
    """Held first: somebody may be letting one through just now."""
    statements = (
        select(MeetingStatement)
        .where(MeetingStatement.table_id == table.id)
        .order_by(MeetingStatement.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for statement in session.scalars(statements):
        statement.text, statement.is_shown = "", False
        statement.reviewed_at = statement.reviewed_at or now()
    session.flush()
