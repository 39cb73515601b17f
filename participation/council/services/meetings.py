"""The council's meetings: planned as activities, with their own agenda, decisions and minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.states import ActivityKind
from participation.activities.services import create_activity
from participation.council.models import (
    AgendaItem,
    CouncilDecision,
    CouncilMeeting,
    CouncilSeat,
    CouncilTerm,
)
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class AgendaPoint:
    """One point of an agenda as somebody writes it."""

    title: str
    text: str = ""


def plan_meeting(
    session: Session,
    actor: Actor,
    term: CouncilTerm,
    *,
    organisation_id: int,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    agenda: Sequence[AgendaPoint] = (),
) -> CouncilMeeting:
    """A meeting and its activity, to which the members are invited as to any other."""
    seats = session.scalar(select(func.count(CouncilSeat.id)).where(CouncilSeat.term_id == term.id))
    details = ActivityDetails(
        organisation_id=organisation_id,
        unit_id=None,
        group_id=term.group_id,
        area_id=None,
        kind=ActivityKind.COUNCIL_MEETING,
        title=title,
        description=title,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        seats=max(1, seats or 1),
        compensation_text="",
        contact_text="",
        accessibility_text="",
        is_open_to_all=False,
        wanted_roles=(),
        wanted_municipalities=(),
        wanted_ways=(),
    )
    return attach_meeting(session, actor, term, create_activity(session, actor, details), agenda)


def attach_meeting(
    session: Session,
    actor: Actor,
    term: CouncilTerm,
    activity: Activity,
    agenda: Sequence[AgendaPoint] = (),
) -> CouncilMeeting:
    """Make an activity of the kind "council meeting" a meeting of this term.

    Raises Conflict for an activity of another kind.
    """
    if activity.kind != ActivityKind.COUNCIL_MEETING:
        raise Conflict
    meeting = CouncilMeeting(term_id=term.id, activity_id=activity.id)
    session.add(meeting)
    session.flush()
    set_agenda(session, actor, meeting, agenda)
    log_event(session, actor, "council_meeting_planned", "council_meeting", meeting.public_id)
    return meeting


def set_agenda(
    session: Session, actor: Actor, meeting: CouncilMeeting, points: Sequence[AgendaPoint]
) -> None:
    """Replace a meeting's agenda; points are numbered from 1 in the order given."""
    old = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).all()
    for item in old:
        session.delete(item)
    session.flush()
    session.add_all(
        AgendaItem(meeting_id=meeting.id, number=number, title=point.title, text=point.text)
        for number, point in enumerate(points, start=1)
    )
    session.flush()
    log_event(session, actor, "council_agenda_changed", "council_meeting", meeting.public_id)


def add_agenda_item(
    session: Session, actor: Actor, meeting: CouncilMeeting, title: str, text: str = ""
) -> None:
    """One more point, last. The meeting's agenda is loaded."""
    points = [AgendaPoint(title=item.title, text=item.text) for item in meeting.agenda]
    set_agenda(session, actor, meeting, [*points, AgendaPoint(title=title, text=text)])


def remove_agenda_item(
    session: Session, actor: Actor, meeting: CouncilMeeting, number: int
) -> None:
    """Take a point away; those after it move up. The meeting's agenda is loaded."""
    points = [
        AgendaPoint(title=item.title, text=item.text)
        for item in meeting.agenda
        if item.number != number
    ]
    set_agenda(session, actor, meeting, points)


def write_minutes(session: Session, actor: Actor, meeting: CouncilMeeting, text: str) -> None:
    """Write down what was said. Raises Conflict once the minutes are approved."""
    if meeting.approved_on is not None:
        raise Conflict
    meeting.minutes = text
    session.flush()
    log_event(session, actor, "council_minutes_written", "council_meeting", meeting.public_id)


def approve_minutes(
    session: Session, actor: Actor, meeting: CouncilMeeting, on: date | None = None
) -> None:
    """The minutes are as the council wants them; they are not changed after this."""
    if not meeting.minutes:
        raise Conflict
    meeting.approved_on = on or today()
    session.flush()
    log_event(session, actor, "council_minutes_approved", "council_meeting", meeting.public_id)


def record_decision(
    session: Session,
    actor: Actor,
    meeting: CouncilMeeting,
    text: str,
    *,
    owner: str = "",
    due_on: date | None = None,
) -> CouncilDecision:
    """What the meeting decided, numbered in order; who does it and by when, if somebody does."""
    last = session.scalar(
        select(func.max(CouncilDecision.number)).where(CouncilDecision.meeting_id == meeting.id)
    )
    decision = CouncilDecision(
        meeting_id=meeting.id, number=(last or 0) + 1, text=text, owner=owner, due_on=due_on
    )
    session.add(decision)
    session.flush()
    log_event(session, actor, "council_decision", "council_meeting", meeting.public_id)
    return decision


def finish_decision(
    session: Session, actor: Actor, decision: CouncilDecision, on: date | None = None
) -> None:
    """What was decided is done. Raises Conflict when it was done already."""
    if decision.done_on is not None:
        raise Conflict
    decision.done_on = on or today()
    session.flush()
    log_event(session, actor, "council_decision_done", "council_decision", decision.public_id)
