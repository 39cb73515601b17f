"""A relative answers an open questionnaire: no account, one question per screen, no cookie."""

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select, text

from participation.questionnaires.models import ResponseDraft
from tests.browser.walking import go_on, press, tab_to
from tests.support.browser import ServedDemo
from tests.support.examples import FROM_DEMO

MOST_SCREENS = 40
FIELDS = "main form[method=post] :is(input:not([type=hidden]), textarea, select)"


def test_a_relative_answers_with_the_keyboard_and_gets_no_cookie(
    own_site: ServedDemo, context: BrowserContext
) -> None:
    with own_site.demo.sessions() as session:
        slug = session.execute(text(FROM_DEMO["open_link"])).scalar()
    page = context.new_page()
    page.goto(f"{own_site.url}/q/{slug}")
    if page.locator("[name=answers_for]").count():
        press(page, page.locator("[name=answers_for]"), "Space")
    go_on(page)
    for _screen in range(MOST_SCREENS):
        if page.url.endswith("/review"):
            break
        assert "/q/" in page.url
        _answer(page)
    go_on(page)
    expect(page.locator("main")).to_contain_text("-")  # the receipt code, in groups
    assert context.cookies() == []
    with own_site.demo.sessions() as session:
        assert session.scalar(select(func.count()).select_from(ResponseDraft)) == 0


def _answer(page: Page) -> None:
    """Answer the question on the screen: the first option, or a few words."""
    field = page.locator(FIELDS).first
    if field.count():
        kind = field.evaluate("e => e.type")
        tab_to(page, field)
        if kind in {"radio", "checkbox"}:
            page.keyboard.press("Space")
        elif kind == "number":
            page.keyboard.type("5")
        elif kind.startswith("select"):
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type("Att någon ringer tillbaka samma dag.")
    go_on(page)
