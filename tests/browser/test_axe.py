"""axe-core finds nothing on any page and state: all of them in Swedish and light at 1280 px, and
every page once more in a pairwise sample of theme, language, width and forced colours."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Error, Page

from tests.support.browser import PATIENCE_MS, ServedDemo, Shot, open_state, shots

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHARDS = 8
# Nothing but what may be wider than the narrowest screen: tables of data, inside their own frame.
NARROWEST = 320
# The widest of common fonts, and the spacing that a reader may set (WCAG 1.4.12): what fits now
# fits whatever fonts a machine has.
WIDE_LETTERS = """* {
  font-family: Verdana, "DejaVu Sans" !important; line-height: 1.5 !important;
  letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    theme: Literal["light", "dark"] = "light"
    language: str = "sv"
    width: int = 1280
    forced_colors: Literal["active", "none"] = "none"

    @property
    def query(self) -> str:
        return "" if self.language == "sv" else f"lang={self.language}"


PLAIN = Look()
# Every pair of values of the four factors occurs in one of these.
PAIRWISE = (
    Look("dark", "sv", 360, "none"),
    Look("light", "en", 360, "active"),
    Look("dark", "en", 1280, "none"),
    Look("light", "ar", 360, "none"),
    Look("dark", "ar", 1280, "active"),
    Look("light", "sv", 1280, "active"),
)


def _shard(number: int) -> Sequence[Shot]:
    return [shot for position, shot in enumerate(shots()) if position % SHARDS == number]


def _pages(browser: Browser, look: Look) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": look.width, "height": 900},
        color_scheme=look.theme,
        forced_colors=look.forced_colors,
        locale="sv-SE",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.mark.parametrize("number", range(SHARDS))
def test_axe_finds_nothing_on_any_page_and_state(
    served: ServedDemo, browser: Browser, number: int
) -> None:
    problems: list[str] = []
    for page in _pages(browser, PLAIN):
        for shot in _shard(number):
            problems += _violations(served, page, shot, PLAIN)
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("look", PAIRWISE, ids=str)
def test_axe_finds_nothing_in_other_themes_languages_and_widths(
    served: ServedDemo, browser: Browser, look: Look
) -> None:
    """Each page is seen in one of the six looks; which one moves on with its place in the map."""
    mine = [shot for n, shot in enumerate(shots()) if n % len(PAIRWISE) == PAIRWISE.index(look)]
    problems: list[str] = []
    for page in _pages(browser, look):
        for shot in mine:
            problems += _violations(served, page, shot, look)
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("number", range(2))
def test_nothing_scrolls_sideways_on_the_narrowest_screen(
    served: ServedDemo, browser: Browser, number: int
) -> None:
    problems = []
    for page in _pages(browser, Look(width=NARROWEST)):
        for position, shot in enumerate(shots()):
            if position % 2 != number or not open_state(served, page, shot):
                continue
            page.add_style_tag(content=WIDE_LETTERS)
            wider = page.evaluate(WIDER)
            if wider:
                problems.append(f"{shot.name} {shot.state.address}: {wider}")
    assert not problems, "\n" + "\n".join(problems)


WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return '';
  const wide = [...document.body.querySelectorAll('*')].filter(e =>
    e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.ms-scroll'));
  const last = wide[wide.length - 1];
  return `${root.scrollWidth} px: ${last ? last.outerHTML.slice(0, 120) : ''}`;
}"""


def _violations(served: ServedDemo, page: Page, shot: Shot, look: Look) -> list[str]:
    try:
        if not open_state(served, page, shot, look.query):
            return []
    except Error as problem:
        return [f"{shot.name}: {str(problem)[:200]}"]
    page.evaluate(AXE)
    found: Any = page.evaluate(
        "async standards => JSON.stringify((await axe.run({runOnly: standards, "
        "resultTypes: ['violations']})).violations)",
        STANDARDS,
    )
    return [
        f"{shot.name} [{look.theme} {look.language} {look.width}] {item['id']}: "
        f"{node['target']} {node['html'][:160]} {_why(node)}"
        for item in json.loads(found)
        for node in item["nodes"][:3]
    ]


def _why(node: dict[str, Any]) -> str:
    return str(node.get("failureSummary", "")).replace("\n", " ")[:200]
