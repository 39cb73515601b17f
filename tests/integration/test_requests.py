"""Requests between an organisation and the coordinators: completion, talk, deadlines, lists."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.queries import actor_of
from participation.accounts.services import grant_role
from participation.activities.models import ParticipationRequest, RequestStep
from participation.activities.rules.details import ActivityDetails, RequestDetails
from participation.activities.services import (
    NotAdopted,
    accept_request,
    cancel_activity,
    create_activity,
    file_request,
    remind_overdue_requests,
)
from participation.county.services import end_adoption
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Grant, Role
from tests.factories.accounts import make_account
from tests.factories.activities import make_activity, make_request
from tests.integration.test_activities_way import only, request_fields
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

COORDINATOR = Actor(None, "Ebba", (Grant(Role.COORDINATOR),), is_strong=True)


def mails(session: Session) -> list[str]:
    found = list(session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)))
    session.commit()
    return found


@pytest.fixture
def request_row(
    as_contact_person: CheckingClient, county: SmallCounty, session: Session
) -> ParticipationRequest:
    as_contact_person.submit("/requests/new", request_fields(county))
    return only(session, ParticipationRequest)  # type: ignore[return-value]


def test_a_request_goes_back_and_forth_until_it_is_complete(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
    request_row: ParticipationRequest,
) -> None:
    address = f"/requests/{request_row.public_id}"
    assert as_coordinator.submit(f"{address}/return", {"missing": " "}).status_code == 200
    as_coordinator.submit(f"{address}/return", {"missing": "Hur många kvällar?"})
    assert mails(session) == ["activities/request_incomplete"]
    assert "Hur många kvällar?" in as_contact_person.page(f"{address}/edit")
    assert "Hur många kvällar?" in as_coordinator.page(address)
    saved = as_contact_person.submit(
        f"{address}/edit", request_fields(county, time_text="Två kvällar", draft="1")
    )
    assert saved.status_code == 303
    assert only(session, ParticipationRequest).state == "incomplete"  # type: ignore[attr-defined]
    as_contact_person.submit(f"{address}/edit", request_fields(county, time_text="Två kvällar"))
    page = as_coordinator.page(address)
    assert "Två kvällar" in page
    assert as_contact_person.get(f"{address}/edit").status_code == 409
    states = session.scalars(select(RequestStep.state).order_by(RequestStep.id)).all()
    assert states == ["draft", "submitted", "incomplete", "submitted"]


def test_what_is_written_is_unread_until_the_other_side_has_read_it(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    session: Session,
    request_row: ParticipationRequest,
) -> None:
    address = f"/requests/{request_row.public_id}"
    as_coordinator.submit(f"{address}/messages", {"text": "Kan det vara på kvällen?"})
    assert mails(session) == ["activities/request_message"]
    assert "Ett oläst meddelande" in as_contact_person.page(address)
    assert "oläst" not in as_coordinator.page(address)
    assert "ett oläst meddelande" in as_contact_person.page("/requests")
    assert "Läs ett meddelande från en samordnare" in as_contact_person.page("/start")
    as_contact_person.submit(f"{address}/read")
    assert "oläst" not in as_contact_person.page(address)
    as_contact_person.submit(f"{address}/messages", {"text": "Ja, tisdagar."})
    assert mails(session)[1:] == ["activities/request_reply"]
    assert "Ett oläst meddelande" in as_coordinator.page(address)
    mail = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(1)).one()
    assert "Hem från avdelningen" not in f"{mail.subject}{mail.text}"


def test_a_withdrawn_request_can_be_copied_and_nothing_else(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    session: Session,
    request_row: ParticipationRequest,
) -> None:
    address = f"/requests/{request_row.public_id}"
    as_contact_person.page(f"{address}/withdraw")
    as_contact_person.submit(f"{address}/withdraw", {"reason": "Vi frågade på ett annat sätt."})
    assert "Vi frågade på ett annat sätt." in as_coordinator.page(address)
    assert as_coordinator.submit(f"{address}/accept").status_code == 409
    assert as_contact_person.submit(f"{address}/withdraw", {}).status_code == 409
    copy = as_contact_person.page(f"/requests/new?like={request_row.public_id}")
    assert "Prata om hur det är att skrivas ut." in copy


def test_a_request_follows_its_activities(county: SmallCounty, session: Session) -> None:
    account = make_account(session, name="Kim")
    request = make_request(session, county.region, account)
    accept_request(session, COORDINATOR, request)
    planned = create_activity(session, COORDINATOR, _details(county), request)
    assert request.state == "planned"
    cancel_activity(session, COORDINATOR, planned, "Lokalen är stängd")
    assert request.state == "accepted"


def _details(county: SmallCounty) -> ActivityDetails:
    starts_at = now() + timedelta(days=30)
    return ActivityDetails(
        organisation_id=county.region.id,
        unit_id=None,
        group_id=None,
        area_id=None,
        kind="focus_group",
        title="Hem från avdelningen",
        description="Vi pratar om hur det är att komma hem.",
        place="Storgatan 1, Nybro",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        seats=8,
        compensation_text="",
        contact_text="",
        accessibility_text="",
        is_open_to_all=False,
        wanted_roles=(),
        wanted_municipalities=(),
        wanted_ways=(),
    )


def test_overdue_requests_remind_each_side_once_a_week(
    county: SmallCounty, session: Session
) -> None:
    coordinator, kim = make_account(session, name="Ebba"), make_account(session, name="Kim")
    grant_role(session, coordinator, Role.COORDINATOR)
    grant_role(session, kim, Role.CONTACT_PERSON, organisation=county.region)
    yesterday = today() - timedelta(days=1)
    for title in ("Psykisk hälsa", "Två"):
        make_request(session, county.region, kim, title=title, answer_due_on=yesterday)
    make_request(
        session, county.region, kim, state="incomplete", completion_due_on=yesterday, title="Tre"
    )
    make_request(session, county.region, kim, title="I tid", answer_due_on=today())
    assert remind_overdue_requests(session) == 2
    assert remind_overdue_requests(session) == 0
    with frozen_at(now() + timedelta(days=8)):
        assert remind_overdue_requests(session) == 2
    first = session.scalars(select(OutboxMail).order_by(OutboxMail.id).limit(1)).one()
    assert first.subject == "2 förfrågningar väntar på dig"
    assert first.text is not None
    assert "Psykisk" not in first.text


def test_the_list_is_searched_narrowed_and_sorted(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    kim = make_account(session, name="Kim")
    make_request(session, county.region, kim, title="Ängslan före besöket")
    make_request(
        session,
        county.torsas,
        kim,
        title="Maten hemma",
        area_id=county.area.id,
        answer_due_on=today() - timedelta(days=2),
    )
    session.commit()
    assert "Maten hemma" not in as_coordinator.page("/requests?q=ängslan")
    assert "Ängslan" in as_coordinator.page("/requests?q=ängslan")
    late = as_coordinator.page("/requests?state=late")
    assert "Maten hemma" in late
    assert "Ängslan" not in late
    by_area = as_coordinator.page(f"/requests?area_id={county.area.id}&sort=due")
    assert "Ängslan" not in by_area
    assert "Ingen förfrågan passar" in as_coordinator.page("/requests?q=100%25")
    ordered = as_coordinator.page("/requests?sort=due")
    assert ordered.index("Maten hemma") < ordered.index("Ängslan")


def test_after_an_ended_adoption_what_was_accepted_goes_on_and_nothing_new_is_sent(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
    request_row: ParticipationRequest,
) -> None:
    activity = make_activity(session, county.region)
    region = session.merge(county.region)
    end_adoption(session, COORDINATOR, region, until=today(), because="Ny nämnd")
    session.commit()
    page = as_coordinator.page(f"/requests/{request_row.public_id}")
    assert "Organisationen är inte längre med" in page
    as_coordinator.submit(f"/requests/{request_row.public_id}/accept")
    assert only(session, ParticipationRequest).state == "submitted"  # type: ignore[attr-defined]
    edit = as_coordinator.page(f"/activities/{activity.public_id}/edit")
    assert "Region Kalmar län" in edit
    kept = as_contact_person.submit("/requests/new", request_fields(county, title="En till"))
    assert kept.status_code == 303
    states = session.scalars(
        select(ParticipationRequest.state).order_by(ParticipationRequest.id)
    ).all()
    assert states == ["submitted", "draft"]
    kim = session.scalars(select(ParticipationRequest).order_by(ParticipationRequest.id)).all()[1]
    actor = Actor(
        kim.created_by_account_id,
        "Kim",
        (Grant(Role.CONTACT_PERSON, organisation_id=region.id),),
        is_strong=True,
    )
    with pytest.raises(NotAdopted):
        file_request(
            session,
            actor,
            RequestDetails(
                organisation_id=region.id,
                unit_id=None,
                title="x",
                task="x",
                kind="other",
                people_count=1,
                wanted_from=today(),
                area_id=None,
            ),
        )


def test_a_coordinator_who_writes_for_an_organisation_lets_its_people_be_told(
    county: SmallCounty, session: Session
) -> None:
    ebba, kim = make_account(session, name="Ebba"), make_account(session, name="Kim")
    grant_role(session, ebba, Role.COORDINATOR)
    grant_role(session, kim, Role.CONTACT_PERSON, organisation=county.region)
    request = make_request(session, county.region, ebba)
    accept_request(session, actor_of(session, ebba), request)
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.recipient == kim.email
