"""An interview without a connection: the browser dies, the phone comes back, nothing is lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from participation.accounts.models import Account
from participation.accounts.services import start_session
from participation.audits.models import Audit, AuditInterview, AuditQuestion, AuditTeamMember
from participation.audits.rules.states import AuditState
from participation.foundation.web import EXTENSION
from tests.factories.audits import make_audit_at
from tests.support.county import SmallCounty
from tests.support.field_browser import kill, phone, take_along, unlock, wait_until_saved, write

pytestmark = pytest.mark.browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def audit(session: Session, county: SmallCounty) -> Audit:
    audit = make_audit_at(session, county.unit, AuditState.INTERVIEWING)
    session.add(AuditQuestion(audit_id=audit.id, number=1, text="Hur är en vanlig dag?"))
    session.commit()
    return audit


@pytest.fixture
def cookie(app: Flask, session: Session, audit: Audit, address: str) -> dict[str, str]:
    """An auditor of the team, signed in."""
    place = session.scalars(select(AuditTeamMember).order_by(AuditTeamMember.id)).all()[0]
    account = session.get_one(Account, place.account_id)
    token = start_session(session, account.id, is_strong=False, device="Test")
    session.commit()
    name = f"{app.extensions[EXTENSION].config.cookie_prefix}session"
    return {"name": name, "value": token, "url": address}


def test_written_offline_killed_opened_again_and_sent_after_the_session_ended(
    browser: Browser,
    address: str,
    audit: Audit,
    cookie: dict[str, str],
    session: Session,
    tmp_path: Path,
) -> None:
    with phone(browser.browser_type, tmp_path) as context:
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.pages[0]
        take_along(page, address, audit.public_id)
        context.set_offline(True)
        write(page, "Hon äter helst ensam. 👋🏽")
        page.evaluate("put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = null")
        page.fill("[data-question='1']", "Orolig.")
        page.dispatch_event("#lock", "submit")  # as when nobody has touched it for a while
        page.wait_for_selector("#said:not([hidden])")  # the device is full, and the form stays
        assert page.is_visible("#notes")
        assert page.input_value("[data-question='1']") == "Orolig."
        page.evaluate("void (IDBObjectStore.prototype.put = put)")
        page.fill("[data-question='1']", "Lugn.")
        wait_until_saved(page)
        kill(tmp_path)
    with phone(browser.browser_type, tmp_path) as context:
        context.clear_cookies()
        context.set_offline(True)
        page = context.pages[0]
        page.goto(f"{address}/field/?lang=sv")
        unlock(page)
        page.click("#audits li button")
        page.wait_for_selector("[data-view=write]:not([hidden])")
        assert page.input_value("[data-question='1']") == "Lugn."
        assert page.input_value("#notes") == "Hon äter helst ensam. 👋🏽"
        page.click("#write button[value=done]")
        page.wait_for_selector("#sending:not([hidden])")
        assert page.locator("#audits li form").count() == 0  # nobody opens it here any more
        context.set_offline(False)
        page.wait_for_selector("#sending", state="hidden")
        assert page.locator("#audits li").count() == 0
    session.expire_all()
    (written,) = session.scalars(select(AuditInterview)).all()
    assert written.notes == "Hon äter helst ensam. 👋🏽"
    assert written.consent_version == "2026-1"


def test_a_draft_without_a_role_is_saved_at_its_first_sign_and_stands_in_the_list(
    browser: Browser, address: str, audit: Audit, cookie: dict[str, str], tmp_path: Path
) -> None:
    with phone(browser.browser_type, tmp_path) as context:
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.pages[0]
        take_along(page, address, audit.public_id)
        context.set_offline(True)
        page.click("#audits button[value=new]")
        page.evaluate("setTimeout = () => 0")  # nothing is saved by waiting
        page.fill("#notes", "Hon äter helst ensam.")
        wait_until_saved(page)
        kill(tmp_path)
    with phone(browser.browser_type, tmp_path) as context:
        context.set_offline(True)
        page = context.pages[0]
        page.goto(f"{address}/field/?lang=sv")
        unlock(page)
        page.click("#audits li button")
        page.wait_for_selector("[data-view=write]:not([hidden])")
        assert page.input_value("#notes") == "Hon äter helst ensam."
        assert page.locator("#write [name=role]:checked").count() == 0
        page.click("#write button.ds-button[value=later]")
        page.wait_for_selector("[data-view=list]:not([hidden])")
        assert page.locator("#audits li").count() == 1


def test_what_happens_after_the_last_try_and_that_there_is_no_connection_is_said_once(
    browser: Browser, address: str, audit: Audit, cookie: dict[str, str], tmp_path: Path
) -> None:
    with phone(browser.browser_type, tmp_path) as context:
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.pages[0]
        take_along(page, address, audit.public_id)
        context.set_offline(True)
        write(page, "Hon äter helst ensam.")
        page.click("#write button[value=done]")
        page.wait_for_selector("#said[data-says=waits]")
        page.click("#send button")
        page.wait_for_selector("#said[data-says=offline]")
        assert page.inner_text("#field").count("Det finns ingen täckning") == 1
        page.click("#lock button")
        page.fill("#known", "000111")
        page.click("#unlock button")
        page.wait_for_selector("#said[data-says=wrong]")
        assert "9. Efter det sista förseglas" in page.inner_text("#said")
