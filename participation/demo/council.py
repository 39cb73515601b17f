"""The council: a term, its members, where they represent, what they decided and said."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.council.models import CouncilMeeting, CouncilSeat, CouncilTerm
from participation.council.rules.places import RepresentationKind
from participation.council.services import (
    appoint_representation,
    approve_minutes,
    attach_meeting,
    draft_statement,
    open_term,
    record_decision,
    seat_member,
    send_statement,
    show_seat,
    vacate_seat,
    write_minutes,
)
from participation.council.services.meetings import AgendaPoint
from participation.county.queries import municipalities
from participation.demo.feedback import follow
from participation.demo.year import Year

OPENED_BEFORE = timedelta(days=20)
SEATED_BEFORE = timedelta(days=6)
APPROVED_AFTER = timedelta(days=9)
AGENDA_SENT_BEFORE = timedelta(days=7)
DRAFTED_BEFORE = timedelta(days=4)
SPEAKER = "Maj Provberg"
COUNCIL, COUNTY_LEAD = "Utvecklingsrådet", "Länsgemensam ledning i samverkan"
TRIAL_GROUP = "Arbetsgrupp Provmodellen"
REPRESENTS_IN_TRIAL_GROUP = (2, 5)  # seats
NOT_SHOWN = (8, 10)  # seats whose holders do not want to be on the public page
OWN_WORDS = {
    "patient": "Egen erfarenhet av vård, bor i {place}",
    "service_user": "Egen erfarenhet av stöd från kommunen, bor i {place}",
    "next_of_kin": "Närstående, bor i {place}",
}


def hold_council(year: Year) -> None:
    """The term from its beginning until now."""
    written = year.texts.council
    term = _open(year, written["term"])
    seats = _seats(year.session, term)
    for member in written["members"]:
        _seat(year, seats[member["seat"]], member)
    meetings = {entry["key"]: _meet(year, term, entry) for entry in written["meetings"]}
    _represent(year, seats, written)
    for statement in written["statements"]:
        _state(year, term, meetings[statement["meeting"]], statement)
    for member in written["members"]:
        if member.get("left_on"):
            _leave(year, seats[member["seat"]], written["term"]["vacant"])


def _open(year: Year, written: dict[str, Any]) -> CouncilTerm:
    starts_on, ends_on = written["starts_on"], written["ends_on"]
    with year.calendar.stand_at(starts_on - OPENED_BEFORE, 11):
        return open_term(
            year.session,
            year.coordinator,
            name=f"{starts_on.year}–{ends_on.year}",
            starts_on=starts_on,
            ends_on=ends_on,
            seats=written["seats"],
            group=year.groups[COUNCIL],
            is_fictional=True,
        )


def _seats(session: Session, term: CouncilTerm) -> dict[int, CouncilSeat]:
    found = session.scalars(select(CouncilSeat).where(CouncilSeat.term_id == term.id))
    return {seat.number: seat for seat in found}


def _seat(year: Year, seat: CouncilSeat, member: dict[str, Any]) -> None:
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
    if member["seat"] not in NOT_SHOWN:
        places = {m.code: m.name for m in municipalities(year.session)}
        about = OWN_WORDS[member["role"]].format(place=places[member["municipality"]])
        with year.calendar.stand_at(since, 19):
            show_seat(year.session, year.actor(member["name"]), seat, member["name"], about)


def _meet(year: Year, term: CouncilTerm, entry: dict[str, Any]) -> CouncilMeeting:
    activity = year.activities[entry["activity"]]
    agenda = [AgendaPoint(title=p["title"], text=p["text"]) for p in entry["agenda"]]
    with year.calendar.stand_at(entry["held_on"] - AGENDA_SENT_BEFORE, 9):
        meeting = attach_meeting(year.session, year.coordinator, term, activity, agenda)
    if entry["state"] == "held":
        _hold(year, meeting, entry)
    return meeting


def _hold(year: Year, meeting: CouncilMeeting, entry: dict[str, Any]) -> None:
    with year.calendar.stand_at(entry["held_on"], 17):
        for decision in entry["decisions"]:
            record_decision(year.session, year.coordinator, meeting, decision["text"])
        write_minutes(year.session, year.coordinator, meeting, _minutes(entry))
    with year.calendar.stand_at(entry["held_on"] + APPROVED_AFTER, 12):
        approve_minutes(year.session, year.actor(SPEAKER), meeting)


def _minutes(entry: dict[str, Any]) -> str:
    points = [f"{p['number']}. {p['title']}\n{p['text']}" for p in entry["agenda"]]
    return "\n\n".join(points)


def _represent(year: Year, seats: dict[int, CouncilSeat], written: dict[str, Any]) -> None:
    """One ordinary and one alternate in the county's lead; two in the invented group."""
    lead, ordinary = written["term"]["county_lead"], RepresentationKind.ORDINARY
    places = [
        (COUNTY_LEAD, ordinary, lead["ordinary"]),
        (COUNTY_LEAD, RepresentationKind.ALTERNATE, lead["alternate"]),
        *((TRIAL_GROUP, ordinary, number) for number in REPRESENTS_IN_TRIAL_GROUP),
    ]
    with year.calendar.stand_at(written["meetings"][0]["held_on"], 17):
        for group, kind, number in places:
            appoint_representation(
                year.session,
                year.coordinator,
                group=year.groups[group],
                kind=kind,
                seat=seats[number],
                is_fictional=True,
            )


def _state(year: Year, term: CouncilTerm, meeting: CouncilMeeting, entry: dict[str, Any]) -> None:
    """Written by a member, and sent unless it is still a draft."""
    speaker, sent_on = year.actor(SPEAKER), entry["submitted_on"]
    with year.calendar.stand_at(sent_on or year.calendar.today - DRAFTED_BEFORE, 17, 30):
        statement = draft_statement(
            year.session,
            speaker,
            term,
            group=year.groups[entry["to_group"]],
            title=entry["title"],
            text=entry["text"],
            meeting=meeting,
        )
        if sent_on is None:
            return
        commitment = send_statement(
            year.session, speaker, statement, due_on=entry["due_on"], is_told=False
        )
    if entry["answer"] is not None:
        follow(year, commitment, entry)


def _leave(year: Year, seat: CouncilSeat, vacant: dict[str, Any]) -> None:
    with year.calendar.stand_at(vacant["since"], 10):
        vacate_seat(
            year.session, year.coordinator, seat, on=vacant["since"], reason=vacant["reason"]
        )
