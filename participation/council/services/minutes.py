"""Minutes: written point by point, adjusted, approved, made public; and what was decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.council.models import CouncilDecision, CouncilMeeting, MinutesAdjuster
from participation.council.rules.meetings import MOST_ADJUSTERS, are_all_adjusted
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided, under which point, by whom it is done and when.

    `owner_member_id` is the member who promised it, `owner` anybody else in words.
    """

    text: str
    owner: str = ""
    owner_member_id: int | None = None
    due_on: date | None = None
    agenda_number: int | None = None


def write_minutes(
    session: Session,
    actor: Actor,
    meeting: CouncilMeeting,
    text: str,
    records: Mapping[int, str] | None = None,
) -> None:
    """Write down what was said: under each point (by its number), and beside them all.

    Whoever had adjusted reads anew when a word has changed. Agenda and adjusters are loaded.
    Raises Conflict once the minutes are approved.
    """
    _check_draft(meeting)
    before = (meeting.minutes, [item.record for item in meeting.agenda])
    meeting.minutes = text
    for item in meeting.agenda:
        item.record = (records or {}).get(item.number, item.record)
    if before != (text, [item.record for item in meeting.agenda]):
        for adjuster in meeting.adjusters:
            adjuster.approved_on = None
    session.flush()
    _log(session, actor, meeting, "written")


def name_adjusters(
    session: Session, actor: Actor, meeting: CouncilMeeting, member_ids: Collection[int]
) -> None:
    """Who reads the minutes and says that they are right; at most three. Adjusters are loaded.

    Raises Conflict once the minutes are approved, or for more than three.
    """
    _check_draft(meeting)
    wanted = set(member_ids)
    if len(wanted) > MOST_ADJUSTERS:
        raise Conflict
    known = {adjuster.member_id for adjuster in meeting.adjusters}
    for adjuster in list(meeting.adjusters):
        if adjuster.member_id not in wanted:
            meeting.adjusters.remove(adjuster)
    for member_id in sorted(wanted - known):
        meeting.adjusters.append(MinutesAdjuster(meeting_id=meeting.id, member_id=member_id))
    session.flush()
    _log(session, actor, meeting, "to_adjust")


def adjust_minutes(session: Session, actor: Actor, meeting: CouncilMeeting, member_id: int) -> None:
    """An adjuster says that the minutes are right; with the last of them they are approved.

    Raises Conflict for anybody who is not named, or has said so already.
    """
    _check_draft(meeting)
    own = next((one for one in meeting.adjusters if one.member_id == member_id), None)
    if own is None or own.approved_on is not None or not _has_text(meeting):
        raise Conflict
    own.approved_on = today()
    _log(session, actor, meeting, "adjusted")
    if are_all_adjusted(one.approved_on is not None for one in meeting.adjusters):
        _approve(session, actor, meeting, today())
    session.flush()


def approve_minutes(
    session: Session, actor: Actor, meeting: CouncilMeeting, on: date | None = None
) -> None:
    """The meeting itself approves minutes that nobody was named to adjust; they stay as they are.

    Raises Conflict without text, with adjusters, or when they are approved already.
    """
    _check_draft(meeting)
    if not _has_text(meeting) or meeting.adjusters:
        raise Conflict
    _approve(session, actor, meeting, on or today())


def publish_minutes(session: Session, actor: Actor, meeting: CouncilMeeting) -> None:
    """Everybody can read approved minutes. Raises Conflict for others."""
    if meeting.approved_on is None or meeting.published_on is not None:
        raise Conflict
    meeting.published_on = today()
    session.flush()
    _log(session, actor, meeting, "published")


def unpublish_minutes(session: Session, actor: Actor, meeting: CouncilMeeting) -> None:
    """The minutes are the council's own again, at once. Raises Conflict when they are."""
    if meeting.published_on is None:
        raise Conflict
    meeting.published_on = None
    session.flush()
    _log(session, actor, meeting, "unpublished")


def record_decision(
    session: Session, actor: Actor, meeting: CouncilMeeting, decided: Decided
) -> CouncilDecision:
    """What the meeting decided, numbered in order. Raises Conflict once minutes are approved."""
    _check_draft(meeting)
    last = session.scalar(
        select(func.max(CouncilDecision.number)).where(CouncilDecision.meeting_id == meeting.id)
    )
    decision = CouncilDecision(
        meeting_id=meeting.id,
        number=(last or 0) + 1,
        agenda_number=decided.agenda_number,
        text=decided.text,
        owner=decided.owner if decided.owner_member_id is None else "",
        owner_member_id=decided.owner_member_id,
        due_on=decided.due_on,
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


def reopen_decision(session: Session, actor: Actor, decision: CouncilDecision) -> None:
    """It was not done after all. Raises Conflict when nobody had said so."""
    if decision.done_on is None:
        raise Conflict
    decision.done_on = None
    session.flush()
    log_event(session, actor, "council_decision_reopened", "council_decision", decision.public_id)


def _check_draft(meeting: CouncilMeeting) -> None:
    if meeting.approved_on is not None:
        raise Conflict


def _has_text(meeting: CouncilMeeting) -> bool:
    return bool(meeting.minutes) or any(item.record for item in meeting.agenda)


def _approve(session: Session, actor: Actor, meeting: CouncilMeeting, on: date) -> None:
    meeting.approved_on = on
    session.flush()
    _log(session, actor, meeting, "approved")


def _log(session: Session, actor: Actor, meeting: CouncilMeeting, what: str) -> None:
    log_event(session, actor, f"council_minutes_{what}", "council_meeting", meeting.public_id)
