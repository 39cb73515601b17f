"""A member's own page, and what coordinators see of the bank."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.foundation.clock import frozen_at, now, today
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import NOBODY, Actor, Grant, Role
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.providers import MembershipData
from participation.interest_bank.queries import (
    Filters,
    bank_figures,
    members_visible_to,
    own_membership,
)
from participation.interest_bank.queries.representation import representation
from participation.interest_bank.services import wake_rested
from tests.conftest import SignIn
from tests.factories.accounts import make_account
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

MEMBERS = "/interest-bank/members"
COORDINATOR = Actor(account_id=1, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def tuva(session: Session, county: SmallCounty, sign_in: SignIn) -> CheckingClient:
    """A member, signed in by e-mail link."""
    make_member(session, name="Tuva Exempelsson", area_ids=(county.area.id,), phone="+46701234567")
    session.commit()
    return sign_in(None, name="Tuva Exempelsson")


def member_of(session: Session) -> BankMember:
    found = session.scalars(select(BankMember).execution_options(populate_existing=True)).one()
    session.commit()
    return found


def test_everything_told_is_shown_and_can_be_changed(
    tuva: CheckingClient, session: Session, county: SmallCounty
) -> None:
    page = tuva.page("/membership")
    for told in ("Tuva Exempelsson", "070-123 45 67", "Psykisk hälsa", "1980"):
        assert told in page
    changes: dict[str, dict[str, object]] = {
        "who": {"roles": ["next_of_kin"], "birth_year": "1981"},
        "experience": {"experience_text": "Ny text", "agrees": "y"},
        "how": {"ways": ["online"], "needs_text": "", "yearly_ceiling": "2"},
        "reach": {
            "name": "Tuva Ny",
            "phone": "",
            "preferred_contact": "email",
            "municipality_code": "0834",
            "gender": "other",
            "gender_text": "tvåande",
        },
    }
    for part, fields in changes.items():
        tuva.page(f"/membership/change/{part}")
        assert tuva.submit(f"/membership/change/{part}", fields).status_code == 303
    member = member_of(session)
    assert (member.name, member.municipality_code, member.yearly_ceiling) == ("Tuva Ny", "0834", 2)
    assert (member.gender_text, member.experience_text, member.phone) == (
        "tvåande",
        "Ny text",
        None,
    )
    assert tuva.get("/membership/change/unknown").status_code == 404


def test_resting_and_waking(tuva: CheckingClient, session: Session) -> None:
    past = tuva.submit("/membership/pause", {"until": str(today() - timedelta(days=1))})
    assert past.status_code == 200
    tuva.page("/membership/pause")
    assert tuva.submit("/membership/pause", {"until": str(today())}).status_code == 303
    assert "Du vilar" in tuva.page("/membership")
    assert member_of(session).is_resting_on(today())
    assert not member_of(session).is_resting_on(today() + timedelta(days=1))
    with frozen_at(now() + timedelta(days=2)):
        assert wake_rested(session) == 1
    session.commit()
    tuva.submit("/membership/pause", {"until": ""})
    tuva.submit("/membership/resume")
    assert member_of(session).state == "active"


def test_leaving_takes_two_presses_and_erases(tuva: CheckingClient, session: Session) -> None:
    tuva.page("/membership/leave")
    left = tuva.submit("/membership/leave")
    assert left.headers["Location"] == "/interest-bank/left"
    tuva.page("/interest-bank/left")
    member = member_of(session)
    assert (member.state, member.name, member.phone, member.birth_year) == ("left", "", None, None)
    assert session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None))).all() == []
    assert [m.template for m in session.scalars(select(OutboxMail))] == ["interest_bank/left"]
    session.commit()
    assert "Du är inte med" in tuva.page("/membership")


def test_somebody_who_is_no_member_is_told_how_to_join(as_resident: CheckingClient) -> None:
    assert "Du är inte med" in as_resident.page("/membership")
    for address in ("/membership/pause", "/membership/leave", "/membership/change/who"):
        assert as_resident.get(address).status_code == 303


def test_own_data_holds_everything_and_erasing_leaves_nothing(
    session: Session, county: SmallCounty
) -> None:
    member = make_member(session, area_ids=(county.area.id,), needs_text="Lugn lokal")
    provider = MembershipData()
    (section,) = provider.sections(session, member.account_id)
    assert "Lugn lokal" in dict(section.rows).values()
    assert section.raw["areas"] == [county.area.key]
    assert list(provider.erase(session, member.account_id)) == []
    assert own_membership(session, member.account_id) is None


def searched(client: CheckingClient, typed: str) -> str:
    """The list after somebody has typed in its search field and pressed the button."""
    return client.submit(MEMBERS, {"q": typed}, follow_redirects=True).text


def test_what_is_searched_for_is_in_no_address_and_the_list_can_be_paged_and_kept(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    for number in range(30):
        make_member(session, name=f"Maj Provberg{number}", ways=["online"])
    make_member(session, name="Ali Kodström")
    session.commit()
    found = as_coordinator.submit(MEMBERS, {"q": "Provberg", "way": "online", "sort": "oldest"})
    address = found.headers["Location"]
    assert "rovberg" not in address
    assert "way=online&sort=oldest&find=" in address
    page = as_coordinator.page(address)
    assert 'value="Provberg"' in page
    assert "Ali Kodström" not in page
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert not [one for one in addresses if "rovberg" in one]
    second = next(one for one in addresses if "page=2" in one).replace("&amp;", "&")
    assert "Maj Provberg29" in as_coordinator.page(second)
    saved = as_coordinator.submit(
        f"{MEMBERS}/save?{address.partition('?')[2]}", {"name": "Provbergarna"}
    )
    assert "rovberg" not in saved.headers["Location"]
    assert "Ali Kodström" not in as_coordinator.page(saved.headers["Location"])
    assert "q=" not in as_coordinator.page("/interest-bank/searches")


def test_words_typed_into_the_address_leave_it_and_altered_ones_are_no_search(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    make_member(session, name="Maj Provberg")
    session.commit()
    sent_on = as_coordinator.get(MEMBERS, query_string={"q": "Provberg"})
    assert sent_on.status_code == 303
    assert "rovberg" not in sent_on.headers["Location"]
    for altered in (f"{sent_on.headers['Location']}x", f"{MEMBERS}?find=x", f"{MEMBERS}?find=a.b"):
        assert 'value="Provberg"' not in as_coordinator.page(altered)


def test_a_name_is_found_by_its_beginning_and_contacts_exactly(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    make_member(session, name="Maj Provberg", phone="+46701234567")
    make_member(session, name="Ali Kodström")
    session.commit()
    for typed in ("prov", "Maj P", "maj.provberg@example.org", "070-123 45 67"):
        page = searched(as_coordinator, typed)
        assert "Maj Provberg" in page, typed
        assert "Ali Kodström" not in page, typed
    for odd in ("' OR 1=1 --", "%", "<script>", "@", "maj.prov@example.org"):
        page = searched(as_coordinator, odd)
        assert "Maj Provberg" not in page, odd


def test_filters_narrow_the_list(session: Session, county: SmallCounty) -> None:
    here = make_member(session, name="En", area_ids=(county.area.id,), ways=["online"])
    there = make_member(session, name="Två", municipality_code="0834", roles=("next_of_kin",))
    resting = make_member(session, name="Tre", state="paused")
    make_member(session, name="Fyra", state="unconfirmed")

    def found(**filters: object) -> set[int]:
        statement = members_visible_to(COORDINATOR, Filters(**filters))  # type: ignore[arg-type]
        return {member.id for member in session.scalars(statement)}

    assert found() == {here.id, there.id, resting.id}
    assert found(municipality_code="0834") == {there.id}
    assert found(area_id=county.area.id) == {here.id}
    assert found(role="next_of_kin") == {there.id}
    assert found(way="online") == {here.id}
    assert found(way='") OR 1=1 --') == found()
    assert found(state="paused") == {resting.id}
    assert session.scalars(members_visible_to(NOBODY)).all() == []


def test_protected_identity_hides_where_and_phone_everywhere(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    member = make_member(
        session, name="Siv Skyddad", phone="+46701112233", municipality_code="0834"
    )
    session.commit()
    address = f"{MEMBERS}/{member.public_id}"
    protected = as_coordinator.submit(f"{address}/protection", {"words": "Beslut finns"})
    assert protected.status_code == 303
    as_coordinator.submit(address, {"reason": "activity"})
    page = as_coordinator.page(address)
    assert "+46701112233" not in page
    assert "070-111 22 33" not in page
    assert "Torsås" not in page
    for filters in ({"municipality": "0834"}, {"q": "070-111 22 33"}):
        listed = as_coordinator.submit(MEMBERS, filters, follow_redirects=True).text
        assert "Siv Skyddad" not in listed
    assert "Siv Skyddad" in as_coordinator.page(MEMBERS)


def test_a_persons_page_asks_why_and_logs_it(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, name="Maj Provberg")
    session.commit()
    address = f"{MEMBERS}/{member.public_id}"
    assert "Maj Provberg" not in as_coordinator.page(address)
    assert "Maj Provberg" not in as_coordinator.page(f"{address}?reason=activity")
    unsaid = as_coordinator.submit(address, {"reason": "other", "words": ""})
    assert (unsaid.status_code, "Maj Provberg" in unsaid.text) == (200, False)
    told = as_coordinator.submit(address, {"reason": "other", "words": "Hon ringde"})
    assert (told.status_code, told.headers["Location"]) == (303, address)
    assert "Maj Provberg" in as_coordinator.page(address)
    line = session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "member_opened")
    ).one()
    assert line.reason == "Hon ringde"
    assert line.subject is not None
    session.commit()
    assert as_coordinator.get(f"{MEMBERS}/zzzzzzzzzzzz").status_code == 404


def test_a_reason_opens_one_page_for_one_coordinator_for_half_an_hour(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    member, other = make_member(session, name="Maj Provberg"), make_member(session, name="Siv Ek")
    session.commit()
    address = f"{MEMBERS}/{member.public_id}"
    as_coordinator.submit(address, {"reason": "activity"})
    assert "Maj Provberg" in as_coordinator.page(address)
    assert "Siv Ek" not in as_coordinator.page(f"{MEMBERS}/{other.public_id}")
    colleague = sign_in(Role.COORDINATOR, name="Dag Exempelsson")
    assert "Maj Provberg" not in colleague.page(address)
    with frozen_at(now() + timedelta(minutes=31)):
        assert "Maj Provberg" not in as_coordinator.page(address)


def test_the_list_costs_the_same_for_two_and_for_two_hundred(
    as_coordinator: CheckingClient, session: Session, engine: Engine, county: SmallCounty
) -> None:
    def queries(address: str) -> int:
        own = ("event_log_entries", "pg_advisory")  # the event log's line is foundation's
        with counted_queries(engine) as asked:
            as_coordinator.page(address)
        return len([query for query in asked if not any(word in query for word in own)])

    for n in range(2):
        make_member(session, name=f"Person {n}", area_ids=(county.area.id,))
    session.commit()
    queries(MEMBERS)  # whom to call is then remembered for a minute
    few = queries(MEMBERS)
    for n in range(2, 60):
        make_member(session, name=f"Person {n}", area_ids=(county.area.id,))
    session.commit()
    assert queries(MEMBERS) == few
    assert few <= 8
    assert "Nästa sida" in as_coordinator.page(MEMBERS)


def test_small_counts_are_hidden_in_the_table_of_the_bank(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    for n in range(6):
        make_member(session, name=f"Person {n}")
    make_member(session, name="Ensam", municipality_code="0834", gender="man")
    session.commit()
    shown = representation(session, COORDINATOR, ())
    assert [(b.label, b.count) for b in shown.by_municipality.steps[0]] == [
        ("Torsås", None),
        ("Kalmar", 6),
    ]
    assert bank_figures(session).members == 7
    session.commit()
    assert "få" in as_coordinator.page("/interest-bank/spread")


def test_others_see_nothing_of_the_bank(
    as_contact_person: CheckingClient,
    as_administrator: CheckingClient,
    session: Session,
    county: SmallCounty,
) -> None:
    member = make_member(session)
    make_account(session, name="x")
    session.commit()
    for client in (as_contact_person, as_administrator):
        for address in (MEMBERS, f"{MEMBERS}/{member.public_id}"):
            assert client.get(address).status_code == 403
