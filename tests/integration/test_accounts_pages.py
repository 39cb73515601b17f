"""Start page, own data, administration and the event log's page."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.jobs import TidySignIns
from participation.accounts.models import (
    Account,
    AccountNamePrefix,
    LoginSession,
    RoleAssignment,
    SignInLink,
)
from participation.accounts.queries import actor_of
from participation.accounts.services import ensure_account, grant_role
from participation.accounts.services.demo import demo_sign_ins, give_demo_sign_in
from participation.accounts.services.own_data import erase_person
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.eventlog.services import account_pseudonym
from participation.foundation.outbox import OutboxMail, queue_mail
from participation.foundation.outbox.models import FORGOTTEN
from participation.foundation.permissions import Role
from participation.foundation.tabular import read_table
from participation.foundation.web import EXTENSION
from tests.factories.accounts import make_account, make_staff
from tests.factories.commitments import make_commitment
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.signing_in import sign_in_client

NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Every SELECT the application makes inside the block."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def client_of(app: Flask, session: Session, account: Account) -> CheckingClient:
    session.commit()
    client: CheckingClient = app.test_client()  # type: ignore[assignment]
    sign_in_client(client, session, account)
    return client


def test_the_start_page_counts_in_words_and_sorts_by_date(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    with frozen_at(NOON):
        account = make_account(
            session, role=Role.CONTACT_PERSON, name="Kim", organisation=county.region
        )
        for title, days in (("Sen", -4), ("Nu", 0), ("Snart", 2), ("Bortom", 9)):
            due_on = (NOON + timedelta(days=days)).date()
            make_commitment(session, county.region, title=title, due_on=due_on)
        page = client_of(app, session, account).page("/start")
    assert "<h1>Fyra saker väntar på dig</h1>" in page
    assert "En är försenad. En behöver bli klar i dag." in page
    headings = re.findall(r"<h2 id=\"when-\w+\">([^<]+)", page)
    assert headings == ["Försenat", "I dag", "Den här veckan", "Senare"]
    assert "4 dagar försenat" in page
    assert page.count('class="ds-button" href') == 4
    assert (
        page.count('class="ds-button" href="/commitments/') - page.count('data-variant="secondary"')
        <= 1
    )


def test_coordinators_see_whom_they_wait_for_aside(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    make_commitment(session, county.group, due_on=today() - timedelta(days=8))
    page = client_of(app, session, make_staff(session)).page("/start")
    assert "<h1>Inget väntar på dig</h1>" in page
    assert "Du väntar på andra" in page
    assert "8 dagar försenat" in page


def test_the_start_page_asks_the_same_number_of_questions_however_much_waits(
    app: Flask, session: Session, county: SmallCounty, engine: Engine
) -> None:
    account = make_account(session, role=Role.CONTACT_PERSON, organisation=county.region)
    make_commitment(session, county.unit, due_on=now().date())
    client = client_of(app, session, account)
    client.get("/start")
    numbers = []
    for _ in range(2):
        with counted(engine) as few:
            client.get("/start")
        numbers.append(len(few))
        for _n in range(15):
            make_commitment(session, county.region, due_on=now().date())
        session.commit()
    assert numbers[0] == numbers[1]
    cards = app.extensions[EXTENSION].features.collect("start_cards")
    assert numbers[1] <= 4 + len(cards)


def test_own_data_can_be_read_and_taken_along(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    account = make_account(session, name="Tuva Exempelsson", email="tuva@example.org")
    client = client_of(app, session, account)
    page = client.page("/me")
    assert "Tuva Exempelsson" in page
    assert "tuva@example.org" in page
    response = client.get("/me/data.json")
    assert response.headers["Content-Disposition"].startswith("attachment")
    own = json.loads(response.data)
    assert own["data"][0]["content"]["email"] == "tuva@example.org"
    assert "Laddade ner sina egna uppgifter" in client.page("/me")


def test_people_see_who_opened_their_account(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    person = make_account(session)
    admin = client_of(app, session, make_staff(session, role=Role.ADMINISTRATOR))
    admin.page(f"/accounts/{person.public_id}")
    page = client_of(app, session, person).page("/me")
    assert "Öppnade ett konto" in page
    assert "Administratör" in page


def test_erasing_takes_two_clicks_and_leaves_nothing_to_find(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    person = make_account(session, name="Tuva Exempelsson", email="tuva@example.org")
    sent = queue_mail(session, to="tuva@example.org", template="sign_in_email_changed", locale="sv")
    sent.state = "sent"
    queue_mail(session, to="tuva@example.org", template="sign_in_email_changed", locale="sv")
    client = client_of(app, session, person)
    assert "/me/erase" in client.page("/me")
    assert "Händelseloggen" in client.page("/me/erase")
    response = client.submit("/me/erase")
    assert "Dina uppgifter är raderade" in response.text
    assert client.get("/me").status_code == 303

    session.expire_all()
    erased = session.get_one(Account, person.id)
    assert erased.display_name == ""
    assert erased.email.endswith("@erased.invalid")
    assert not erased.is_active
    assert not session.scalars(select(AccountNamePrefix)).all()
    left = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert [mail.state for mail in left] == ["sent", "cancelled", "queued"]
    assert {mail.recipient_index for mail in left} == {FORGOTTEN}  # nothing tells to whom
    # The address is free: the same person may come back.
    assert ensure_account(session, "tuva@example.org", "Tuva").id != person.id


def test_features_above_erase_before_the_account_goes(
    session: Session, county: SmallCounty
) -> None:
    order: list[str] = []

    class Floor:
        def __init__(self, name: str) -> None:
            self.name = name

        def sections(self, _session: Session, _account_id: int) -> list[object]:
            return []

        def erase(self, _session: Session, _account_id: int) -> list[str]:
            order.append(self.name)
            return [self.name]

    person = make_account(session)
    floors = [Floor("low"), Floor("high")]
    kept = erase_person(session, actor_of(session, person), floors)  # type: ignore[arg-type]
    assert order == kept == ["high", "low"]
    session.commit()


def test_a_new_address_counts_when_its_link_is_opened_by_the_same_person(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    person = make_account(session, email="gammal@example.org")
    elsewhere = client_of(app, session, person)
    client = client_of(app, session, person)
    assert elsewhere.get("/me").status_code == 200
    client.submit("/me/email", {"email": "ny@example.org"})
    mail = session.scalars(select(OutboxMail)).one()
    found = re.search(r"http://localhost(/me/email/\w+)", mail.text or "")
    session.commit()
    assert found
    other = client_of(app, session, make_account(session))
    assert other.get(found[1]).status_code == 404
    assert other.submit(found[1]).status_code == 404
    assert "ny@example.org" in client.page(found[1])
    client.submit(found[1])
    assert client.submit(found[1]).status_code == 404
    assert elsewhere.get("/me").status_code == 303  # signed out there
    session.expire_all()
    assert session.get_one(Account, person.id).email == "ny@example.org"
    session.commit()


def test_an_address_somebody_has_cannot_be_taken_over(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    make_account(session, email="upptagen@example.org")
    person = make_account(session, email="gammal@example.org")
    client = client_of(app, session, person)
    client.submit("/me/email", {"email": "upptagen@example.org"})
    mail = session.scalars(select(OutboxMail)).one()
    found = re.search(r"http://localhost(/me/email/\w+)", mail.text or "")
    session.commit()
    assert found
    page = client.submit(found[1], follow_redirects=True).text
    assert "Den adressen har redan ett konto" in page


def test_language_and_name_can_be_changed(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    client = client_of(app, session, make_account(session))
    response = client.submit("/me/language", {"language": "ar"}, follow_redirects=True)
    assert 'dir="rtl"' in response.text
    assert client.submit("/me/language", {"language": "klingon"}).status_code == 200
    client.submit("/me/name", {"name": "<b>Tuva</b> 🙂"})
    assert "&lt;b&gt;Tuva&lt;/b&gt;" in client.page("/me")


def test_one_can_sign_out_elsewhere_and_everywhere(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    person = make_account(session)
    here, there = client_of(app, session, person), client_of(app, session, person)
    stranger = client_of(app, session, make_account(session))
    page = here.page("/me/sessions")
    address = re.search(r"/me/sessions/\w+/end\b", page)
    assert address
    assert stranger.submit(address[0]).status_code == 404
    here.submit(address[0])
    assert there.get("/me").status_code == 303
    assert here.get("/me").status_code == 200
    here.submit("/me/sessions/end-all")
    assert here.get("/me").status_code == 303


def test_administrators_find_people_by_address_or_beginning_of_a_name(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    make_account(session, name="Åke Exempelström", email="ake@example.org")
    make_account(session, name="Tuva Provberg", email="tuva@example.org")
    admin = client_of(app, session, make_staff(session, role=Role.ADMINISTRATOR))
    assert "Åke Exempelström" in admin.page("/accounts?q=exem")
    assert "Tuva Provberg" not in admin.page("/accounts?q=exem")
    assert "Åke Exempelström" in admin.page("/accounts?q=AKE@example.org")
    assert "Ingen träff" in admin.page("/accounts?q=ake@example.com")
    assert "Ebba" in admin.page("/accounts?role=administrator")
    assert admin.page("/accounts?q=%27%3B+DROP&role=nonsense&page=-1")


def test_everybody_on_the_list_of_accounts_can_read_who_saw_it(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    seen = make_account(session, name="Åke Exempelström", email="ake@example.org")
    unseen = make_account(session, name="Tuva Provberg", email="tuva@example.org")
    admin = client_of(app, session, make_staff(session, role=Role.ADMINISTRATOR))
    admin.page("/accounts?q=exem")
    assert [entry.action for entry in entries_about(session, seen.id)] == ["accounts_listed"]
    assert not entries_about(session, unseen.id)


def test_the_list_of_accounts_asks_a_constant_number_of_questions(
    app: Flask, session: Session, county: SmallCounty, engine: Engine
) -> None:
    admin = client_of(app, session, make_staff(session, role=Role.ADMINISTRATOR))
    admin.get("/accounts")
    with counted(engine) as few:
        admin.get("/accounts")
    for _ in range(30):
        make_account(session, role=Role.AUDITOR)
    session.commit()
    with counted(engine) as many:
        admin.get("/accounts")
    assert len(few) == len(many) <= 8


def test_an_administrator_invites_grants_and_takes_back(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    admin = client_of(app, session, make_staff(session, role=Role.ADMINISTRATOR))
    form = {
        "name": "Kim Kontaktsson",
        "email": "kim@example.org",
        "language": "sv",
        "role": "contact_person",
        "place": "",
    }
    refused = admin.submit("/accounts/new", form)
    assert "Välj organisationen." in refused.text
    assert session.scalar(select(func.count(Account.id))) == 1
    session.commit()
    done = admin.submit("/accounts/new", {**form, "place": f"organisation:{county.region.id}"})
    assert done.status_code == 303
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.template == "sign_in_invitation"
    session.commit()
    page = admin.page(done.location)
    assert "Region Kalmar län" in page
    wrong = admin.submit(
        done.location + "/roles",
        {"role": "group_member", "place": f"organisation:{county.region.id}"},
    )
    assert "Välj gruppen." in wrong.text
    admin.submit(
        done.location + "/roles", {"role": "group_member", "place": f"group:{county.group.id}"}
    )
    revoke = re.findall(r"/accounts/\w+/roles/\d+/revoke", admin.page(done.location))
    assert len(revoke) == 2
    assert admin.submit(revoke[0]).status_code == 303
    assert admin.submit(revoke[0]).status_code == 404
    actions = list(session.scalars(select(EventLogEntry.action).order_by(EventLogEntry.id)))
    assert actions.count("role_granted") == 3  # the administrator's own, and two
    assert actions.count("role_revoked") == 1
    session.commit()


def test_administrators_cannot_lock_themselves_out(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    account = make_staff(session, role=Role.ADMINISTRATOR)
    admin = client_of(app, session, account)
    held = session.scalars(select(RoleAssignment)).one()
    session.commit()
    address = f"/accounts/{account.public_id}"
    assert admin.submit(f"{address}/roles/{held.id}/revoke").status_code == 409
    assert admin.submit(f"{address}/close").status_code == 409


def test_a_closed_account_is_out_at_once(app: Flask, session: Session, county: SmallCounty) -> None:
    person = make_account(session)
    hers = client_of(app, session, person)
    admin = client_of(app, session, make_staff(session, role=Role.ADMINISTRATOR))
    assert hers.get("/me").status_code == 200
    admin.submit(f"/accounts/{person.public_id}/close")
    assert hers.get("/me").status_code == 303
    admin.submit(f"/accounts/{person.public_id}/open")
    assert "I bruk" in admin.page(f"/accounts/{person.public_id}")


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.ADMINISTRATOR])
def test_only_administrators_manage_accounts(
    app: Flask, session: Session, county: SmallCounty, role: Role
) -> None:
    account = make_account(session)
    scope: dict[str, object] = {}
    if role in {Role.CONTACT_PERSON, Role.USER_ORGANISATION}:
        scope = {"organisation": county.region}
    if role is Role.GROUP_MEMBER:
        scope = {"group": county.group}
    grant_role(session, account, role, **scope)  # type: ignore[arg-type]
    client = client_of(app, session, account)
    assert client.get("/accounts").status_code == 403
    assert client.get(f"/accounts/{account.public_id}").status_code == 403
    assert client.submit("/accounts/new", {"role": "administrator"}).status_code == 403


def test_the_officer_reads_the_log_under_cover_names(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    person = make_account(session, name="Tuva Exempelsson", role=Role.AUDITOR)
    officer = client_of(app, session, make_staff(session, role=Role.DATA_PROTECTION_OFFICER))
    page = officer.page("/event-log")
    assert "Gav en roll" in page
    assert "Tuva" not in page
    assert person.public_id in page
    assert "Gav en roll" in officer.page("/event-log?action=role_granted")
    assert officer.page("/event-log?action=%3Cscript%3E")
    assert "Loggen är hel" in officer.page("/event-log?check=1")
    line = session.scalars(select(EventLogEntry).order_by(EventLogEntry.id).limit(1)).one()
    line.reason = "ändrad"
    session.commit()
    assert "Loggen är bruten" in officer.page("/event-log?check=1")


def test_the_log_is_narrowed_to_a_person_a_thing_and_days_and_leaves_with_a_reason(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    tuva = make_account(session, name="Tuva Exempelsson", role=Role.AUDITOR)
    make_account(session, name="Bo Provberg", role=Role.AUDITOR)
    officer = client_of(app, session, make_staff(session, role=Role.DATA_PROTECTION_OFFICER))
    found = officer.submit("/event-log/person", {"email": tuva.email})
    hers = officer.page(found.location)
    assert f"person={account_pseudonym(tuva.id)}" in found.location
    assert "Slog upp någons rader" in hers, "the look itself is one of her lines"
    assert tuva.public_id in hers
    assert "Ingen rad passar" in officer.page(f"/event-log?thing=account:{tuva.public_id}x")
    assert "Ingen rad passar" in officer.page("/event-log?last_day=2001-01-01")
    wrong = officer.page("/event-log?person=%25&first_day=2026-02-31")
    assert "minst 8 bokstäver" in wrong
    assert 'value="2026-02-31"' in wrong
    nobody = officer.submit("/event-log/person", {"email": "ingen@example.org"})
    assert "Ingen här har den adressen" in nobody.text
    wanted = {"thing": f"account:{tuva.public_id}", "file_format": "csv"}
    assert "Skriv varför" in officer.submit("/event-log/file", {**wanted, "reason": ""}).text
    for mistyped in ({"first_day": "2026-13-01"}, {"person": "tuva"}, {"action": "nope"}):
        refused = officer.submit(
            "/event-log/file", {"file_format": "csv", "reason": "Hon frågade.", **mistyped}
        )
        assert refused.mimetype == "text/html", "all lines would have left"
    file = officer.submit("/event-log/file", {**wanted, "reason": "Hon frågade."})
    table = read_table(file.data)
    assert {line.cells["Vad det gäller"] for line in table.lines} == {"Konto"}
    assert "Hon frågade." in officer.page("/event-log?action=event_log_taken_out")
    taken = select(EventLogEntry).where(EventLogEntry.action == "event_log_taken_out")
    assert session.scalars(taken).one().data["narrowed"] == {"thing": f"account:{tuva.public_id}"}
    sought = select(EventLogEntry.object_id).where(EventLogEntry.action == "cover_name_sought")
    assert sorted(session.scalars(sought)) == ["", tuva.public_id]


def test_a_log_too_long_for_a_file_is_refused_and_the_reason_kept(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = client_of(app, session, make_staff(session, role=Role.DATA_PROTECTION_OFFICER))
    views = sys.modules["participation.accounts.views.event_log"]  # the package's is a blueprint
    monkeypatch.setattr(views, "MOST_IN_A_FILE", 0)
    refused = officer.submit("/event-log/file", {"file_format": "csv", "reason": "Hon frågade."})
    assert "fler än 20" in refused.text
    assert "Hon frågade." in refused.text
    assert not session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "event_log_taken_out")
    ).all()


def test_what_has_run_out_is_forgotten_after_a_day(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty, app: Flask
) -> None:
    client: CheckingClient = app.test_client()  # type: ignore[assignment]
    client.submit("/sign-in", {"email": "x@example.org"})
    client_of(app, session, make_account(session))
    with frozen_at(now() + timedelta(days=20)):
        result = TidySignIns().run(sessions, None)  # type: ignore[arg-type]
    assert result == {"sessions": 1, "links": 1}
    left = [session.scalar(select(func.count(t.id))) for t in (LoginSession, SignInLink)]
    assert left == [0, 0]


def test_only_demo_accounts_get_the_known_password(session: Session, county: SmallCounty) -> None:
    with pytest.raises(ValueError, match="demo"):
        give_demo_sign_in(session, make_account(session))
    demo = make_account(session, role=Role.COORDINATOR, is_demo=True)
    give_demo_sign_in(session, demo)
    (found,) = demo_sign_ins(session)
    assert found.password
    assert found.code
    assert len(found.code) == 6


def test_roles_are_granted_only_where_they_belong(session: Session, county: SmallCounty) -> None:
    account = make_account(session)
    first = grant_role(session, account, Role.GROUP_MEMBER, group=county.group)
    assert grant_role(session, account, Role.GROUP_MEMBER, group=county.group) is first
    for scope in ({}, {"organisation": county.region}):
        with pytest.raises(Exception, match="not granted"):
            grant_role(session, account, Role.GROUP_MEMBER, **scope)


def test_a_dump_shows_no_names_addresses_or_tokens(
    session: Session, county: SmallCounty, app: Flask, engine: Engine
) -> None:
    person = make_account(session, name="Tuva Exempelsson", email="tuva@example.org")
    session.commit()
    client: CheckingClient = app.test_client()  # type: ignore[assignment]
    token = sign_in_client(client, session, person)
    client.submit("/sign-in", {"email": "tuva@example.org"})
    with engine.connect() as connection:
        dump = "".join(
            str(row)
            for table in ("accounts", "login_sessions", "sign_in_links", "throttle_counters")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        )
    for secret in ("Tuva", "tuva@", token):
        assert secret not in dump


def test_a_hidden_value_that_is_far_too_long_is_refused_like_any_other(
    client: CheckingClient, session: Session
) -> None:
    typed = {"email": "tuva@example.org", "next": "/" + "x" * 5_000}
    assert client.submit("/sign-in", typed).status_code == 200
    assert session.scalars(select(OutboxMail)).all() == []


def test_pages_of_staff_know_when_the_session_ends_and_whoever_stays_is_seen(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    client = client_of(app, session, make_staff(session))
    assert 'data-session="3300"' in client.page("/start")
    began = session.scalar(select(LoginSession.created_at).order_by(LoginSession.id.desc()))
    assert began is not None
    session.commit()
    with frozen_at(began + timedelta(minutes=55)):
        assert client.submit("/stay").status_code == 204
    for times in range(2, 14):
        with frozen_at(began + times * timedelta(minutes=55)):
            client.page("/start")
    with frozen_at(began + timedelta(hours=11, minutes=56)):
        assert client.submit("/stay").status_code == 204
        assert "Du loggas ut klockan" in client.page("/start"), "no longer than twelve hours"
