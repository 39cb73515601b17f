"""Requests: what organisations asked for, and what the coordinators answered."""

from datetime import date, timedelta
from typing import Any

from participation.activities.models import ParticipationRequest
from participation.activities.rules.details import RequestDetails
from participation.activities.rules.states import ActivityKind, RequestState
from participation.activities.services import (
    accept_request,
    decline_request,
    file_request,
    submit_request,
    write_message,
)
from participation.county.models import Unit
from participation.demo.cast import CONTACT_OF_MUNICIPALITY, CONTACT_OF_REGION
from participation.demo.year import Year
from participation.foundation.permissions import Actor

WISHED_BEFORE = timedelta(days=56)
ANSWERED_AFTER = timedelta(days=4)
NEWEST = timedelta(days=9)  # the newest that was answered came this long before loading
WAITING_FOR = timedelta(days=3)

# Kinds of the texts that the platform files under another name.
KINDS = {
    "audit": ActivityKind.USER_AUDIT,
    "audit_information": ActivityKind.USER_AUDIT,
    "questionnaire_review": ActivityKind.WORKING_GROUP,
}


def kind_of(written: str) -> ActivityKind:
    """The platform's kind of activity for the texts' word."""
    return KINDS.get(written) or ActivityKind(written)


def contact_person(year: Year, unit: Unit) -> Actor:
    """Who speaks for the organisation of an invented unit."""
    is_region = unit.organisation_id == year.organisations["exempelregionen"].id
    return year.actor(CONTACT_OF_REGION if is_region else CONTACT_OF_MUNICIPALITY)


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
    _answer(year, request, entry, filed_on + ANSWERED_AFTER)
    return request


def _details(year: Year, entry: dict[str, Any], unit: Unit) -> RequestDetails:
    return RequestDetails(
        organisation_id=unit.organisation_id,
        unit_id=unit.id,
        title=entry["title"],
        task=f"{entry['task']}\n\n{entry['background']}",
        kind=kind_of(entry["kind"]),
        people_count=entry["people"],
        wanted_from=entry["wanted_from"],
        area_id=year.area_id(entry["area"]),
    )


def _answer(year: Year, request: ParticipationRequest, entry: dict[str, Any], on: date) -> None:
    """A no keeps its reason; a yes says it in the talk. Attendance closes what was accepted."""
    if entry["state"] in {RequestState.DRAFT, RequestState.SUBMITTED}:
        return
    with year.calendar.stand_at(on, 13, 20):
        if entry["state"] == RequestState.DECLINED:
            decline_request(year.session, year.coordinator, request, entry["reason"])
            return
        accept_request(year.session, year.coordinator, request)
        if entry["state"] == RequestState.ACCEPTED:
            write_message(year.session, year.coordinator, request, entry["reason"])
