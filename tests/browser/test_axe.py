"""axe-core finds nothing on any page and state, and nothing scrolls sideways: all of them in
Swedish and light at 1280 px, at 320 px with wide letters, and once more in a pairwise sample of
theme, language, width and forced colours. A page is opened once for each language: opening it
costs more than looking at it. axe comes along with every page by itself: handing its half
megabyte over each time costs as much as opening a page.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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

    @property
    def has_own_colors(self) -> bool:
        """Colours hang on the theme alone; forced ones are the reader's own."""
        return self == PLAIN or (self.theme == "dark" and self.forced_colors == "none")


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


# What a page can be switched to without asking for it again.
SWEDISH = tuple(look for look in PAIRWISE if look.language == "sv")
OTHER_LANGUAGES = tuple(look for look in PAIRWISE if look.language != "sv")


def _shard(number: int) -> Sequence[tuple[Shot, Look]]:
    """An eighth of all states, each with its one of the six looks beside the plain one."""
    paired = [(shot, PAIRWISE[n % len(PAIRWISE)]) for n, shot in enumerate(shots())]
    return paired[number::SHARDS]


@contextmanager
def _page(browser: Browser, look: Look) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", reduced_motion="reduce", bypass_csp=True)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(AXE)
    page = context.new_page()
    _look_as(page, look)
    try:
        yield page
    finally:
        context.close()


def _look_as(page: Page, look: Look) -> None:
    _color_as(page, look)
    _widen(page, look.width)


def _color_as(page: Page, look: Look) -> None:
    page.emulate_media(color_scheme=look.theme, forced_colors=look.forced_colors)


def _widen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("number", range(SHARDS))
def test_axe_finds_nothing_on_any_page_and_state_and_nothing_scrolls_sideways(
    served: ServedDemo, browser: Browser, number: int
) -> None:
    problems: list[str] = []
    with _page(browser, PLAIN) as page:
        for shot, other in _shard(number):
            _widen(page, PLAIN.width)
            failed = _opening(served, page, shot, PLAIN)
            if failed is not None:
                problems += failed
                continue
            problems += _violations(page, shot, PLAIN)
            if other in SWEDISH:
                _look_as(page, other)
                problems += _violations(page, shot, other)
                _color_as(page, PLAIN)
            problems += _sideways(page, shot)
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("number", range(SHARDS))
def test_axe_finds_nothing_in_other_languages(
    served: ServedDemo, browser: Browser, number: int
) -> None:
    problems: list[str] = []
    with _page(browser, PLAIN) as page:
        for look in OTHER_LANGUAGES:
            _look_as(page, look)
            for shot in (shot for shot, other in _shard(number) if other == look):
                failed = _opening(served, page, shot, look)
                problems += _violations(page, shot, look) if failed is None else failed
    assert not problems, "\n" + "\n".join(problems)


def _sideways(page: Page, shot: Shot) -> list[str]:
    """Whatever is wider than the narrowest screen."""
    _widen(page, NARROWEST)
    page.add_style_tag(content=WIDE_LETTERS)
    wider = page.evaluate(WIDER)
    return [f"{shot.name} {shot.state.address}: {wider}"] if wider else []


WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return '';
  const wide = [...document.body.querySelectorAll('*')].filter(e =>
    e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.ms-scroll'));
  const last = wide[wide.length - 1];
  return `${root.scrollWidth} px: ${last ? last.outerHTML.slice(0, 120) : ''}`;
}"""


def _opening(served: ServedDemo, page: Page, shot: Shot, look: Look) -> list[str] | None:
    """None when the state is open and ready to be looked at; else why not, if that is wrong."""
    try:
        if not open_state(served, page, shot, look.query):
            return []
    except Error as problem:
        return [f"{shot.name}: {str(problem)[:200]}"]
    return None


def _violations(page: Page, shot: Shot, look: Look) -> list[str]:
    found: Any = page.evaluate(
        "async ([standards, contrast]) => { const found = await axe.run({runOnly: standards, "
        "resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}}}); "
        "return JSON.stringify(found.violations) }",
        [STANDARDS, look.has_own_colors],  # contrast is two thirds of axe's time
    )
    return [
        f"{shot.name} [{look.theme} {look.language} {look.width}] {item['id']}: "
        f"{node['target']} {node['html'][:160]} {_why(node)}"
        for item in json.loads(found)
        for node in item["nodes"][:3]
    ]


def _why(node: dict[str, Any]) -> str:
    return str(node.get("failureSummary", "")).replace("\n", " ")[:200]
