"""On a phone, without JavaScript: answering by the link, noting who came, saying how it was."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from participation.activities.models import Activity, Invitation
from participation.activities.rules.tokens import invitation_token
from participation.foundation.clock import now
from participation.foundation.db import transaction
from tests.browser.walking import choose, page_for, send
from tests.support.browser import PATIENCE_MS, ServedDemo


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="sv-SE", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def test_invited_answering_coming_and_looking_back(
    own_site: ServedDemo, phone: BrowserContext
) -> None:
    token, activity = _somebody_asked(own_site)
    page = page_for(own_site, phone, "anybody")
    _ask_and_say_yes(page, f"{own_site.url}/i/{token}")
    _let_it_begin(own_site, activity)
    _note_who_came(page_for(own_site, phone, "coordinator"), own_site, activity)
    own_site.sign_in(phone, "anybody")
    page.goto(f"{own_site.url}/i/{token}")
    page.get_by_role("link", name="Berätta hur det var").click()
    for name in ("understood", "listened", "again"):
        choose(page, name, "yes")
    send(page)
    expect(page.locator("[role=status]")).to_contain_text("Tack")
    page.goto(f"{own_site.url}/i/{token}/evaluation")
    assert page.locator("[name=listened][value=yes]").is_checked()


def _somebody_asked(site: ServedDemo) -> tuple[str, str]:
    with site.demo.sessions() as session:
        found = session.execute(
            select(Invitation.public_id, Activity.public_id)
            .join(Activity, Activity.id == Invitation.activity_id)
            .where(
                Invitation.state == "sent", Activity.state == "open", Invitation.question.is_(None)
            )
            .where(Activity.title == "Hem från avdelningen")
            .order_by(Invitation.id.desc())
        ).first()
    assert found is not None
    return invitation_token(found[0]), found[1]


def _ask_and_say_yes(page: Page, address: str) -> None:
    page.goto(address)
    choose(page, "answer", "more")
    page.fill("[name=words]", "Finns det hiss?")
    send(page)
    expect(page.locator("main")).to_contain_text("Finns det hiss?")
    choose(page, "answer", "yes")
    page.fill("[name=words]", "")
    page.locator("main form[action*='/i/'] button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("Du kommer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _let_it_begin(site: ServedDemo, activity: str) -> None:
    with transaction(site.demo.sessions) as session:
        row = session.scalars(select(Activity).where(Activity.public_id == activity)).one()
        row.starts_at, row.ends_at = now() - timedelta(hours=1), now() + timedelta(hours=1)


def _note_who_came(page: Page, site: ServedDemo, activity: str) -> None:
    page.goto(f"{site.url}/activities/{activity}/attendance")
    people = page.locator(".ms-ticks > li")
    for number in range(people.count()):
        target = people.nth(number).locator("button")
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        target.click()
    people.first.get_by_role("button", name="Ångra").click()
    expect(people.first.get_by_role("button", name="Är här")).to_be_visible()
    people.first.locator("button").click()
    page.get_by_role("button", name="Gör klart närvaron").click()
    expect(page.locator("main")).to_contain_text("Genomförd")
