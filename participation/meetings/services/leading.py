"""Planning and opening a meeting, and reading its statements before they are shown."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict, Forbidden
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.permissions import Actor, Permission
from participation.meetings.models import Meeting, MeetingDot, MeetingStatement, MeetingTable
from participation.meetings.rules.codes import table_code, table_hash
from participation.meetings.rules.consent import CONSENT_VERSION, consent_words
from participation.meetings.rules.states import MOST_TABLES, MeetingState
from participation.meetings.services.handing import tell_coding
from participation.meetings.services.holding import keep_open

ABOUT = "meeting"


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """What is said of a meeting beforehand."""

    kind: str
    theme: str
    held_on: date
    place: str = ""
    organisation_id: int | None = None
    activity_id: int | None = None
    dots_each: int = 3
    tables: int = 4
    places: int = 8  # at each table


def plan_meeting(
    session: Session, actor: Actor, draft: MeetingDraft, *, is_fictional: bool = False
) -> Meeting:
    """A meeting and its tables; nobody can write before it is opened.

    Raises:
        Forbidden: the person leads nothing for who holds it.
    """
    _check_holder(actor, draft)
    meeting = Meeting(
        kind=draft.kind,
        theme=draft.theme,
        held_on=draft.held_on,
        place=draft.place,
        organisation_id=draft.organisation_id,
        activity_id=draft.activity_id,
        dots_each=draft.dots_each,
        is_fictional=is_fictional,
    )
    session.add(meeting)
    session.flush()
    for number in range(1, draft.tables + 1):
        session.add(_table(meeting, number, draft.places))
    session.flush()
    log_event(session, actor, "meeting_planned", ABOUT, meeting.public_id, tables=draft.tables)
    return meeting


def change_meeting(session: Session, actor: Actor, meeting: Meeting, draft: MeetingDraft) -> None:
    """Say something else about it, before it opens. Its tables stay.

    Raises:
        Conflict: it has opened.
        Forbidden: the person leads nothing for who holds it.
    """
    _check_holder(actor, draft)
    if meeting.state != MeetingState.PLANNED:
        raise Conflict
    meeting.kind, meeting.theme, meeting.held_on = draft.kind, draft.theme, draft.held_on
    meeting.place, meeting.dots_each = draft.place, draft.dots_each
    meeting.organisation_id, meeting.activity_id = draft.organisation_id, draft.activity_id
    session.flush()
    log_event(session, actor, "meeting_changed", ABOUT, meeting.public_id)


def _check_holder(actor: Actor, draft: MeetingDraft) -> None:
    """The whole county's meetings are for those who lead everywhere."""
    scope = actor.scope(Permission.MANAGE_ACTIVITIES)
    if not scope.has_organisation(draft.organisation_id):
        raise Forbidden


def _table(meeting: Meeting, number: int, places: int) -> MeetingTable:
    code = table_code(meeting.public_id, number)
    return MeetingTable(
        meeting_id=meeting.id, number=number, places=places, code_hash=table_hash(code)
    )


def add_table(session: Session, actor: Actor, meeting: Meeting) -> MeetingTable:
    """One more, with as many places as the last. More people came than were expected.

    Raises:
        Conflict: the meeting is closed, or has as many as there can be.
    """
    last = session.scalars(
        select(MeetingTable)
        .where(MeetingTable.meeting_id == meeting.id)
        .order_by(MeetingTable.number.desc(), MeetingTable.id.desc())
        .limit(1)
    ).one()
    if meeting.state == MeetingState.CLOSED or last.number >= MOST_TABLES:
        raise Conflict
    table = _table(meeting, last.number + 1, last.places)
    session.add(table)
    session.flush()
    log_event(session, actor, "meeting_table_added", ABOUT, meeting.public_id, table=table.number)
    return table


def renew_code(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    table: MeetingTable,
    edition: int,
    *,
    clears_dots: bool = False,
) -> None:
    """The sheet is lost, or others have its code: a new one opens the table, the old one nothing.

    `edition`: which sheet the person saw, so that two who press at once give one new code. What
    the table has written and agreed to stays. `clears_dots`: others may have placed dots in the
    table's places; they go, and whoever sits there places theirs anew.

    Raises:
        Conflict: there is a newer sheet already, or the meeting is closed.
    """
    session.refresh(table, with_for_update=True)  # tables before their meeting, as everywhere
    keep_open(session, meeting)
    if meeting.state == MeetingState.CLOSED or table.edition != edition:
        raise Conflict
    table.edition += 1
    table.code_hash = table_hash(table_code(meeting.public_id, table.number, table.edition))
    if clears_dots:
        session.execute(delete(MeetingDot).where(MeetingDot.table_id == table.id))
    session.flush()
    log_event(
        session,
        actor,
        "meeting_code_renewed",
        ABOUT,
        meeting.public_id,
        table=table.number,
        dots_cleared=clears_dots,
    )


def open_meeting(session: Session, actor: Actor, meeting: Meeting) -> None:
    """The tables can write from now on. The words they are told are kept as they are now.

    Raises:
        Conflict: it is open or closed already.
    """
    if meeting.state != MeetingState.PLANNED:
        raise Conflict
    with use_locale(DEFAULT_LOCALE):
        meeting.consent_words = "\n".join(consent_words(meeting.dots_each))
    meeting.consent_version = CONSENT_VERSION
    meeting.state = MeetingState.OPEN.value
    session.flush()
    log_event(session, actor, "meeting_opened", ABOUT, meeting.public_id)


def review_statement(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    statement: MeetingStatement,
    *,
    text: str,
    is_shown: bool,
) -> None:
    """Somebody has read it for what points to a person: `text` is what may stay.

    Raises:
        Conflict: the meeting is not closed, or the table took its words back.
    """
    if meeting.state != MeetingState.CLOSED or not statement.text:
        raise Conflict
    was, statement.text, statement.is_shown = statement.text, text, is_shown
    statement.reviewed_at = now()
    statement.reviewed_by_account_id = actor.account_id
    session.flush()
    log_event(
        session,
        actor,
        "meeting_statement_reviewed",
        ABOUT,
        meeting.public_id,
        number=statement.number,
        shown=is_shown,
    )
    tell_coding(session, actor, meeting, statement, was)


def left_to_read(session: Session, meeting: Meeting) -> int:
    """How many statements nobody has read yet."""
    counted = select(func.count(MeetingStatement.id)).where(
        MeetingStatement.meeting_id == meeting.id, MeetingStatement.reviewed_at.is_(None)
    )
    return session.scalar(counted) or 0
