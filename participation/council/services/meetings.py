"""The council's meetings: planned as activities, one by one or as the year's series."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.states import ActivityKind
from participation.activities.services import create_activity
from participation.council.models import CouncilMeeting, CouncilSeat, CouncilTerm
from participation.council.services.agenda import AgendaPoint, set_agenda
from participation.foundation.clock import from_local, to_local, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

MEETING_PATH = "/council/meetings/"


@dataclass(frozen=True, kw_only=True)
class MeetingPlan:
    """What a meeting is called, where it is and who arranges it."""

    title: str
    place: str
    organisation_id: int
    starts_at: datetime  # UTC
    ends_at: datetime  # UTC

    def on(self, day: date, starts: time, ends: time) -> "MeetingPlan":
        """The same meeting on another day, at Stockholm's clock."""
        return replace(
            self,
            starts_at=from_local(datetime.combine(day, starts)),
            ends_at=from_local(datetime.combine(day, ends)),
        )


def plan_meeting(
    session: Session,
    actor: Actor,
    term: CouncilTerm,
    plan: MeetingPlan,
    agenda: Sequence[AgendaPoint] = (),
) -> CouncilMeeting:
    """A meeting and its activity, to which the members are invited as to any other."""
    seats = session.scalar(select(func.count(CouncilSeat.id)).where(CouncilSeat.term_id == term.id))
    details = ActivityDetails(
        organisation_id=plan.organisation_id,
        unit_id=None,
        group_id=term.group_id,
        area_id=None,
        kind=ActivityKind.COUNCIL_MEETING,
        title=plan.title,
        description=plan.title,
        place=plan.place,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
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


def plan_series(
    session: Session, actor: Actor, term: CouncilTerm, plans: Iterable[MeetingPlan]
) -> list[CouncilMeeting]:
    """Several meetings at once, all or none.

    Raises Conflict when one of them ends after the term does.
    """
    wanted = list(plans)
    if any(to_local(plan.ends_at).date() > term.ends_on for plan in wanted):
        raise Conflict
    return [plan_meeting(session, actor, term, plan) for plan in wanted]


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


def send_agenda(session: Session, actor: Actor, meeting: CouncilMeeting) -> int:
    """Tell everybody who sits in the council, alternates too, that there is something to read.

    Agenda and activity are loaded. Returns how many got a mail. Raises Conflict without points.
    """
    if not meeting.agenda:
        raise Conflict
    accounts = session.scalars(
        select(Account)
        .join(BankMember, BankMember.account_id == Account.id)
        .join(CouncilSeat, CouncilSeat.member_id == BankMember.id)
        .where(CouncilSeat.term_id == meeting.term_id)
        .order_by(Account.id)
    ).all()
    for account in accounts:
        queue_mail(
            session,
            to=account.email,
            template="council/agenda",
            locale=account.locale,
            context={
                "name": account.display_name,
                "starts_at": meeting.activity.starts_at,
                "link": absolute_url(MEETING_PATH + meeting.public_id),
            },
            about=("council_meeting", meeting.public_id),
        )
    meeting.agenda_sent_on = today()
    session.flush()
    log_event(session, actor, "council_agenda_sent", "council_meeting", meeting.public_id)
    return len(accounts)
