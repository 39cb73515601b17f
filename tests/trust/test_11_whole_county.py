"""TRUST 11: what belongs to no single organisation is closed to who acts for one only."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.accounts.models import RoleAssignment
from participation.accounts.services import grant_role
from participation.assignments.queries import claim_of
from participation.assignments.rules.states import ClaimState
from participation.assignments.services import submit_claim
from participation.foundation.clock import now
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.permissions import Role
from participation.organisations.models import Nomination, OrganisationApplication
from participation.organisations.rules.states import ApplicationState
from participation.organisations.services import apply_for_place
from participation.training.queries import trained_of_course
from tests.conftest import SignIn, make_account
from tests.factories.activities import make_activity
from tests.factories.assignments import make_claim, make_details
from tests.factories.interest_bank import make_member
from tests.factories.organisations import make_nomination
from tests.factories.training import make_completion, make_course
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def as_narrow_coordinator(sign_in: SignIn, county: SmallCounty) -> CheckingClient:
    return sign_in(Role.COORDINATOR, name="Lina Lokalsson", organisation=county.torsas)


def test_11_the_register_of_trained_people_is_the_whole_countys(
    as_narrow_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    course, member = make_course(session), make_member(session, name="Tuva Ek")
    done = make_completion(session, course, member.account_id)
    session.commit()
    room = f"/training/{course.public_id}"
    for address in (
        "/training/refreshers",
        f"{room}/people",
        f"{room}/people/add",
        f"{room}/people/{done.public_id}/withdraw",
        f"/training/certificates/{done.public_id}",
    ):
        assert as_narrow_coordinator.get(address).status_code == 404, address
    away = f"{room}/people/{done.public_id}/withdraw"
    assert as_narrow_coordinator.submit(away, {"reason": "Bort"}).status_code == 404
    assert session.scalars(trained_of_course(course)).all() == [done]


def test_11_nor_are_those_who_ask_for_a_place_anybodys_in_particular(
    as_narrow_coordinator: CheckingClient, session: Session
) -> None:
    application = _application(session)
    session.commit()
    for address in (
        "/organisations/applications",
        f"/organisations/applications/{application.public_id}",
        "/nominations",
        "/nominations/new",
    ):
        assert as_narrow_coordinator.get(address).status_code == 404, address
    accept = f"/organisations/applications/{application.public_id}/accept"
    assert as_narrow_coordinator.submit(accept).status_code == 404
    session.refresh(application)
    assert application.state == ApplicationState.NEW


def test_11_and_nobody_in_the_bank_is_found_by_signing_somebody_up(
    as_narrow_coordinator: CheckingClient,
) -> None:
    assert as_narrow_coordinator.get("/interest-bank/assisted").status_code == 404
    assert as_narrow_coordinator.submit("/interest-bank/assisted").status_code == 404


def test_11_and_the_rooms_that_do_not_open_are_not_shown(
    as_narrow_coordinator: CheckingClient, as_coordinator: CheckingClient
) -> None:
    for address in ("/training/manage", "/nominations"):
        link = f'href="{address}"'
        assert link in as_coordinator.page("/start"), address
        assert link not in as_narrow_coordinator.page("/start"), address
        assert as_narrow_coordinator.get(address).status_code == 404


def test_11_nor_the_buttons_of_an_activity_one_may_only_read(
    session: Session, sign_in: SignIn, county: SmallCounty
) -> None:
    both = sign_in(Role.COORDINATOR, name="Lina Lokalsson", organisation=county.torsas)
    grant_role(
        session,
        make_account(session, "Lina Lokalsson"),
        Role.CONTACT_PERSON,
        organisation=county.region,
    )
    theirs, own = make_activity(session, county.region), make_activity(session, county.torsas)
    session.commit()
    for activity, manages in ((theirs, False), (own, True)):
        page = both.page(f"/activities/{activity.public_id}/overview")
        for part in ("edit", "cancel", "invite"):
            address = f"/activities/{activity.public_id}/{part}"
            assert (f'href="{address}"' in page) is manages, address
            assert both.get(address).status_code == (200 if manages else 404), address


def test_11_nor_the_payroll_of_an_organisation_one_has_left(
    session: Session, sign_in: SignIn, county: SmallCounty
) -> None:
    narrow = sign_in(Role.COORDINATOR, name="Lina Lokalsson", organisation=county.region)
    claim = make_claim(session, county.region, make_member(session, name="Tuva Ek"))
    submit_claim(session, claim_of(session, claim.activity_id, claim.member_id), make_details())
    claim.state = ClaimState.APPROVED
    session.commit()
    batch = narrow.submit("/compensation/payroll").headers["Location"]
    assert narrow.get(batch).status_code == 200
    lina = make_account(session, "Lina Lokalsson")
    session.execute(
        update(RoleAssignment).where(RoleAssignment.account_id == lina.id).values(revoked_at=now())
    )
    grant_role(session, lina, Role.COORDINATOR, organisation=county.torsas)
    session.commit()
    assert narrow.get(batch).status_code == 404
    assert narrow.get(f"{batch}/payroll.csv").status_code == 404
    assert f'href="{batch}"' not in narrow.page("/compensation/payroll")


def test_the_person_reads_who_saw_that_they_are_nominated(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, name="Tuva Ek")
    nomination: Nomination = make_nomination(session, member)
    session.commit()
    assert "Tuva Ek" in as_coordinator.page(f"/nominations/{nomination.ask.public_id}")
    seen = [line.action for line in entries_about(session, member.account_id)]
    assert seen == ["nominated_seen"]


def _application(session: Session) -> OrganisationApplication:
    return apply_for_place(
        session,
        name="Anhörigkretsen",
        about="För anhöriga.",
        contact_name="Inga",
        contact_email="inga@example.org",
        contact_phone="",
        locale="sv",
    )
