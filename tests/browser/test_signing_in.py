"""Password and six digits, once for real; and a mailed link for those who have no password."""

from playwright.sync_api import BrowserContext, expect

from participation.accounts.services.demo import demo_sign_ins
from participation.demo.cast import address_of
from tests.browser.walking import mailed_link, send
from tests.support.browser import ServedDemo
from tests.support.demo_site import PEOPLE


def test_a_coordinator_signs_in_with_password_and_code_and_out_again(
    own_site: ServedDemo, context: BrowserContext
) -> None:
    address = address_of(PEOPLE["coordinator"])
    with own_site.demo.sessions() as session:
        known = next(one for one in demo_sign_ins(session) if one.email == address)
    page = context.new_page()
    page.goto(f"{own_site.url}/interest-bank/members")
    page.goto(f"{own_site.url}/sign-in/password?next=/interest-bank/members")
    page.fill("[name=email]", address)
    page.fill("[name=password]", known.password or "")
    page.fill("[name=code]", known.code or "")
    send(page)
    page.wait_for_url("**/interest-bank/members")
    page.locator("form[action='/sign-out'] button").first.click()
    page.wait_for_url("**/signed-out")
    page.goto(f"{own_site.url}/interest-bank/members")
    assert "/sign-in" in page.url


def test_a_resident_signs_in_by_the_mailed_link(
    own_site: ServedDemo, context: BrowserContext
) -> None:
    address = address_of(PEOPLE["resident"])
    page = context.new_page()
    page.goto(f"{own_site.url}/sign-in")
    page.fill("[name=email]", address)
    send(page)
    page.goto(mailed_link(own_site, page, address, "/sign-in/link/"))
    send(page)
    page.goto(f"{own_site.url}/start")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/start")
