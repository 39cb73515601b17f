"""Password and six digits, once for real; and a mailed link for those who have no password."""

from playwright.sync_api import BrowserContext, expect

from participation.accounts.services.demo import demo_sign_ins
from participation.demo.cast import address_of
from tests.browser.walking import mailed_link, send
from tests.site_map import Reader
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


def test_staff_are_told_before_their_session_ends_and_stay_with_one_press(
    own_site: ServedDemo, context: BrowserContext
) -> None:
    own_site.sign_in(context, Reader.COORDINATOR)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{own_site.url}/activities/new")
    page.fill("[name=title]", "Vad som hjälper")
    page.clock.fast_forward("55:01")
    stay = page.get_by_role("alert").get_by_role("button")
    stay.click()
    expect(stay).to_have_count(0)
    page.clock.fast_forward("55:01")
    context.clear_cookies()
    stay.click()
    expect(page.get_by_role("alert").get_by_text("Du är utloggad")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Vad som hjälper")
