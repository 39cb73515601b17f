"""A resident joins the interest bank: no JavaScript, only the keyboard, then the mailed link."""

from playwright.sync_api import Browser, expect

from tests.browser.walking import go_on, mailed_link, press, tab_to, type_into
from tests.support.browser import PATIENCE_MS, ServedDemo

ADDRESS = "nora.nykvist@example.org"


def test_a_resident_joins_with_the_keyboard_alone_and_without_script(
    own_site: ServedDemo, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{own_site.url}/interest-bank/join")
    press(page, page.locator("[name=roles][value=patient]"), "Space")
    type_into(page, "birth_year", "1980")
    go_on(page)
    press(page, page.locator("[name=areas]"), "Space")
    type_into(page, "experience_text", "Två år av väntan 🙂")
    press(page, page.locator("[name=agrees]"), "Space")
    go_on(page)
    press(page, page.locator("[name=ways]"), "Space")
    go_on(page)
    type_into(page, "name", "Nora Nykvist")
    type_into(page, "email", ADDRESS)
    press(page, page.locator("[name=preferred_contact]"), "Space")
    tab_to(page, page.locator("[name=municipality_code]"))
    page.keyboard.type("Kalmar")
    press(page, page.locator("[name=gender]"), "Space")
    go_on(page)
    page.wait_for_url("**/interest-bank/check-your-mail")
    link = mailed_link(own_site, page, ADDRESS, "/interest-bank/confirm/")
    page.goto(link)
    go_on(page)
    page.wait_for_url("**/interest-bank/joined")
    expect(page.locator("h1")).to_be_visible()
    context.close()
