"""A coordinator closes a round, codes a text by keyboard and publishes a finding."""

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select, text

from participation.coding.models import Excerpt
from participation.results.models import Finding
from tests.browser.walking import page_for, send
from tests.support.browser import ServedDemo
from tests.support.examples import FROM_DEMO

MATERIAL = (
    "select m.public_id from materials m join material_texts t on t.material_id = m.id "
    "where m.codebook_id is not null and t.reviewed_at is not null "
    "and not exists (select 1 from text_states s where s.text_id = t.id) "
    "and not exists (select 1 from excerpts e where e.text_id = t.id) order by m.id limit 1"
)


def test_a_coordinator_closes_codes_and_publishes(
    own_site: ServedDemo, context: BrowserContext
) -> None:
    page = page_for(own_site, context, "coordinator")
    _close_round(page, own_site)
    _code(page, own_site)
    _publish(page, own_site)


def _value(site: ServedDemo, sql: str) -> str:
    with site.demo.sessions() as session:
        return str(session.execute(text(sql)).scalar())


def _close_round(page: Page, site: ServedDemo) -> None:
    slug = _value(site, FROM_DEMO["open_link"])
    page.goto(f"{site.url}/questionnaires/rounds/{_value(site, FROM_DEMO['round_open'])}/close")
    send(page)
    page.goto(f"{site.url}/q/{slug}")
    expect(page.locator("main form[method=post]")).to_have_count(0)


def _code(page: Page, site: ServedDemo) -> None:
    """Two keys put a code on a whole answer; a third takes it back."""
    before = _excerpts(site)
    page.goto(f"{site.url}/coding/materials/{_value(site, MATERIAL)}")
    page.keyboard.press("j")
    page.keyboard.press("a")
    with page.expect_response("**/code"):
        page.keyboard.press("2")
    assert _excerpts(site) == before + 1
    with page.expect_response("**/undo"):
        page.keyboard.press("Control+z")
    assert _excerpts(site) == before


def _excerpts(site: ServedDemo) -> int:
    with site.demo.sessions() as session:
        return session.scalar(select(func.count(Excerpt.id))) or 0


def _publish(page: Page, site: ServedDemo) -> None:
    """The gate says no until somebody has read and approved the quote."""
    draft = _value(site, FROM_DEMO["draft_finding"])
    page.goto(f"{site.url}/results/findings/{draft}")
    publish = page.locator("a[href$='/publish']")
    approve = page.locator("form[action$='/approve'] button")
    expect(publish).to_have_count(0)
    while approve.count():
        with page.expect_navigation():
            approve.first.click()
    with page.expect_navigation():
        publish.click()
    expect(page.locator("h1")).to_have_text("Publicera lärdomen?")
    with page.expect_navigation():
        page.click("form[action$='/publish'] button")
    with site.demo.sessions() as session:
        finding = session.scalars(select(Finding).where(Finding.public_id == draft)).one()
        assert finding.state == "published"
        title = finding.title
    page.context.clear_cookies()
    page.goto(f"{site.url}/findings/{draft}")
    expect(page.locator("h1")).to_have_text(title)
