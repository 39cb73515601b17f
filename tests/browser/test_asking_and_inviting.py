"""An organisation asks, a coordinator makes it an activity and invites, a resident says yes."""

from datetime import timedelta

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from participation.accounts.models import Account
from participation.activities.models import Activity, Invitation
from participation.foundation.clock import today
from participation.interest_bank.models import BankMember
from tests.browser.walking import choose, mailed_link, page_for, send
from tests.support.browser import ServedDemo

TITLE = "Hem från avdelningen, med stöd"


def test_a_request_becomes_an_activity_that_a_resident_says_yes_to(
    own_site: ServedDemo, context: BrowserContext
) -> None:
    _ask(page_for(own_site, context, "contact_person"), own_site)
    _plan_and_invite(page_for(own_site, context, "coordinator"), own_site)
    address = _somebody_invited(own_site)
    page = page_for(own_site, context, "anybody")
    page.goto(mailed_link(own_site, page, address, "/i/"))
    choose(page, "answer", "yes")
    send(page)
    expect(page.locator("h1")).to_have_text("Du kommer")
    mailed_link(own_site, page, address, "/i/")


def _ask(page: Page, site: ServedDemo) -> None:
    page.goto(f"{site.url}/requests/new")
    page.select_option("[name=organisation_id]", index=1)
    page.fill("[name=title]", TITLE)
    page.select_option("[name=kind]", "focus_group")
    page.fill("[name=task]", "Berätta hur det är att komma hem.")
    page.fill("[name=people_count]", "4")
    page.fill("[name=wanted_from]", str(today() + timedelta(days=40)))
    page.fill("[name=purpose]", "Vi vet inte hur det känns att komma hem.")
    page.fill("[name=time_text]", "Ett möte på två timmar.")
    page.fill("[name=compensation_text]", "Arvode och resa.")
    page.fill("[name=paid_by]", "Enheten")
    page.fill("[name=use_text]", "Vi ändrar hur vi skriver ut.")
    page.fill("[name=answer_by]", str(today() + timedelta(days=120)))
    page.fill("[name=contact_text]", "Ebba, 010-000 00 00")
    page.locator("main form[method=post] button[type=submit]:not([name])").first.click()
    expect(page.locator("h1")).to_contain_text(TITLE)


def _plan_and_invite(page: Page, site: ServedDemo) -> None:
    page.goto(f"{site.url}/requests")
    page.get_by_role("link", name=TITLE).click()
    with page.expect_navigation():
        page.locator("form[action$='/accept'] button").click()
    page.fill("[name=description]", "Vi pratar i två timmar och dricker kaffe.")
    page.fill("[name=day]", str(today() + timedelta(days=45)))
    page.fill("[name=starts]", "13:00")
    page.fill("[name=ends]", "15:00")
    page.fill("[name=place]", "Storgatan 1, Nybro")
    page.fill("[name=seats]", "2")
    page.fill("[name=contact_text]", "Ebba, 010-000 00 00")
    send(page)
    page.locator("[name=members]").first.check()
    page.fill("[name=reply_day]", str(today() + timedelta(days=14)))
    page.fill("[name=reason]", "Har varit inskriven nyligen")
    with page.expect_navigation():
        page.locator("main form[method=post] button[name=step]").first.click()
    expect(page.locator("[name=reason]")).to_have_value("Har varit inskriven nyligen")
    send(page)
    expect(page.locator("h1")).to_contain_text(TITLE)


def _somebody_invited(site: ServedDemo) -> str:
    with site.demo.sessions() as session:
        return (
            session.scalars(
                select(Account)
                .join(BankMember, BankMember.account_id == Account.id)
                .join(Invitation, Invitation.member_id == BankMember.id)
                .join(Activity, Activity.id == Invitation.activity_id)
                .where(Activity.title == TITLE)
            )
            .one()
            .email
        )
