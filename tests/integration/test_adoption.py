"""Who has adopted the participation model: written by people, told by the file, ended with care."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleAssignment
from participation.county.models import Adoption, Organisation
from participation.county.queries import adoptions_of, municipalities_that_adopted
from participation.county.services import (
    AdoptionDecision,
    end_adoption,
    load_county,
    record_adoption,
)
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.queries import LinesWanted, entries
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Grant, Role
from participation.organisations.models import ContactArea
from tests.factories.accounts import make_account
from tests.factories.activities import make_activity, make_request
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

Load = Callable[..., Organisation]

COORDINATOR = Actor(None, "Ebba", (Grant(Role.COORDINATOR),), is_strong=True)
DECISION = AdoptionDecision(since=date(2026, 3, 2), decided_by="Socialnämnden")
FILE = """
layer: liten
county: {{code: "08", name: Kalmar län, run_by: Region och kommuner}}
organisations:
  - key: regionen
    name: Regionen
    kind: region
    {adoption}
"""


@pytest.fixture
def load(session: Session, tmp_path: Path) -> Load:
    def loaded(adoption: str = "") -> Organisation:
        path = tmp_path / "county.yaml"
        path.write_text(FILE.format(adoption=adoption), "utf-8")
        load_county(session, path)
        return session.scalars(select(Organisation)).one()

    return loaded


def test_the_public_page_tells_who_and_since_when(
    client: CheckingClient, as_coordinator: CheckingClient, county: SmallCounty
) -> None:
    address = f"/organisations/{county.kalmar.public_id}/adoption"
    as_coordinator.page(address)
    refused = as_coordinator.submit(
        address, {"since": str(today() + timedelta(days=1)), "decided_by": "Nämnden"}
    )
    assert refused.status_code == 200
    as_coordinator.submit(
        address,
        {"since": "2026-03-02", "decided_by": "Socialnämnden", "diary_number": "SN 2026/12"},
    )
    public = client.page("/adoption")
    assert "sedan 2 mars 2026, beslutat av Socialnämnden" in public
    assert "SN 2026/12" not in public
    for path in ("/adoption/how", "/adoption/decision"):
        for locale in ("sv", "ar", "en"):
            client.page(f"{path}?lang={locale}")


def test_ending_an_adoption_shows_what_is_going_on_first(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    make_activity(session, county.region, title="Matlådan och bordet")
    make_request(session, county.region, make_account(session, name="Kim"), title="Nya brev")
    session.commit()
    address = f"/organisations/{county.region.public_id}/adoption/end"
    page = as_coordinator.page(address)
    assert "Matlådan och bordet" in page
    assert "Nya brev" in page
    as_coordinator.submit(address, {"until": str(today()), "because": "Ny nämnd"})
    assert as_coordinator.get(address).status_code == 409
    page = as_coordinator.page(f"/organisations/{county.region.public_id}")
    assert "Har inte antagit" in page
    assert "Ny nämnd" in page
    actions = [entry.action for entry in session.scalars(entries(LinesWanted()))]
    assert "adoption_ended" in actions


def test_the_file_tells_until_people_decide(session: Session, load: Load) -> None:
    organisation = load('adoption: {date: 2018, note: "Pilot"}')
    (told,) = adoptions_of(session, organisation.id)
    assert (told.since_text, told.layer, told.note) == ("2018", "liten", "Pilot")
    organisation = load('adoption: {date: "2018-09", note: "Pilot"}')
    assert [a.since_text for a in adoptions_of(session, organisation.id)] == ["2018-09"]
    end_adoption(session, COORDINATOR, organisation, until=today(), because="Slut")
    assert not load("adoption: {date: 2018}").has_adopted
    with pytest.raises(Conflict):
        end_adoption(session, COORDINATOR, organisation, until=today(), because="Igen")
    record_adoption(session, COORDINATOR, organisation, DECISION)
    organisation = load("")
    assert organisation.adopted_on == date(2026, 3, 2)
    assert len(adoptions_of(session, organisation.id)) == 2


def test_a_file_that_takes_back_what_it_said_leaves_no_adoption(
    session: Session, load: Load
) -> None:
    load("adoption: {date: 2018}")
    assert not load("").has_adopted
    assert session.scalars(select(Adoption)).all() == []


def test_a_municipality_that_left_counts_for_the_years_it_was_in(
    county: SmallCounty, session: Session
) -> None:
    kalmar = session.merge(county.kalmar)
    record_adoption(
        session,
        COORDINATOR,
        kalmar,
        AdoptionDecision(since=date(2020, 5, 1), decided_by="Nämnden"),
    )
    end_adoption(session, COORDINATOR, kalmar, until=date(2023, 6, 1), because="Ny ledning")
    counted = municipalities_that_adopted(session, range(2018, 2025))
    assert counted == {2018: 1, 2019: 1, 2020: 2, 2021: 2, 2022: 2, 2023: 1, 2024: 1}


def test_a_contact_person_comes_gets_areas_and_goes(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    address = f"/organisations/{county.kalmar.public_id}"
    as_coordinator.submit(
        f"{address}/contacts/new",
        {"name": "Nya Kontakten", "email": "ny@example.org", "areas": [county.area.id]},
    )
    (mail,) = session.scalars(select(OutboxMail)).all()
    assert mail.template == "sign_in_invitation"
    (area,) = session.scalars(select(ContactArea)).all()
    session.commit()
    assert area.area_id == county.area.id
    page = as_coordinator.page(address)
    assert "Nya Kontakten" in page
    assert "har inte loggat in än" in page
    role = session.scalars(
        select(RoleAssignment).where(RoleAssignment.role == "contact_person")
    ).one()
    session.commit()
    person = f"{address}/contacts/{session.get_one(Account, role.account_id).public_id}"
    session.commit()
    as_coordinator.page(person)
    as_coordinator.submit(person, {"areas": []})
    assert "Alla områden" in as_coordinator.page(address)
    as_coordinator.submit(f"{person}/remove")
    as_coordinator.page(address)  # tells that it is done
    assert "Nya Kontakten" not in as_coordinator.page(address)
    assert as_coordinator.get(person).status_code == 404
    session.refresh(role)
    assert role.revoked_at is not None


def test_only_coordinators_manage_organisations(
    as_contact_person: CheckingClient, as_administrator: CheckingClient, county: SmallCounty
) -> None:
    for path in ("", "/adoption", "/adoption/end", "/contacts/new"):
        for somebody in (as_contact_person, as_administrator):
            address = f"/organisations/{county.region.public_id}{path}"
            assert somebody.get(address).status_code == 403
