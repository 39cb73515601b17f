"""Every page and state that a respondent meets: axe, reflow, targets, names for screen readers."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from participation.foundation.db import transaction
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.services import begin_draft, close_round
from tests.browser.test_axe import AXE, STANDARDS, WIDE_LETTERS, WIDER
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.support.answer_pages import SIGHTS, Stage, stage_on
from tests.support.browser import PATIENCE_MS, served_demo

TREES = Path(__file__).parent / "trees"
RENEW = "RENEW_TREES"  # RENEW_TREES=1 pytest tests/browser/test_answer_pages.py writes them anew
NARROW = {"width": 320, "height": 800}
LARGE_TEXT = "html { font-size: 200% !important }"
LANGUAGES = ("sv", "ar", "sv&easy=1", "en")
THEMES: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
)
LOOKS = tuple((language, theme) for theme in THEMES for language in LANGUAGES)
TURNS = len(LOOKS) if os.environ.get("ALL_LOOKS") else 1
# What changes from run to run.
CHANGING = (
    (re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b"), "CODE"),
    (re.compile(r"\b\d{1,2} [a-zåäö]+ 20\d\d\b"), "DAY"),
    (re.compile(r"/a/[0-9A-Z]{16,}"), "/a/CODE"),
    (re.compile(r"/what-became/[0-9a-z]{12}"), "/what-became/ROUND"),
    (re.compile(r"kiosk=\w+|/k/\w+"), "TABLET"),
    (re.compile(r"127\.0\.0\.1:\d+"), "HOST"),
    (re.compile(r"å{50,}"), "LONG"),
)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with served_demo(fills_examples=False) as served:
        yield stage_on(served)


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport=NARROW,  # type: ignore[arg-type]
        locale="sv-SE",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("turn", range(TURNS))
def test_every_state_reflows_and_has_large_targets_and_no_violation(
    stage: Stage, narrow: Page, turn: int
) -> None:
    """Each state at 320 px in one of twelve looks; with ALL_LOOKS=1 in all of them."""
    problems: list[str] = []
    for position, sight in enumerate(SIGHTS):
        language, theme = LOOKS[(position + turn) % len(LOOKS)]
        narrow.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **theme})
        sight.open(stage, narrow, f"lang={language}")
        found = [*_violations(narrow), *_small_targets(narrow), *_too_wide(narrow)]
        problems += [f"{sight.name} [{language} {theme}] {one}" for one in found]
    assert not problems, "\n" + "\n".join(problems)


def _violations(page: Page) -> list[str]:
    found: Any = page.evaluate(
        "async standards => JSON.stringify((await axe.run({runOnly: standards, "
        "resultTypes: ['violations']})).violations)",
        STANDARDS,
    )
    return [
        f"{item['id']}: {node['html'][:160]}"
        for item in json.loads(found)
        for node in item["nodes"][:3]
    ]


def _small_targets(page: Page) -> list[str]:
    """Everything to press is 44 px high and wide; links inside a sentence are let off."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
          .filter(e => {
            if (e.type === 'hidden' || e.closest('.ds-skip-link')) return false;
            const target = e.closest('.ms-choice') || e;
            const box = target.getBoundingClientRect();
            const inSentence = e.matches('p a, li a') &&
              e.parentElement.textContent.trim() !== e.textContent.trim();
            return !inSentence && box.width && (box.height < 43.5 || box.width < 43.5);
          }).map(e => 'small target ' + e.outerHTML.slice(0, 120))"""
    )
    return found


def _too_wide(page: Page) -> list[str]:
    """Nothing scrolls sideways: with wide letters and spacing, then with text of twice the size."""
    found = []
    for style in (WIDE_LETTERS, LARGE_TEXT):
        page.add_style_tag(content=style)
        wider = page.evaluate(WIDER)
        if wider:
            found.append(f"too wide with {style[:8]}: {wider}")
    return found


def test_on_one_page_an_answer_brings_its_follow_up_and_takes_it_away(
    stage: Stage, narrow: Page
) -> None:
    with transaction(stage.served.demo.sessions) as session:
        made = make_round(session, questionnaire_data(key="follow"), slug="follow")
        code = begin_draft(session, made)
    stage.go(narrow, f"/a/{code}/all")
    follow_up = narrow.locator("[name=q_kin_let_in]")
    typed = narrow.locator("[name=q_difference]")
    typed.fill("Att någon ringde.")
    narrow.locator("[name=q_role][value=kin]").press("Space")
    expect(follow_up).to_have_count(2)
    order = narrow.locator("[data-screen]").evaluate_all("all => all.map(e => e.dataset.screen)")
    assert order.index("from_whom") < order.index("kin_let_in") < order.index("feelings")
    expect(narrow.locator("[aria-live]")).to_contain_text("Får du vara med?")
    expect(narrow.locator("[name=q_role][value=kin]")).to_be_focused()
    expect(typed).to_have_value("Att någon ringde.")
    narrow.locator("[name=q_role][value=me]").press("Space")
    expect(follow_up).to_have_count(0)
    with transaction(stage.served.demo.sessions) as session:
        close_round(session, round_by_id(session, made.id), SYSTEM)
    with narrow.expect_response("**/all"):
        narrow.locator("[name=q_role][value=kin]").press("Space")
    expect(typed).to_have_value("Att någon ringde.")
    narrow.locator("main form button[type=submit]:not([name])").first.click()
    expect(narrow.locator("main")).to_contain_text("Att någon ringde.")


TOLD = (
    "start open link",
    "start anonymous",
    "question",
    "error",
    "still there",
    "continue",
    "later typed code",
    "review nothing answered",
    "receipt",
    "withdraw confirm",
    "withdrawn",
    "tablet code error",
    "not yet open",
    "closed",
    "unknown",
    "already sent",
    "sent elsewhere",
    "throttled",
)


def test_screen_readers_are_told_what_the_files_say(stage: Stage, narrow: Page) -> None:
    """The accessibility tree of each kind of question and each end; read by eye when it changes."""
    narrow.emulate_media(color_scheme="light", forced_colors="none")
    changed = []
    for sight in SIGHTS:
        if not sight.name.startswith(TOLD):
            continue
        sight.open(stage, narrow, "lang=sv")
        if not sight.name.startswith("start"):  # where the help is told once for all
            narrow.locator("aside").evaluate_all("all => all.forEach(one => one.remove())")
        told = _tree(narrow)
        path = TREES / f"{sight.name.replace(' ', '_')}.yaml"
        if os.environ.get(RENEW):
            path.write_text(told, encoding="utf-8")
        if not path.exists() or path.read_text(encoding="utf-8") != told:
            changed.append(f"{path.name}:\n{told}")
    assert not changed, f"read, then {RENEW}=1:\n" + "\n".join(changed)


def _tree(page: Page) -> str:
    told = f"# {page.title()}\n{page.locator('main').aria_snapshot()}\n" + "".join(
        f"# {line}\n" for line in page.evaluate(DESCRIBED)
    )
    for pattern, name in CHANGING:
        told = pattern.sub(name, told)
    return told


# "what is described: the description", which the tree leaves out.
DESCRIBED = """() => [...document.querySelectorAll('main [aria-describedby]')].map(e => {
  const words = ids => ids.split(' ').map(id => document.getElementById(id).textContent.trim());
  const name = e.tagName === 'FIELDSET' ? e.querySelector('legend') : e.labels && e.labels[0];
  return `${name ? name.textContent.trim() : e.tagName} ← ` +
    words(e.getAttribute('aria-describedby')).join(' · ').replace(/\\s+/g, ' ');
})"""
