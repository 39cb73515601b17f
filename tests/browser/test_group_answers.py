"""The group reads its residents' perspective beside its plan, answers, and everybody sees it."""

from playwright.sync_api import BrowserContext, expect
from sqlalchemy import text

from tests.browser.walking import choose, page_for
from tests.support.browser import ServedDemo
from tests.support.examples import FROM_DEMO, PSYCHE

FINDING_OWED = (
    "select public_id, title, subject_public_id from commitments where subject_kind = 'finding' "
    f"and owed_by_group_id = {PSYCHE} and answer is null order by id limit 1"
)
WORDS = "Vi inför en fast kontakt från januari."


def test_the_group_reads_and_answers_and_the_public_page_shows_it(
    own_site: ServedDemo, context: BrowserContext
) -> None:
    with own_site.demo.sessions() as session:
        owed, title, finding = session.execute(text(FINDING_OWED)).one()
        group = session.execute(text(FROM_DEMO["group"])).scalar()
    page = page_for(own_site, context, "group_member")
    page.goto(f"{own_site.url}/groups/{group}/resident-perspective")
    expect(page.locator("main")).to_contain_text(title)
    assert page.locator("main a[href^='/plan']").count() > 0, "the plan stands beside it"
    page.goto(f"{own_site.url}/commitments/{owed}")
    choose(page, "answer", "yes")
    page.fill("[name=answer_text]", "Vi håller med.")
    page.fill("[name=action_text]", WORDS)
    page.fill("[name=responsible]", "Gruppens ordförande")
    page.fill("[name=action_due_on]", "2027-03-01")
    with page.expect_navigation():
        page.locator("form[action$='/answer'] button[type=submit]").last.click()
    expect(page.locator("h1")).to_contain_text("Så här kommer ert svar att se ut")
    with page.expect_navigation():
        page.get_by_role("button", name="Skicka svaret").click()
    page.context.clear_cookies()
    seen = []
    for address in (
        "/you-said-we-did",
        f"/findings/{finding}",
        f"/groups/{group}/resident-perspective",
    ):
        page.goto(own_site.url + address)
        seen.append(WORDS in (page.locator("main").text_content() or ""))
    assert any(seen), "no public page shows the group's answer"
