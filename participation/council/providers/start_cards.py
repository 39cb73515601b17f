"""What waits for coordinators and council members on their start page."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.council import queries
from participation.council.providers.addresses import ROOM, statement_address
from participation.foundation.clock import to_local
from participation.foundation.i18n import current_locale, format_moment, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem


class VacantSeats:
    """Coordinators: seats that wait for somebody."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.scope(Permission.MANAGE_COUNCIL).everywhere:
            return
        vacant = queries.vacant_seats(session)
        if not vacant:
            return
        numbers = ", ".join(str(seat.number) for seat in vacant)
        yield StartItem(
            title=ngettext(
                "Fill an empty seat in the council",
                "Fill %(num)s empty seats in the council",
                len(vacant),
            ),
            detail=ngettext(
                "Seat %(which)s is empty.",
                "The seats %(which)s are empty.",
                len(vacant),
                which=numbers,
            ),
            address=Address(endpoint="council.people"),
            action=_("Open"),
        )


def _is_member(session: Session, actor: Actor) -> bool:
    """Whether somebody sits in the council and does not lead its work."""
    # Coordinators see late answers under commitments already.
    leads = actor.scope(Permission.MANAGE_COUNCIL).everywhere
    if leads or not actor.can(Permission.COUNCIL_WORKSPACE):
        return False
    return queries.sits_now(session, actor.account_id)


class NextMeeting:
    """Council members: read up before the meeting."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        meeting = queries.nearest_meeting(session) if _is_member(session, actor) else None
        if meeting is None:
            return
        yield StartItem(
            title=_("Prepare for the council's meeting"),
            detail=_(
                "%(title)s, %(when)s.",
                title=meeting.activity.title,
                when=format_moment(meeting.activity.starts_at),
            ),
            address=Address(endpoint="council.meeting", values={"public_id": meeting.public_id}),
            action=_("Read the agenda"),
            due_on=to_local(meeting.activity.starts_at).date(),
        )


class AwaitedAnswers:
    """Council members, aside: the groups that owe the council an answer."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        for line in queries.waiting_statements(session) if _is_member(session, actor) else ():
            assert line.commitment is not None
            yield StartItem(
                title=line.statement.group.name_in(current_locale()),
                detail=line.statement.title,
                address=statement_address(line),
                action=_("Read"),
                due_on=line.commitment.due_on,
                waits_for_others=True,
            )


class MinutesToAdjust:
    """Council members: minutes that wait for them to say that they are right."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not _is_member(session, actor):
            return
        for meeting in queries.minutes_to_adjust(session, actor.account_id):
            yield StartItem(
                title=_("Read the minutes and say whether they are right"),
                detail=meeting.activity.title,
                address=Address(
                    endpoint="council.meeting", values={"public_id": meeting.public_id}
                ),
                action=_("Read"),
            )


class OwnPromises:
    """Council members: what they promised in a meeting."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not _is_member(session, actor):
            return
        for decision in queries.own_promises(session, actor.account_id):
            yield StartItem(
                title=_("Do what you promised the council"),
                detail=decision.text,
                address=Address(
                    endpoint="council.meeting", values={"public_id": decision.meeting.public_id}
                ),
                action=_("Open"),
                due_on=decision.due_on,
            )
