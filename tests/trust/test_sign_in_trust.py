"""TRUST 17–27, sign-in: what happened to comparable systems, tried against this one.

The walk through the pages is in tests/integration/test_accounts_sign_in.py; here are the cases
that need measuring or many tries.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import ThrottleCounter
from participation.accounts.rules.throttling import ADDRESS_FAILURES
from participation.accounts.services.signing_in import take_link, take_password
from participation.foundation.crypto import new_token
from participation.foundation.outbox import OutboxMail
from tests.factories.accounts import PASSWORD, make_account, make_staff
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

GUESSES_IN_PROCESS = 2_000
PEOPLE_BEHIND_ONE_ADDRESS = 60  # the ceiling for 500 is arithmetic: tests/unit


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked inside the block, values left out."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        seen.append(re.sub(r"\s+", " ", statement))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_20_links_in_mails_ignore_the_host_header(
    app: Flask, client: CheckingClient, session: Session
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # its cookie belongs to the real host
    make_account(session, email="tuva@example.org")
    session.commit()
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    client.post("/sign-in", data={"email": "tuva@example.org"}, headers=evil)
    mail = session.scalars(select(OutboxMail)).one()
    assert "evil.example" not in (mail.text or "") + (mail.html or "")
    assert "http://localhost/sign-in/link/" in (mail.text or "")


def test_23_guessed_links_never_hit(session: Session, county: SmallCounty) -> None:
    make_account(session)
    browser = new_token()
    hits = [take_link(session, new_token(), browser) for _ in range(GUESSES_IN_PROCESS)]
    assert not any(hits)


def test_23_altered_links_never_hit(client: CheckingClient, session: Session) -> None:
    make_account(session, email="tuva@example.org")
    session.commit()
    client.submit("/sign-in", {"email": "tuva@example.org"})
    text = session.scalars(select(OutboxMail.own_text)).one() or ""
    session.commit()
    found = re.search(r"/sign-in/link/(\w+)", text)
    assert found
    token = found[1]
    altered = [token[:-1], token + "a", token.upper(), token[::-1], "a" + token[1:] + "a"]
    for other in altered:
        assert client.submit(f"/sign-in/link/{other}").status_code == 410
    assert client.submit(f"/sign-in/link/{token}").status_code == 303


def test_26_the_database_does_the_same_work_for_somebody_and_nobody(
    client: CheckingClient, app: Flask, session: Session, engine: Engine
) -> None:
    make_account(session, email="tuva@example.org")
    session.commit()
    work = []
    for email in ("tuva@example.org", "ingen@example.org"):
        browser: CheckingClient = app.test_client()  # type: ignore[assignment]
        with statements(engine) as asked:
            browser.submit("/sign-in", {"email": email})
        work.append(asked)
    # The first request of all opens the hour's counter for the network address.
    assert [s for s in work[1] if "account" in s] == [s for s in work[0] if "account" in s]
    inserts = [[s for s in asked if s.startswith("INSERT INTO outbox")] for asked in work]
    assert len(inserts[0]) == len(inserts[1]) == 1


def test_26_a_wrong_address_costs_as_much_as_a_wrong_password(
    session: Session, county: SmallCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_staff(session, email="ebba@example.org")
    make_account(session, email="tuva@example.org")  # has no password
    verified: list[str] = []
    original = PasswordHasher.verify

    def counting(self: PasswordHasher, stored: str, password: str) -> bool:
        verified.append(stored)
        return original(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    for email in ("ebba@example.org", "tuva@example.org", "ingen@example.org"):
        assert take_password(session, email, "fel lösenord", "000000", allow_demo=True) is None
    assert len(verified) == 3


def test_27_many_people_behind_one_address_are_let_in(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    for number in range(PEOPLE_BEHIND_ONE_ADDRESS):
        browser: CheckingClient = app.test_client()  # type: ignore[assignment]
        response = browser.submit("/sign-in", {"email": f"person{number}@example.org"})
        assert response.status_code == 303


def test_27_guesses_from_one_address_are_throttled(
    client: CheckingClient, session: Session
) -> None:
    staff = make_staff(session, email="ebba@example.org")
    session.commit()
    client.submit(f"/sign-in/link/{new_token()}")
    session.execute(
        update(ThrottleCounter)
        .where(ThrottleCounter.limit == ADDRESS_FAILURES.name)
        .values(count=ADDRESS_FAILURES.count - 3)
    )
    session.commit()
    statuses = [client.submit(f"/sign-in/link/{new_token()}").status_code for _ in range(6)]
    assert statuses == [410, 410, 410, 429, 429, 429]
    typed = {"email": staff.email, "password": PASSWORD, "code": "000000"}
    assert client.submit("/sign-in/password", typed).status_code == 429
    # Whoever asks for a link is not guessing.
    assert client.submit("/sign-in", {"email": "tuva@example.org"}).status_code == 303
