"""Requests: what organisations asked for, and what the coordinators answered."""

from datetime import date, timedelta
from typing import Any

from participation.accounts.models import Account
from participation.activities.models import ParticipationRequest
from participation.activities.rules.details import RequestDetails
from participation.activities.rules.states import ActivityKind, RequestState
from participation.activities.services import (
    accept_request,
    decline_request,
    file_request,
    return_request,
    submit_request,
    withdraw_request,
    write_message,
)
from participation.county.models import Unit
from participation.demo.cast import CONTACT_OF_MUNICIPALITY, CONTACT_OF_REGION
from participation.demo.year import Year
from participation.foundation.permissions import Actor
from participation.interest_bank.rules import Way

WISHED_BEFORE = timedelta(days=56)
ANSWERED_AFTER = timedelta(days=4)
NEWEST = timedelta(days=9)  # the newest that was answered came this long before loading
WAITING_FOR = timedelta(days=3)
PROMISED_AFTER = timedelta(days=120)  # the answer to those who took part

# Kinds of the texts that the platform files under another name.
KINDS = {
    "audit": ActivityKind.USER_AUDIT,
    "audit_information": ActivityKind.OTHER,  # for those who live there, not for auditors
    "questionnaire_review": ActivityKind.WORKING_GROUP,
}


def kind_of(written: str) -> ActivityKind:
    """The platform's kind of activity for the texts' word."""
    return KINDS.get(written) or ActivityKind(written)


def contact_person(year: Year, unit: Unit) -> Actor:
    """Who speaks for the organisation of an invented unit."""
    is_region = unit.organisation_id == year.organisations["exempelregionen"].id
    return year.actor(CONTACT_OF_REGION if is_region else CONTACT_OF_MUNICIPALITY)


def _contact_name(year: Year, unit: Unit) -> str:
    return contact_person(year, unit).display_name


def file_requests(year: Year) -> None:
    """Every request in the order of the days it was wanted for, brought as far as it came."""
    for entry in sorted(year.texts.activities["requests"], key=lambda r: r["wanted_from"]):
        year.requests[entry["key"]] = _file(year, entry)


def _file(year: Year, entry: dict[str, Any]) -> ParticipationRequest:
    unit = year.units[entry["unit"]]
    actor = contact_person(year, unit)
    filed_on = min(entry["wanted_from"] - WISHED_BEFORE, year.calendar.today - NEWEST)
    if entry["state"] == RequestState.SUBMITTED:
        filed_on = year.calendar.today - WAITING_FOR
    with year.calendar.stand_at(filed_on, 9, 40):
        request = file_request(year.session, actor, _details(year, entry, unit), is_draft=True)
        request.is_fictional = True
        if entry["state"] != RequestState.DRAFT:
            submit_request(year.session, actor, request)
    _talk(year, request, actor, entry, filed_on)
    _answer(year, request, entry, filed_on + ANSWERED_AFTER)
    return request


def _details(year: Year, entry: dict[str, Any], unit: Unit) -> RequestDetails:
    return RequestDetails(
        organisation_id=unit.organisation_id,
        unit_id=unit.id,
        title=entry["title"],
        task=entry["task"],
        purpose=entry["background"],
        kind=kind_of(entry["kind"]),
        people_count=entry["people"],
        wanted_from=entry["wanted_from"],
        area_id=year.area_id(entry["area"]),
        wanted_ways=(Way.ON_SITE,),
        place=year.municipality_name(unit.municipality_code),
        time_text=entry["time"],
        compensation_text=year.texts.activities["compensation_texts"]["hourly"],
        paid_by=unit.name,
        use_text=entry["use"],
        answer_by=entry["wanted_from"] + PROMISED_AFTER,
        contact_text=f"{_contact_name(year, unit)}, 010-000 00 00",
    )


def _talk(
    year: Year, request: ParticipationRequest, asker: Actor, entry: dict[str, Any], filed_on: date
) -> None:
    """What they wrote to each other, a day apart."""
    for number, line in enumerate(entry.get("messages", ()), start=1):
        with year.calendar.stand_at(filed_on + timedelta(days=number), 10, 25):
            author = year.coordinator if line["from"] == "coordinator" else asker
            write_message(year.session, author, request, line["text"])


def _answer(year: Year, request: ParticipationRequest, entry: dict[str, Any], on: date) -> None:
    """A no keeps its reason; a yes says it in the talk. Attendance closes what was accepted."""
    if entry["state"] in {RequestState.DRAFT, RequestState.SUBMITTED}:
        return
    if entry["state"] == RequestState.WITHDRAWN:
        with year.calendar.stand_at(on, 8, 50):
            asker = year.session.get_one(Account, request.created_by_account_id)
            actor = year.actor(asker.display_name)
            withdraw_request(year.session, actor, request, entry["reason"])
        return
    with year.calendar.stand_at(on, 13, 20):
        if entry["state"] == RequestState.DECLINED:
            decline_request(year.session, year.coordinator, request, entry["reason"])
            return
        if entry["state"] == RequestState.INCOMPLETE:
            return_request(year.session, year.coordinator, request, entry["reason"])
            return
        accept_request(year.session, year.coordinator, request)
        if entry["state"] == RequestState.ACCEPTED:
            write_message(year.session, year.coordinator, request, entry["reason"])
