"""User organisations: a place of their own, nominations with the person's consent, dialogues."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.queries import account_by_email, grants_of
from participation.activities.models import Invitation
from participation.activities.queries import co_arrangers_of
from participation.commitments.models import Commitment
from participation.commitments.services import answer_commitment
from participation.county.models import Organisation
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from participation.organisations.models import (
    Nomination,
    OrganisationApplication,
    OrganisationInvitation,
)
from participation.organisations.services import (
    expire_nominations,
    forget_old_invitations,
    join_nominated,
)
from tests.conftest import SignIn
from tests.factories.activities import make_activity
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import LAYER, SmallCounty

SPEAKER = "Britt Föreningsgren"


@pytest.fixture
def organisation(session: Session, county: SmallCounty) -> Organisation:
    found = Organisation(
        layer=LAYER, key="exempelstodet", name="Exempelstödet", kind="user_organisation"
    )
    session.add(found)
    session.commit()
    return found


@pytest.fixture
def as_speaker(sign_in: SignIn, organisation: Organisation) -> CheckingClient:
    return sign_in(Role.USER_ORGANISATION, name=SPEAKER, organisation=organisation)


@pytest.fixture
def as_other_speaker(sign_in: SignIn, session: Session) -> CheckingClient:
    other = Organisation(layer=LAYER, key="annan", name="Annan", kind="user_organisation")
    session.add(other)
    session.commit()
    return sign_in(Role.USER_ORGANISATION, name="Otto Annan", organisation=other)


def newest_link(session: Session, pattern: str) -> str:
    mail = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(1)).one()
    found = re.search(rf"http://localhost({pattern}\w+)", mail.text or "")
    session.commit()
    assert found is not None, mail.text
    return found[1]


def ask_fields(organisation: Organisation, **more: object) -> dict[str, object]:
    return {
        "organisation": organisation.public_id,
        "subject": "council_seat",
        "activity": "",
        "text": "Vi söker någon under trettio.",
        "how_many": "1",
        "due_on": str(today() + timedelta(days=10)),
        **more,
    }


PERSON = {
    "name": "Sanna Skissgren",
    "email": "sanna@example.org",
    "words": "Lyssnar bra.",
    "has_asked": "y",
}


def test_an_organisation_asks_for_a_place_and_gets_a_room(
    client: CheckingClient, as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    typed = {
        "name": "Anhörigkretsen",
        "about": "För anhöriga.",
        "contact_name": "Inga",
        "contact_email": "inga@example.org",
        "contact_phone": "",
    }
    refused = client.submit("/user-organisations/register", {**typed, "contact_email": "x"})
    assert refused.status_code == 200
    client.submit("/user-organisations/register", typed)
    application = session.scalars(select(OrganisationApplication)).one()
    session.commit()
    address = f"/organisations/applications/{application.public_id}"
    assert "1" in as_coordinator.page("/start")
    assert "inga@example.org" in as_coordinator.page(address)
    as_coordinator.submit(f"{address}/accept")
    session.refresh(application)
    assert (application.state, application.contact_email) == ("accepted", None)
    session.commit()
    assert as_coordinator.submit(f"{address}/decline", {"reason": "Nej"}).status_code == 409
    link = newest_link(session, "/speak-for/")
    for _scanner in range(3):
        client.page(link)
    assert client.submit(link).status_code == 303
    assert client.submit(link).status_code == 410
    account = account_by_email(session, "inga@example.org")
    assert account is not None
    (grant,) = grants_of(session, account.id)
    assert grant.role is Role.USER_ORGANISATION
    session.commit()
    assert "För anhöriga." in client.page("/user-organisations")


def test_the_organisation_itself_lets_people_in_and_out(
    as_speaker: CheckingClient,
    as_other_speaker: CheckingClient,
    client: CheckingClient,
    organisation: Organisation,
    session: Session,
) -> None:
    base = f"/user-organisations/{organisation.public_id}"
    assert as_other_speaker.get(f"{base}/workspace").status_code == 404
    assert as_other_speaker.submit(f"{base}/speakers", PERSON).status_code == 404
    as_speaker.submit(f"{base}/speakers", {"name": "Ny", "email": "ny@example.org"})
    assert "Har fått ett mejl med en länk" in as_speaker.page(f"{base}/workspace")
    client.submit(newest_link(session, "/speak-for/"))
    page = as_speaker.page(f"{base}/workspace")
    assert "Ny" in page
    britt = account_by_email(session, "britt.föreningsgren@example.org")
    new = account_by_email(session, "ny@example.org")
    assert britt is not None
    assert new is not None
    session.commit()
    as_speaker.submit(f"{base}/speakers/{new.public_id}/remove")
    assert grants_of(session, new.id) == ()
    session.commit()
    as_speaker.submit(f"{base}/speakers/{britt.public_id}/remove")
    assert "Någon måste vara kvar" in as_speaker.page(f"{base}/workspace")


def test_nobody_sees_who_is_nominated_before_the_person_says_yes(
    as_coordinator: CheckingClient,
    as_speaker: CheckingClient,
    as_other_speaker: CheckingClient,
    client: CheckingClient,
    organisation: Organisation,
    session: Session,
) -> None:
    asked = as_coordinator.submit("/nominations/new", ask_fields(organisation))
    address = asked.headers["Location"]
    assert as_other_speaker.get(address).status_code == 404
    assert "Nominera en person" in as_speaker.page("/start")
    without_asking = {**PERSON, "has_asked": ""}
    assert as_speaker.submit(address, without_asking).status_code == 200
    as_speaker.submit(address, PERSON)
    assert "redan nominerat" in as_speaker.submit(address, PERSON).get_data(as_text=True)
    link = newest_link(session, "/nominated/")
    assert "Sanna" not in as_coordinator.page(address)
    assert "Sanna" in as_speaker.page(address)
    for locale in ("sv", "ar", "en"):
        client.page(f"{link}?lang={locale}")
    answered = client.submit(f"{link}?lang=sv", {"answer": "yes"})
    assert "answer=join" in answered.headers["Location"]
    page = as_coordinator.page(address)
    assert "Sanna Skissgren" in page
    assert "har inte gått med i intressebanken än" in page
    assert client.submit(link, {"answer": "no"}).status_code == 410


def test_a_no_erases_name_and_address_at_once(
    as_coordinator: CheckingClient,
    as_speaker: CheckingClient,
    client: CheckingClient,
    organisation: Organisation,
    session: Session,
) -> None:
    address = as_coordinator.submit("/nominations/new", ask_fields(organisation)).headers[
        "Location"
    ]
    as_speaker.submit(address, PERSON)
    client.submit(newest_link(session, "/nominated/"), {"answer": "no"})
    nomination = session.scalars(select(Nomination)).one()
    assert nomination.state == "declined"
    kept = (nomination.name, nomination.email, nomination.email_index, nomination.words)
    assert kept == (None, None, None, None)


def test_who_says_yes_is_invited_and_who_joins_later_too(
    app: object,
    as_coordinator: CheckingClient,
    as_speaker: CheckingClient,
    client: CheckingClient,
    organisation: Organisation,
    county: SmallCounty,
    session: Session,
) -> None:
    activity = make_activity(session, county.region)
    member = make_member(session, name="Sanna Skissgren", email="sanna@example.org")
    session.commit()
    fields = ask_fields(organisation, subject="activity", activity=activity.public_id)
    missing = as_coordinator.submit("/nominations/new", {**fields, "activity": ""})
    assert "Välj aktiviteten" in missing.get_data(as_text=True)
    address = as_coordinator.submit("/nominations/new", fields).headers["Location"]
    as_speaker.submit(address, PERSON)
    client.submit(newest_link(session, "/nominated/"), {"answer": "yes"})
    invitation = session.scalars(select(Invitation)).one()
    assert invitation.member_id == member.id
    session.commit()
    as_speaker.submit(address, {**PERSON, "name": "Lova", "email": "lova@example.org"})
    client.submit(newest_link(session, "/nominated/"), {"answer": "yes"})
    later = make_member(session, name="Lova", email="lova@example.org")
    assert join_nominated(session, later.account_id, later.id) == 1
    assert join_nominated(session, later.account_id, later.id) == 0
    members = set(session.scalars(select(Invitation.member_id)))
    assert members == {member.id, later.id}


def test_what_is_not_answered_in_time_is_forgotten(
    as_coordinator: CheckingClient,
    as_speaker: CheckingClient,
    organisation: Organisation,
    session: Session,
) -> None:
    address = as_coordinator.submit("/nominations/new", ask_fields(organisation)).headers[
        "Location"
    ]
    as_speaker.submit(address, PERSON)
    base = f"/user-organisations/{organisation.public_id}"
    as_speaker.submit(f"{base}/speakers", {"name": "Ny", "email": "ny@example.org"})
    with frozen_at(now() + timedelta(days=15)):
        assert (expire_nominations(session), forget_old_invitations(session)) == (1, 1)
        assert (expire_nominations(session), forget_old_invitations(session)) == (0, 0)
    session.expire_all()
    assert session.scalars(select(Nomination)).one().email is None
    assert session.scalars(select(OrganisationInvitation)).one().email is None


def test_a_dialogue_leads_to_a_statement_that_the_group_answers_in_public(
    as_speaker: CheckingClient,
    as_other_speaker: CheckingClient,
    as_group_member: CheckingClient,
    as_coordinator: CheckingClient,
    as_contact_person: CheckingClient,
    client: CheckingClient,
    organisation: Organisation,
    county: SmallCounty,
    session: Session,
) -> None:
    base = f"/user-organisations/{organisation.public_id}"
    begun = as_speaker.submit(
        f"{base}/dialogues/new",
        {"group": county.group.public_id, "theme": "Någon med sig", "text": "Får man det?"},
    )
    address = begun.headers["Location"]
    for outsider in (as_other_speaker, as_contact_person):
        assert outsider.get(address).status_code == 404
        assert outsider.submit(f"{address}/messages", {"text": "x"}).status_code == 404
    as_group_member.submit(f"{address}/messages", {"text": "Ja, det får man."})
    assert "Ja, det får man." in as_speaker.page(address)
    as_speaker.submit(f"{address}/meeting", {"meets_on": str(today()), "where": "Kalmar"})
    statement = {"title": "Skriv det i kallelsen", "details": "På första sidan.", "is_public": "y"}
    assert as_group_member.submit(f"{address}/statements", statement).status_code == 404
    as_speaker.submit(f"{address}/statements", statement)
    owed = session.scalars(select(Commitment)).one()
    assert (owed.owed_by_group_id, owed.owed_to) == (county.group.id, "Exempelstödet")
    session.commit()
    assert "Svarar senast" in client.page(base)
    answer_commitment(
        session, SYSTEM, owed, answer="yes", answer_text="Det står där från mars.", is_done=True
    )
    session.commit()
    for locale in ("sv", "ar", "en"):
        assert "Det står där från mars." in client.page(f"{base}?lang={locale}")
    as_speaker.submit(f"{address}/close")
    assert as_speaker.submit(f"{address}/messages", {"text": "x"}).status_code == 409


def test_what_is_not_public_stays_in_the_dialogue(
    as_speaker: CheckingClient,
    client: CheckingClient,
    organisation: Organisation,
    county: SmallCounty,
    session: Session,
) -> None:
    base = f"/user-organisations/{organisation.public_id}"
    address = as_speaker.submit(
        f"{base}/dialogues/new",
        {"group": county.group.public_id, "theme": "Tyst", "text": "Mellan oss."},
    ).headers["Location"]
    as_speaker.submit(f"{address}/statements", {"title": "Hemlig fråga", "details": "Svara oss."})
    assert "Hemlig fråga" not in client.page(base)
    assert not session.scalars(select(Commitment)).one().is_public


def test_an_activity_arranged_together_says_so(
    as_speaker: CheckingClient,
    as_coordinator: CheckingClient,
    client: CheckingClient,
    organisation: Organisation,
    county: SmallCounty,
    session: Session,
) -> None:
    activity = make_activity(
        session, county.region, kind="theme_dialogue", title="Temadialog", is_open_to_all=True
    )
    session.commit()
    base = f"/user-organisations/{organisation.public_id}"
    address = as_speaker.submit(
        f"{base}/dialogues/new",
        {"group": county.group.public_id, "theme": "Hemgång", "text": "Tillsammans?"},
    ).headers["Location"]
    as_coordinator.page(address)
    as_coordinator.submit(f"{address}/together", {"activity": activity.public_id})
    assert [one.name for one in co_arrangers_of(session, activity.id)] == ["Exempelstödet"]
    session.commit()
    page = client.page(f"/activities/{activity.public_id}")
    assert "Tillsammans med" in page
    assert "Exempelstödet" in page


def test_my_organisation_leads_straight_to_the_only_one(
    as_speaker: CheckingClient, organisation: Organisation
) -> None:
    there = as_speaker.get("/my-organisation")
    assert there.headers["Location"].endswith(f"{organisation.public_id}/workspace")


def test_whoever_speaks_for_a_user_organisation_is_shown_its_own_way_and_not_how_to_adopt(
    as_speaker: CheckingClient,
) -> None:
    for address in ("/requests", "/requests/new", "/requests/new?draft=yes"):
        page = as_speaker.page(address)
        assert "Anta" not in page
        assert "/adoption" not in page.partition("<main")[2].partition("</main>")[0]
    assert "Lämna ett yttrande" in page
    assert "/my-organisation" in page
