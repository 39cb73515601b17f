"""What the council declares: its pages, what waits for whom, what it holds about a person."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from participation.commitments.queries import commitment_by_id
from participation.council import queries
from participation.council.jobs import END_TERMS_DAILY, EndPastTerms
from participation.council.queries import StatementLine
from participation.council.services import hide_seat, leave_council, reindex_statement
from participation.council.views import council
from participation.foundation.clock import to_local
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import (
    current_locale,
    format_day,
    format_moment,
    ngettext,
    to_translate,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Actor, Permission
from participation.foundation.providers import (
    Address,
    DataSection,
    SearchDocument,
    StartItem,
    TrailStep,
)
from participation.interest_bank.queries import own_membership

ROOM = "council"
WORKSPACE = Address(endpoint="council.workspace")


def _statement_address(line: StatementLine) -> Address:
    return Address(endpoint="council.statement", values={"public_id": line.statement.public_id})


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
                address=_statement_address(line),
                action=_("Read"),
                due_on=line.commitment.due_on,
                waits_for_others=True,
            )


class CouncilTrail:
    """A council member's voice: taking the seat, the council's statements and their answers."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        seat = queries.own_seat(session, account_id)
        if seat is None or seat.since is None:
            return
        yield TrailStep(
            at=datetime.combine(seat.since, time(8), UTC),
            title=_("You took a seat in the development council"),
            text=_("Together you speak for patients, users and next of kin in the whole county."),
            address=WORKSPACE,
        )
        for line in queries.sent_statements(session, seat.term_id):
            if line.statement.sent_on is not None and line.statement.sent_on >= seat.since:
                yield from _statement_steps(line)


def _statement_steps(line: StatementLine) -> Iterable[TrailStep]:
    statement, commitment = line.statement, line.commitment
    assert statement.sent_on is not None
    yield TrailStep(
        at=datetime.combine(statement.sent_on, time(9), UTC),
        title=_("The council sent a statement"),
        text=statement.title,
        is_late=line.days_late > 0,
        address=_statement_address(line),
    )
    if commitment is not None and commitment.answered_on is not None:
        yield TrailStep(
            at=datetime.combine(commitment.answered_on, time(10), UTC),
            title=_("%(group)s answered", group=statement.group.name_in(current_locale())),
            text=commitment.answer_text,
            is_answer=True,
            address=_statement_address(line),
        )


class SeatData:
    """What the council holds about one person: seats, consent to be shown, representations."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        seat = queries.own_seat(session, account_id)
        past = queries.own_past_seats(session, account_id)
        member = own_membership(session, account_id)
        represents = queries.representations_of_member(session, member.id) if member else []
        if seat is None and not past and not represents:
            return
        rows: list[tuple[str, str]] = []
        if seat is not None and seat.since is not None:
            rows.append((_("Seat"), _since(seat.number, seat.since)))
            rows.append((_("Shown to everybody as"), seat.shown_name or _("Nobody sees your name")))
            rows.append((_("A line about you"), seat.shown_about or ""))
        rows += [
            (
                _("Earlier seat"),
                f"{old.number}, {format_day(gone.since)} – {format_day(gone.until)}",
            )
            for gone, old in past
        ]
        rows += [
            (_("Represents residents in"), item.group.name_in(current_locale()))
            for item in represents
        ]
        yield DataSection(
            title=_("Development council"),
            rows=tuple(rows),
            raw={
                "seat": seat
                and {
                    "number": seat.number,
                    "since": seat.since and seat.since.isoformat(),
                    "shown_name": seat.shown_name,
                    "shown_about": seat.shown_about,
                },
                "earlier_seats": [
                    {
                        "number": old.number,
                        "since": gone.since.isoformat(),
                        "until": gone.until.isoformat(),
                        "reason": gone.reason,
                    }
                    for gone, old in past
                ],
                "representations": [
                    {
                        "group": item.group.key,
                        "kind": item.kind,
                        "from": item.from_on.isoformat(),
                        "to": item.to_on and item.to_on.isoformat(),
                        "shown_name": item.shown_name,
                    }
                    for item in represents
                ],
            },
            edit=Address(endpoint="council.my_seat") if seat else None,
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        kept = list(self.kept(session, account_id))
        seat = queries.own_seat(session, account_id)
        if seat is not None:
            hide_seat(session, SYSTEM, seat)
        member = own_membership(session, account_id)
        if member is not None:
            leave_council(session, SYSTEM, member.id)
        return kept

    def kept(self, session: Session, account_id: int) -> Iterable[str]:
        if queries.own_seat(session, account_id) or queries.own_past_seats(session, account_id):
            yield _(
                "That a seat in the development council was held, and when, but not by whom: "
                "the council's decisions must be possible to follow."
            )


def _since(number: int, since: Any) -> str:
    return _("%(number)s, since %(day)s", number=number, day=format_day(since))


class SeatOfWhoLeft:
    """Somebody left the interest bank: their seat is empty from today."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        leave_council(session, SYSTEM, data["member_id"], _("Left the interest bank."))


class AnswerToStatement:
    """A group answered: search finds the answer's words."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        reindex_statement(session, commitment_by_id(session, data["commitment_id"]))


class StatementsInSearch:
    source = queries.SEARCH_SOURCE

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        return queries.statement_documents(session)


class SeatsFilled:
    key = "resident_seats_filled"
    label = to_translate("Seats for resident representatives that are filled")
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return queries.resident_seats_filled(session, years)


class YoungInForums:
    key = "young_people_in_forums"
    label = to_translate("Young people in decision-making forums")
    # The council's members are named beside it, so a small number would tell who is young.
    is_about_people = True

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return queries.young_people_in_forums(session, years)


FEATURE = Feature(
    name="council",
    blueprints=(council,),
    navigation=(
        NavItem(
            section="voices",
            order=40,
            label=to_translate("Development council"),
            endpoint="council.workspace",
            permission=Permission.COUNCIL_WORKSPACE,
            room=ROOM,
        ),
    ),
    start_cards=(VacantSeats(), NextMeeting(), AwaitedAnswers()),
    voice_trails=(CouncilTrail(),),
    person_data=(SeatData(),),
    search_sources=(StatementsInSearch(),),
    indicator_counters=(SeatsFilled(), YoungInForums()),
    job_handlers=(EndPastTerms(),),
    schedules=(END_TERMS_DAILY,),
    subscribers=(SeatOfWhoLeft(), AnswerToStatement()),
)
