"""The agenda of a meeting: points, their order, and the papers that belong to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.council.models import AgendaItem, CouncilDecision, CouncilMeeting
from participation.council.rules.meetings import PAPER_KIND, moved
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.files import StoredFile, forget_file, store_file
from participation.foundation.files.queries import files_about
from participation.foundation.files.rules import PDF, UnsafeFile, checked_type
from participation.foundation.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class AgendaPoint:
    """One point of an agenda as somebody writes it; `planned_minutes` is how long it may take."""

    title: str
    text: str = ""
    owner: str = ""
    planned_minutes: int | None = None


def set_agenda(
    session: Session, actor: Actor, meeting: CouncilMeeting, points: Sequence[AgendaPoint]
) -> None:
    """The first agenda of a new meeting; points are numbered from 1 in the order given."""
    for point in points:
        _append(session, meeting, point)
    session.flush()
    _log(session, actor, meeting)


def add_agenda_item(
    session: Session, actor: Actor, meeting: CouncilMeeting, point: AgendaPoint
) -> AgendaItem:
    """One more point, last. Raises Conflict once the minutes are approved."""
    _check_open(meeting)
    item = _append(session, meeting, point)
    session.flush()
    _log(session, actor, meeting)
    return item


def change_agenda_item(
    session: Session, actor: Actor, meeting: CouncilMeeting, item: AgendaItem, point: AgendaPoint
) -> None:
    """Write a point anew. Raises Conflict once the minutes are approved."""
    _check_open(meeting)
    item.title = point.title
    item.text = point.text
    item.owner = point.owner
    item.planned_minutes = point.planned_minutes
    session.flush()
    _log(session, actor, meeting)


def move_agenda_item(
    session: Session, actor: Actor, meeting: CouncilMeeting, item: AgendaItem, steps: int
) -> None:
    """Move a point so many places later; negative: earlier. The meeting's agenda is loaded.

    Raises Conflict once the minutes are approved.
    """
    _check_open(meeting)
    order = moved([one.number for one in meeting.agenda], item.number, steps)
    for one in meeting.agenda:
        one.position = order.index(one.number) + 1
    session.flush()
    session.expire(meeting, ["agenda"])
    _log(session, actor, meeting)


def remove_agenda_item(
    session: Session, actor: Actor, meeting: CouncilMeeting, item: AgendaItem
) -> None:
    """Take a point away, with its papers.

    Raises Conflict once the minutes are approved, or when something was decided under it.
    """
    _check_open(meeting)
    decided = select(CouncilDecision.id).where(
        CouncilDecision.meeting_id == meeting.id, CouncilDecision.agenda_number == item.number
    )
    if session.scalar(decided.limit(1)) is not None:
        raise Conflict
    for paper in files_about(session, PAPER_KIND, item.public_id):
        forget_file(session, paper)
    session.delete(item)
    session.flush()
    session.expire(meeting, ["agenda"])
    _log(session, actor, meeting)


def attach_paper(
    session: Session,
    actor: Actor,
    meeting: CouncilMeeting,
    item: AgendaItem,
    *,
    name: str,
    content: bytes,
) -> StoredFile:
    """Put a PDF beside a point. Raises UnsafeFile for anything else, Conflict after approval."""
    _check_open(meeting)
    if checked_type(content) != PDF:
        raise UnsafeFile(reason="wrong_type")
    stored = store_file(
        session, actor, about=(PAPER_KIND, item.public_id), name=name, content=content
    )
    log_event(session, actor, "council_paper_added", "council_meeting", meeting.public_id)
    return stored


def remove_paper(
    session: Session, actor: Actor, meeting: CouncilMeeting, paper: StoredFile
) -> None:
    """Take a paper away. Raises Conflict once the minutes are approved."""
    _check_open(meeting)
    forget_file(session, paper)
    log_event(session, actor, "council_paper_removed", "council_meeting", meeting.public_id)


def _append(session: Session, meeting: CouncilMeeting, point: AgendaPoint) -> AgendaItem:
    last = session.scalar(
        select(func.max(AgendaItem.number)).where(AgendaItem.meeting_id == meeting.id)
    )
    place = session.scalar(
        select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id)
    )
    item = AgendaItem(
        meeting_id=meeting.id,
        number=(last or 0) + 1,
        position=(place or 0) + 1,
        title=point.title,
        text=point.text,
        owner=point.owner,
        planned_minutes=point.planned_minutes,
    )
    session.add(item)
    session.flush()
    return item


def _check_open(meeting: CouncilMeeting) -> None:
    if meeting.approved_on is not None:
        raise Conflict


def _log(session: Session, actor: Actor, meeting: CouncilMeeting) -> None:
    log_event(session, actor, "council_agenda_changed", "council_meeting", meeting.public_id)
