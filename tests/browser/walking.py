"""How the journeys move: keys instead of the mouse, and mails read on the development mail page."""

import time

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.support.browser import ServedDemo

MOST_TABS = 150
MAIL_SECONDS = 30
LOOKS_AGAIN_SECONDS = 0.2


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has focus, and check that the focus can be seen."""
    wanted = target.first
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            return
    raise AssertionError(f"{target} cannot be reached with Tab on {page.url}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach `target` by Tab and press a key on it."""
    tab_to(page, target)
    page.keyboard.press(key)


def type_into(page: Page, name: str, words: str) -> None:
    tab_to(page, page.locator(f"[name={name}]"))
    page.keyboard.type(words)


def choose(page: Page, name: str, value: str) -> None:
    """Click the words beside a radio button or tick box: they lie over it."""
    identity = page.locator(f"[name={name}][value='{value}']").get_attribute("id")
    page.locator(f"label[for='{identity}']").click()


def forward(page: Page) -> Locator:
    """The main button of the page's form."""
    return page.locator("main form[method=post] button[type=submit]:not([name])")


def go_on(page: Page) -> None:
    """The same by keyboard: Tab to the main button, Enter, and wait for the next page."""
    tab_to(page, forward(page))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def send(page: Page) -> None:
    """Press the main button and wait for the page that answers."""
    with page.expect_navigation():
        forward(page).last.click()


def mailed_link(site: ServedDemo, page: Page, address: str, part: str) -> str:
    """The link with `part` in it out of the newest mail to `address`, once it has come."""
    until = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < until:
        page.goto(f"{site.url}/dev/mail?q={address}")
        mails = page.locator("tbody a")
        for number in range(min(mails.count(), 3)):
            page.goto(f"{site.url}/dev/mail?q={address}")
            mails.nth(number).click()
            link = page.locator(f"main a[href*='{part}']")
            if link.count():
                return str(link.first.get_attribute("href"))
        time.sleep(LOOKS_AGAIN_SECONDS)
    raise AssertionError(f"no mail with {part} to {address} came within {MAIL_SECONDS} s")


def page_for(site: ServedDemo, context: BrowserContext, reader: str) -> Page:
    """A page signed in as `reader`."""
    site.sign_in(context, reader)
    return context.new_page()
