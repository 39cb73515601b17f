"""Signing in: by link, by code, by password; and everything that must not work."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, LoginSession, SignInLink
from participation.accounts.rules.secrets import current_code
from participation.accounts.rules.throttling import ACCOUNT_FAILURES, LINKS_PER_EMAIL
from participation.accounts.services import deactivate_account, grant_role, revoke_role_of
from participation.accounts.services.invitations import invite_to_strong_sign_in
from participation.accounts.services.signing_in import take_code, take_link
from participation.foundation.clock import frozen_at, now
from participation.foundation.crypto import new_token
from participation.foundation.outbox import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from tests.factories.accounts import PASSWORD, TOTP_SECRET, make_account, make_staff
from tests.support.client import CheckingClient
from tests.support.signing_in import sign_in_client

NOBODY = "ingen@example.org"


def newest_mail(session: Session) -> OutboxMail:
    mail = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(1)).one()
    session.commit()  # a reader left open would block the application's writes on SQLite
    return mail


def ask(client: CheckingClient, email: str, **more: str) -> None:
    response = client.submit("/sign-in", {"email": email, **more})
    assert response.status_code == 303
    assert response.location == "/sign-in/sent"


def link_in(mail: OutboxMail) -> str:
    found = re.search(r"http://localhost(/sign-in/link/\w+)", mail.text or "")
    assert found
    return found[1]


def code_in(mail: OutboxMail) -> str:
    found = re.search(r"\d{4} \d{4}", mail.text or "")
    assert found
    return found[0]


@pytest.fixture
def person(session: Session) -> Account:
    account = make_account(session, email="tuva@example.org")
    session.commit()
    return account


def test_a_resident_signs_in_by_the_mailed_link(
    client: CheckingClient, session: Session, person: Account
) -> None:
    ask(client, "Tuva@Example.org ")
    link = link_in(newest_mail(session))
    assert "Logga in" in client.page(link)
    response = client.submit(link)
    assert (response.status_code, response.location) == (303, "/start")
    assert "Inget väntar på dig" in client.page("/start")
    session.expire_all()
    assert session.get_one(Account, person.id).confirmed_at is not None


def test_the_link_leads_on_to_where_the_person_wanted(
    client: CheckingClient, session: Session, person: Account
) -> None:
    response = client.get("/me/sessions")
    assert response.location == "/sign-in?next=/me/sessions"
    ask(client, person.email, next="/me/sessions")
    assert client.submit(link_in(newest_mail(session))).location == "/me/sessions"


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_next_never_leads_away(
    client: CheckingClient, session: Session, person: Account, evil: str
) -> None:
    ask(client, person.email, next=evil)
    assert client.submit(link_in(newest_mail(session))).location == "/start"


def test_mail_scanners_do_not_use_the_link_up(
    client: CheckingClient, app: Flask, session: Session, person: Account
) -> None:
    ask(client, person.email)
    link = link_in(newest_mail(session))
    scanner = app.test_client()
    for _ in range(5):
        scanner.head(link)
        scanner.get(link)
    assert client.submit(link).location == "/start"


def test_a_link_works_once(client: CheckingClient, session: Session, person: Account) -> None:
    ask(client, person.email)
    link = link_in(newest_mail(session))
    client.submit(link)
    client.submit("/sign-out")
    assert client.submit(link).status_code == 410


def test_a_link_works_for_ten_minutes(
    client: CheckingClient, session: Session, person: Account
) -> None:
    ask(client, person.email)
    link = link_in(newest_mail(session))
    with frozen_at(now() + timedelta(minutes=10, seconds=1)):
        assert client.get(link).status_code == 410
        assert client.submit(link).status_code == 410


def test_a_link_works_only_in_the_browser_that_asked(
    client: CheckingClient, app: Flask, session: Session, person: Account
) -> None:
    ask(client, person.email)
    link = link_in(newest_mail(session))
    other: CheckingClient = app.test_client()  # type: ignore[assignment]
    assert "Öppna länken där du bad om den" in other.page(link)
    assert other.submit(link).status_code == 410
    assert client.submit(link).location == "/start"


def test_the_code_signs_in_whoever_reads_mail_elsewhere(
    client: CheckingClient, session: Session, person: Account
) -> None:
    ask(client, person.email)
    response = client.submit("/sign-in/code", {"code": code_in(newest_mail(session))})
    assert response.location == "/start"


def test_five_wrong_codes_use_the_mail_up(
    client: CheckingClient, session: Session, person: Account
) -> None:
    ask(client, person.email)
    right = code_in(newest_mail(session))
    wrong = "0000 0000" if right != "0000 0000" else "1111 1111"
    for _ in range(5):
        assert "Koden fungerar inte" in client.submit("/sign-in/code", {"code": wrong}).text
    assert client.submit("/sign-in/code", {"code": right}).status_code == 200


def test_nobody_learns_who_has_an_account(
    client: CheckingClient, app: Flask, session: Session, person: Account
) -> None:
    stranger: CheckingClient = app.test_client()  # type: ignore[assignment]
    pages = []
    for browser, email in ((client, person.email), (stranger, NOBODY)):
        ask(browser, email)
        pages.append(browser.submit("/sign-in/code", {"code": "0000 0000"}).text)
    without_token = [re.sub(r'name="csrf_token" value="[^"]+"', "", page) for page in pages]
    assert without_token[0] == without_token[1]
    counts = select(func.count()).select_from(SignInLink), select(func.count(OutboxMail.id))
    assert [session.scalar(count) for count in counts] == [2, 2]
    assert newest_mail(session).template == "sign_in_unknown"
    assert len(set(session.scalars(select(OutboxMail.own_subject)))) == 1


def test_a_closed_account_is_treated_like_none(
    client: CheckingClient, session: Session, person: Account
) -> None:
    deactivate_account(session, SYSTEM, person)
    session.commit()
    ask(client, person.email)
    assert newest_mail(session).template == "sign_in_unknown"


def test_beyond_five_mails_nothing_more_is_sent_and_nothing_shows(
    client: CheckingClient, session: Session, person: Account
) -> None:
    for _ in range(LINKS_PER_EMAIL.count + 3):
        ask(client, person.email)
    assert session.scalar(select(func.count(OutboxMail.id))) == LINKS_PER_EMAIL.count


def test_guessed_links_never_hit(session: Session, county: object, person: Account) -> None:
    assert all(take_link(session, new_token(), new_token()) is None for _ in range(300))
    assert all(take_code(session, new_token(), f"{n:08}") is None for n in range(300))


def test_guessing_from_one_address_is_throttled_and_a_hospital_is_not(
    client: CheckingClient, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    target = "participation.accounts.views.sign_in.check_throttle"
    tries: list[str] = []
    monkeypatch.setattr(target, lambda _session, limit, key: tries.append(limit.name))
    client.submit("/sign-in/link/" + new_token())
    assert tries == ["address_failures"]


def test_cross_site_posts_are_refused(client: CheckingClient, person: Account) -> None:
    for address in ("/sign-in", "/sign-in/password", "/sign-in/code", "/sign-out"):
        assert client.post(address, data={"email": person.email}).status_code == 400


def test_staff_sign_in_with_password_and_code(client: CheckingClient, session: Session) -> None:
    staff = make_staff(session)
    session.commit()
    data = {
        "email": staff.email,
        "password": PASSWORD,
        "code": current_code(TOTP_SECRET, now()),
        "next": "/commitments",
    }
    response = client.submit("/sign-in/password", data)
    assert response.location == "/commitments"
    assert client.get("/commitments").status_code == 200
    client.submit("/sign-out")
    replayed = client.submit("/sign-in/password", data)
    assert "stämmer inte" in replayed.text


@pytest.mark.parametrize("wrong", ["email", "password", "code"])
def test_the_answer_never_says_which_part_was_wrong(
    client: CheckingClient, session: Session, wrong: str
) -> None:
    staff = make_staff(session, email="ebba@example.org")
    session.commit()
    right = {"email": staff.email, "password": PASSWORD, "code": current_code(TOTP_SECRET, now())}
    bad = {"email": NOBODY, "password": "fel lösenord här", "code": "000000"}
    response = client.submit("/sign-in/password", {**right, wrong: bad[wrong]})
    assert response.status_code == 200
    assert "Adressen, lösenordet eller koden stämmer inte" in response.text
    assert PASSWORD not in response.text


def test_ten_wrong_passwords_pause_the_account_and_nobody_elses(
    client: CheckingClient, session: Session
) -> None:
    staff = make_staff(session, email="ebba@example.org")
    other = make_staff(session, email="ali@example.org")
    session.commit()
    wrong = {"email": staff.email, "password": "fel", "code": "000000"}
    for _ in range(ACCOUNT_FAILURES.count):
        assert client.submit("/sign-in/password", wrong).status_code == 200
    assert client.submit("/sign-in/password", wrong).status_code == 429
    code = current_code(TOTP_SECRET, now())
    right = {"email": other.email, "password": PASSWORD, "code": code}
    assert client.submit("/sign-in/password", right).status_code == 303


def test_a_mailed_link_is_not_enough_for_staff_pages(
    client: CheckingClient, session: Session
) -> None:
    staff = make_staff(session, email="ebba@example.org")
    session.commit()
    ask(client, staff.email)
    client.submit(link_in(newest_mail(session)))
    response = client.get("/commitments", follow_redirects=True)
    assert response.request.path == "/sign-in/password"


def test_a_demo_account_is_refused_where_no_demo_runs(
    client: CheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(session, email="demo@example.org", is_demo=True)
    session.commit()
    monkeypatch.setattr("participation.accounts.views.sign_in._allows_demo", lambda: False)
    ask(client, "demo@example.org")
    assert newest_mail(session).template == "sign_in_unknown"


def test_an_invited_person_chooses_password_and_authenticator(
    client: CheckingClient, session: Session
) -> None:
    account = make_account(session, email="ny@example.org", role=Role.COORDINATOR)
    path = invite_to_strong_sign_in(session, SYSTEM, account)
    session.commit()
    page = client.page(path)
    secret = re.search(r"<code dir=\"ltr\">(\w+)</code>", page)
    assert secret
    weak = client.submit(path, {"password": "kort", "code": "000000"})
    assert "minst 12 tecken" in weak.text
    good = "fem blå bussar"
    wrong = client.submit(path, {"password": good, "code": "000000"})
    assert "Det är inte koden" in wrong.text
    done = client.submit(path, {"password": good, "code": current_code(secret[1], now())})
    codes = re.findall(r"<code>([\w-]+)</code>", done.text)
    assert len(codes) == 8
    assert client.get("/commitments").status_code == 200
    assert client.get(path).status_code == 410

    client.submit("/sign-out")
    data = {"email": account.email, "password": good, "code": codes[3].upper()}
    assert client.submit("/sign-in/password", data).status_code == 303
    client.submit("/sign-out")
    assert client.submit("/sign-in/password", data).status_code == 200  # used up


def test_signing_out_ends_the_session_on_the_server(
    client: CheckingClient, session: Session, person: Account
) -> None:
    token = sign_in_client(client, session, person)
    assert client.get("/me").headers["Cache-Control"] == "no-store"
    assert client.submit("/sign-out").location == "/signed-out"
    client.set_cookie("session", token)
    assert client.get("/me/data.json").status_code == 303


def test_signing_in_replaces_the_old_session(
    client: CheckingClient, session: Session, person: Account
) -> None:
    old = sign_in_client(client, session, person)
    ask(client, person.email)
    client.submit(link_in(newest_mail(session)))
    client.set_cookie("session", old)
    assert client.get("/me").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "å" * 32, "a" * 3000, "' OR 1=1 --"])
def test_an_invented_cookie_is_nobody(client: CheckingClient, cookie: str) -> None:
    client.set_cookie("session", cookie)
    assert client.get("/me").status_code == 303


def test_a_session_ends_when_nobody_has_used_it(client: CheckingClient, session: Session) -> None:
    staff = make_staff(session)
    session.commit()
    sign_in_client(client, session, staff)
    with frozen_at(now() + timedelta(minutes=50)):
        assert client.get("/me").status_code == 200
    with frozen_at(now() + timedelta(minutes=100)):  # seen 50 minutes ago
        assert client.get("/me").status_code == 200
    with frozen_at(now() + timedelta(minutes=161)):
        assert client.get("/me").status_code == 303


def test_being_seen_is_written_at_most_once_a_minute(
    client: CheckingClient, session: Session, person: Account
) -> None:
    sign_in_client(client, session, person)
    first = session.scalar(select(LoginSession.seen_at))
    session.commit()
    client.get("/me")
    assert session.scalar(select(LoginSession.seen_at)) == first


def test_a_role_withdrawn_mid_session_closes_the_next_request(
    client: CheckingClient, session: Session
) -> None:
    staff = make_staff(session)
    session.commit()
    sign_in_client(client, session, staff)
    assert client.get("/commitments").status_code == 200
    revoke_role_of(session, staff, Role.COORDINATOR)
    session.commit()
    assert client.get("/commitments").status_code == 403
    grant_role(session, staff, Role.COORDINATOR)
    session.commit()
    assert client.get("/commitments").status_code == 200


@pytest.mark.parametrize(
    "typed",
    ["", "a" * 500, "<script>alert(1)</script>", "tuva", "\u202e@x", "🙂", "a@b\r\nBcc: c@d"],
)
def test_odd_addresses_get_a_message_at_the_field(client: CheckingClient, typed: str) -> None:
    response = client.submit("/sign-in", {"email": typed})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.text
    assert "<script>alert" not in response.text


def test_the_address_that_was_typed_comes_along_to_the_password(client: CheckingClient) -> None:
    typed = {"email": "kim@example.org", "next": "/audits", "way": "password"}
    page = client.submit("/sign-in", typed)
    assert "kim@example.org" in page.text
    assert 'value="/audits"' in page.text
