"""A whole questionnaire with every kind of question, by keyboard: with and without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_axe import WIDER
from tests.browser.walking import forward, go_on, press, tab_to
from tests.support.answer_pages import SCREENS, Stage, stage_on
from tests.support.browser import PATIENCE_MS, served_demo

# What is pressed or typed on each screen: (field, key or words).
TYPED: dict[str, tuple[tuple[str, str], ...]] = {
    "role": (("[name=q_role]", "Space"),),
    "from_whom": (
        ("[name=q_from_whom][value=care]", "Space"),
        ("[name=q_from_whom__other]", "Grannen mitt emot"),
    ),
    "told_again": (("[name=q_told_again]", "ArrowDown"),),
    "let_in": (("[name=q_let_in]", "Space"),),
    "meeting": (("[name=q_respect]", "Space"), ("[name=q_reach]", "ArrowDown")),
    "first_things": (
        ("[name=q_first_things-place_time]", "2"),
        ("[name=q_first_things-place_plan]", "1"),
    ),
    "visits": (("[name=q_visits]", "3"),),
    "trust": (("[name=q_trust]", "7"),),
    "last_visit": (("[name=q_last_visit]", "2 november 2026"),),
    "one_word": (("[name=q_one_word]", "Ojämnt"),),
    "difference": (("[name=q_difference]", "Att någon ringde."),),
    "may_quote": (("[name=q_may_quote]", "Space"),),
}
KEYS = frozenset({"Space", "ArrowDown"})
REVIEWED = (
    "Patient eller brukare",
    "Vårdcentralen och Någon annan: Grannen mitt emot",
    "1. Att ha en plan; 2. Att få tid",
    "2 november 2026",
    "Att någon ringde.",
)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with served_demo(fills_examples=False) as served:
        yield stage_on(served)


def _page(browser: Browser, width: int, *, has_script: bool) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 640},
        locale="sv-SE",
        java_script_enabled=has_script,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@pytest.mark.parametrize(("width", "has_script"), [(1280, True), (320, False)])
def test_every_kind_is_answered_by_keyboard_and_sent(
    stage: Stage, browser: Browser, width: int, has_script: bool
) -> None:
    page = _page(browser, width, has_script=has_script)
    stage.go(page, f"/q/{stage.rounds.anonymous_slug}")
    press(page, page.locator("[name=answers_for]"), "Space")
    go_on(page)
    for key in SCREENS:
        assert page.url.endswith(f"/q/{key}")
        assert not page.evaluate(WIDER)
        _answer(page, key)
    _back_and_forth(page)
    for words in REVIEWED:
        expect(page.locator("main")).to_contain_text(words)
    go_on(page)
    expect(page.locator("h1")).to_have_text("Tack. Dina svar har kommit fram.")
    page.context.close()


def _answer(page: Page, key: str) -> None:
    for selector, what in TYPED[key]:
        tab_to(page, page.locator(selector))
        if what in KEYS:
            page.keyboard.press(what)
        else:
            page.keyboard.type(what)
    go_on(page)


def _back_and_forth(page: Page) -> None:
    """From the review back to the last question with the link, and on again; all is kept."""
    back = page.get_by_role("link", name="Tillbaka", exact=True)
    with page.expect_navigation():
        press(page, back)
    expect(page.locator("[name=q_may_quote]")).to_be_checked()
    with page.expect_navigation():
        press(page, back)
    expect(page.locator("[name=q_difference]")).to_have_value("Att någon ringde.")
    page.go_back()
    with page.expect_navigation():
        forward(page).click()
    assert page.url.endswith("/review")


def test_tab_follows_the_page_and_the_focus_is_seen_on_every_kind(
    stage: Stage, browser: Browser
) -> None:
    page = _page(browser, 360, has_script=True)
    problems = []
    places = [f"/a/{stage.rounds.begun}/q/{key}" for key in SCREENS]
    for place in (*places, f"/a/{stage.rounds.filled}/review", f"/q/{stage.rounds.open_slug}"):
        stage.go(page, place)
        count = page.evaluate(NUMBER_STOPS)
        for number in range(count):
            page.keyboard.press("Tab")
            told: Any = page.evaluate(FOCUS)
            if told["stop"] != number or told["wrong"]:
                problems.append(f"{place}: stop {number} is {told}")
                break
    assert not problems, "\n".join(problems)
    page.context.close()


# Numbers what Tab stops at, in the order of the page: one stop for each group of radio buttons.
NUMBER_STOPS = """() => {
  const groups = new Set();
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => {
      if (e.type === 'hidden' || e.disabled || !e.checkVisibility()) return false;
      if (e.type !== 'radio') return true;
      const chosen = [...e.form.elements].find(o => o.name === e.name && o.checked);
      if (groups.has(e.name) || (chosen && chosen !== e)) return false;
      return groups.add(e.name);
    });
  stops.forEach((e, n) => { e.dataset.stop = n; });
  return stops.length;
}"""
# The stop that has the focus, and what is wrong with how it is shown.
FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const wrong = [];
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) wrong.push('no ring');
  if (box.top < 0 || box.bottom > innerHeight + 1) {
    if (box.height < innerHeight) wrong.push('out of sight');
  }
  const inside = [box.left + Math.min(box.width / 2, 20), box.top + box.height / 2];
  const over = document.elementFromPoint(...inside);
  const mine = over && (e.contains(over) || over.contains(e) || over.closest('.ms-choice') &&
    over.closest('.ms-choice').contains(e));
  if (!mine) wrong.push('covered by ' + (over ? over.outerHTML.slice(0, 80) : 'nothing'));
  const what = e.outerHTML.slice(0, 80);
  return {stop: Number(e.dataset.stop ?? -1), wrong: wrong.join(', '), what};
}"""
