"""The council: a term, its members, where they represent, what they decided and said."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from participation.council.models import CouncilMeeting, CouncilSeat, CouncilTerm, MinutesAdjuster
from participation.council.rules.places import RepresentationKind
from participation.council.rules.succession import VacancyKind
from participation.council.rules.terms import Renewal
from participation.council.services import (
    AgendaPoint,
    Decided,
    Layout,
    Shown,
    adjust_minutes,
    agree_statement,
    appoint_representation,
    attach_meeting,
    attach_paper,
    decline_offer,
    draft_statement,
    finish_decision,
    follow_up_statement,
    name_adjusters,
    offer_seat,
    open_term,
    publish_minutes,
    record_decision,
    seat_member,
    send_agenda,
    send_statement,
    show_seat,
    vacate_seat,
    write_minutes,
)
from participation.demo.cast import RESIDENT
from participation.demo.council_draw import draw_successor
from participation.demo.feedback import follow
from participation.demo.papers import small_pdf
from participation.demo.year import Year

OPENED_BEFORE = timedelta(days=20)
SEATED_BEFORE = timedelta(days=6)
APPROVED_AFTER = timedelta(days=9)
PUBLISHED_AFTER = timedelta(days=10)
AGENDA_SENT_BEFORE = timedelta(days=7)
DRAFTED_BEFORE = timedelta(days=4)
ASKED_FIRST = 5  # of those in the bank, by name
TIME_TO_ANSWER = timedelta(days=14)
SPEAKER = "Maj Provberg"
COUNCIL, COUNTY_LEAD = "Utvecklingsrådet", "Länsgemensam ledning i samverkan"
TRIAL_GROUP = "Arbetsgrupp Provmodellen"
REPRESENTS_IN_TRIAL_GROUP = 2  # a seat; the other place is the bank's
NOT_SHOWN = (8, 10)  # seats whose holders do not want to be on the public page
OWN_WORDS = {
    "patient": "Egen erfarenhet av vård",
    "service_user": "Egen erfarenhet av stöd från kommunen",
    "next_of_kin": "Närstående",
}
Seats = Mapping[tuple[bool, int], CouncilSeat]  # by whether an alternate's, and number


def hold_council(year: Year) -> None:
    """The term from its beginning until now."""
    written = year.texts.council
    term = _open(year, written["term"])
    seats = _seats(year.session, term)
    for member in written["members"]:
        _seat(year, seats[False, member["seat"]], member, is_shown=member["seat"] not in NOT_SHOWN)
    for member in written["alternates"]:
        _seat(year, seats[True, member["seat"]], member, is_shown=member["seat"] == 1)
    meetings = {entry["key"]: _meet(year, term, entry) for entry in written["meetings"]}
    _represent(year, seats, written)
    for statement in written["statements"]:
        _state(year, term, meetings[statement["meeting"]], statement)
    for member in written["members"]:
        if member.get("left_on"):
            _leave(year, seats[False, member["seat"]], written["term"]["vacant"])
    _ask_by_hand(year, seats[False, written["term"]["vacant"]["seat"]], written["asked"])
    draw_successor(year, term)


def _open(year: Year, written: dict[str, Any]) -> CouncilTerm:
    starts_on, ends_on = written["starts_on"], written["ends_on"]
    with year.calendar.stand_at(starts_on - OPENED_BEFORE, 11):
        return open_term(
            year.session,
            year.coordinator,
            name=f"{starts_on.year}–{ends_on.year}",
            starts_on=starts_on,
            ends_on=ends_on,
            layout=Layout(
                seats=written["seats"],
                alternates=written["alternates"],
                renewal=Renewal(written["renewal"]),
            ),
            group=year.groups[COUNCIL],
            is_fictional=True,
        )


def _seats(session: Session, term: CouncilTerm) -> Seats:
    found = session.scalars(select(CouncilSeat).where(CouncilSeat.term_id == term.id))
    return {(seat.is_alternate, seat.number): seat for seat in found}


def _seat(year: Year, seat: CouncilSeat, member: dict[str, Any], *, is_shown: bool) -> None:
    since = year.texts.council["term"]["starts_on"]
    with year.calendar.stand_at(since - SEATED_BEFORE, 14):
        seat_member(
            year.session,
            year.coordinator,
            seat,
            year.members[member["name"]],
            since=since,
            is_told=False,
        )
    if is_shown:
        shown = Shown(
            name=member["name"],
            about=OWN_WORDS[member["role"]],
            shows_municipality=member["seat"] % 3 != 0,
        )
        with year.calendar.stand_at(since, 19):
            show_seat(year.session, year.actor(member["name"]), seat, shown)


def _meet(year: Year, term: CouncilTerm, entry: dict[str, Any]) -> CouncilMeeting:
    activity = year.activities[entry["activity"]]
    agenda = [
        AgendaPoint(
            title=point["title"],
            text=point["text"],
            owner=point.get("owner", ""),
            planned_minutes=point["minutes"],
        )
        for point in entry["agenda"]
    ]
    with year.calendar.stand_at(entry["held_on"] - AGENDA_SENT_BEFORE, 9):
        planned = attach_meeting(year.session, year.coordinator, term, activity, agenda)
        meeting = _whole(year.session, planned)
        _lay_papers(year, meeting, entry)
        send_agenda(year.session, year.coordinator, meeting)
    if entry["state"] == "held":
        _hold(year, meeting, entry)
    return meeting


def _whole(session: Session, meeting: CouncilMeeting) -> CouncilMeeting:
    """The meeting with what its services need beside it."""
    return session.scalars(
        select(CouncilMeeting)
        .where(CouncilMeeting.id == meeting.id)
        .options(
            selectinload(CouncilMeeting.activity),
            selectinload(CouncilMeeting.agenda),
            selectinload(CouncilMeeting.adjusters).selectinload(MinutesAdjuster.member),
        )
        .execution_options(populate_existing=True)
    ).one()


def _lay_papers(year: Year, meeting: CouncilMeeting, entry: dict[str, Any]) -> None:
    for point, item in zip(entry["agenda"], meeting.agenda, strict=True):
        if name := point.get("paper"):
            attach_paper(
                year.session,
                year.coordinator,
                meeting,
                item,
                name=f"{name}.pdf",
                content=small_pdf(f"{name} (demo)"),
            )


def _hold(year: Year, meeting: CouncilMeeting, entry: dict[str, Any]) -> None:
    with year.calendar.stand_at(entry["held_on"], 17):
        for decision in entry["decisions"]:
            _decide(year, meeting, decision)
        records = {point["number"]: point.get("record", "") for point in entry["agenda"]}
        write_minutes(year.session, year.coordinator, meeting, "", records)
        adjusters = [year.members[name] for name in entry["adjusters"]]
        name_adjusters(year.session, year.coordinator, meeting, [m.id for m in adjusters])
    with year.calendar.stand_at(entry["held_on"] + APPROVED_AFTER, 12):
        for member in adjusters:
            if member.name != entry.get("waits_for"):
                adjust_minutes(year.session, year.actor(member.name), meeting, member.id)
    if entry.get("published"):
        with year.calendar.stand_at(entry["held_on"] + PUBLISHED_AFTER, 12):
            publish_minutes(year.session, year.coordinator, meeting)


def _decide(year: Year, meeting: CouncilMeeting, written: dict[str, Any]) -> None:
    promised_by = written.get("by")
    decision = record_decision(
        year.session,
        year.coordinator,
        meeting,
        Decided(
            text=written["text"],
            owner=written.get("owner", ""),
            owner_member_id=year.members[promised_by].id if promised_by else None,
            due_on=written.get("due_on"),
            agenda_number=written["point"],
        ),
    )
    if written.get("done_on"):
        finish_decision(year.session, year.coordinator, decision, written["done_on"])


def _represent(year: Year, seats: Seats, written: dict[str, Any]) -> None:
    """Ordinary and alternate in the county's lead; council and bank in the invented group."""
    lead, ordinary = written["term"]["county_lead"], RepresentationKind.ORDINARY
    places: list[tuple[str, RepresentationKind, dict[str, Any]]] = [
        (COUNTY_LEAD, ordinary, {"seat": seats[False, lead["ordinary"]]}),
        (COUNTY_LEAD, RepresentationKind.ALTERNATE, {"seat": seats[False, lead["alternate"]]}),
        (TRIAL_GROUP, ordinary, {"seat": seats[False, REPRESENTS_IN_TRIAL_GROUP]}),
        (TRIAL_GROUP, ordinary, {"member": year.members[RESIDENT]}),
    ]
    with year.calendar.stand_at(written["meetings"][0]["held_on"], 17):
        for group, kind, who in places:
            appoint_representation(
                year.session,
                year.coordinator,
                group=year.groups[group],
                kind=kind,
                is_fictional=True,
                **who,
            )


def _state(year: Year, term: CouncilTerm, meeting: CouncilMeeting, entry: dict[str, Any]) -> None:
    """Written by a member, agreed in a meeting, and sent unless it has not come that far."""
    speaker, sent_on = year.actor(SPEAKER), entry["submitted_on"]
    agreed_on = sent_on or entry.get("agreed_on")
    with year.calendar.stand_at(agreed_on or year.calendar.today - DRAFTED_BEFORE, 17, 30):
        statement = draft_statement(
            year.session,
            speaker,
            term,
            group=year.groups[entry["to_group"]],
            title=entry["title"],
            text=entry["text"],
            meeting=meeting,
        )
        if agreed_on is not None:
            agree_statement(year.session, speaker, statement, meeting)
        if sent_on is None:
            return
        commitment = send_statement(
            year.session, speaker, statement, due_on=entry["due_on"], is_told=False
        )
    if entry["answer"] is not None:
        follow(year, commitment, entry)
    if entry.get("follow_up"):
        with year.calendar.stand_at(entry["followed_up_on"], 11):
            follow_up_statement(year.session, speaker, statement, commitment, entry["follow_up"])


def _leave(year: Year, seat: CouncilSeat, vacant: dict[str, Any]) -> None:
    with year.calendar.stand_at(vacant["since"], 10):
        vacate_seat(
            year.session,
            year.coordinator,
            seat,
            kind=VacancyKind.OWN_WISH,
            on=vacant["since"],
            reason=vacant["reason"],
        )


def _ask_by_hand(year: Year, seat: CouncilSeat, asked: dict[str, Any]) -> None:
    """Before the council wanted the lot, somebody was asked about the empty seat and said no."""
    held = {entry["name"] for entry in (*year.texts.council["members"], *_alternates(year))}
    free = [m for name, m in sorted(year.members.items()) if name not in held and m.is_in_bank]
    with year.calendar.stand_at(asked["asked_on"], 9):
        offer = offer_seat(
            year.session,
            year.coordinator,
            seat,
            free[ASKED_FIRST],
            reply_by=year.calendar.loaded_at + TIME_TO_ANSWER,
            is_told=False,
        )
    with year.calendar.stand_at(asked["answered_on"], 18):
        decline_offer(year.session, year.actor(free[ASKED_FIRST].name), offer, asked["reason"])


def _alternates(year: Year) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = year.texts.council["alternates"]
    return written
