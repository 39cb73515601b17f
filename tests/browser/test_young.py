"""A child joins on a phone without JavaScript, a guardian says yes, and the child is in."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.walking import choose, forward, mailed_link, send
from tests.support.browser import PATIENCE_MS, ServedDemo

CHILD, GUARDIAN = "miro.malmsten@example.org", "vuxen.malmsten@example.org"


def phone(browser: Browser) -> Page:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def join_as_child(page: Page, address: str) -> None:
    page.goto(f"{address}/young")
    page.locator("main a.ds-button").click()
    page.fill("[name=birth_year]", "2016")
    choose(page, "roles", "patient")
    send(page)
    page.fill("[name=experience_text]", "Det tar lång tid.")
    page.locator("label[for=agrees]").click()
    send(page)
    choose(page, "ways", "writing")
    send(page)
    page.fill("[name=name]", "Miro")
    page.fill("[name=email]", CHILD)
    page.fill("[name=guardian_email]", GUARDIAN)
    page.select_option("[name=municipality_code]", "0880")
    choose(page, "gender", "man")
    send(page)
    page.wait_for_url("**/young/check-your-mail")


def test_a_child_and_a_guardian_without_script(own_site: ServedDemo, browser: Browser) -> None:
    child, guardian = phone(browser), phone(browser)
    join_as_child(child, own_site.url)
    child.goto(mailed_link(own_site, child, CHILD, "/interest-bank/confirm/"))
    forward(child).first.click()
    child.wait_for_url("**/young/waiting")
    guardian.goto(mailed_link(own_site, guardian, GUARDIAN, "/guardian/"))
    expect(guardian.locator("h1")).to_contain_text("Miro")
    expect(guardian.locator("main")).not_to_contain_text("Det tar lång tid")
    send(guardian)
    guardian.wait_for_url("**/guardian/approved")
    assert mailed_link(own_site, child, CHILD, "/membership")
    guardian.goto(mailed_link(own_site, guardian, GUARDIAN, "/guardian/withdraw/"))
    send(guardian)
    guardian.wait_for_url("**/guardian/withdrawn")
    for page in (child, guardian):
        page.context.close()


def test_nothing_typed_is_lost_on_the_way_back_or_in_another_language(
    own_site: ServedDemo, browser: Browser
) -> None:
    """The browser's own Back, the page's Back, Enter in a field, and a change of language."""
    page = phone(browser)
    page.goto(f"{own_site.url}/interest-bank/join")
    choose(page, "roles", "patient")
    page.fill("[name=birth_year]", "1980")
    with page.expect_navigation():
        page.press("[name=birth_year]", "Enter")  # the form's own button, not a language
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.fill("[name=experience_text]", "Två år av väntan")
    with page.expect_navigation():
        page.locator("button[name=language][value=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("[name=experience_text]")).to_have_value("Två år av väntan")
    page.locator("label[for=agrees]").click()
    send(page)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    with page.expect_navigation():
        page.locator("button[name=back]").click()
    expect(page.locator("[name=experience_text]")).to_have_value("Två år av väntan")
    page.go_back()
    expect(page.locator("[name=ways]").first).to_be_attached()
    page.go_back()
    expect(page.locator("[name=experience_text]")).to_have_value("Två år av väntan")
    page.go_back()
    expect(page.locator("[name=experience_text]")).to_have_value("Två år av väntan")
    page.go_back()
    expect(page.locator("[name=birth_year]")).to_have_value("1980")
    page.context.close()
