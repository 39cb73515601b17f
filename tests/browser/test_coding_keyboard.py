"""The coding grid by keyboard, in a real browser; positions survive emoji."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from participation.accounts.services import grant_role, start_session
from participation.coding.models import Excerpt
from participation.foundation.permissions import Role
from participation.foundation.web import EXTENSION
from tests.conftest import make_account
from tests.factories.coding import make_codebook, make_reviewed_material
from tests.support.county import SmallCounty

WORDS = "Hej 👋🏽 du som läser 👋 här"  # the first hand is two code points, four UTF-16 units

pytestmark = pytest.mark.browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def grid(
    app: Flask, address: str, session: Session, county: SmallCounty, context: BrowserContext
) -> Page:
    """The grid of a material with one answer, opened by a coordinator."""
    make_codebook(session)
    material = make_reviewed_material(session, [WORDS])
    account = make_account(session, "Ebba Demolund")
    grant_role(session, account, Role.COORDINATOR)
    session.commit()
    token = start_session(session, account.id, is_strong=True, device="Test")
    session.commit()
    name = f"{app.extensions[EXTENSION].config.cookie_prefix}session"
    context.add_cookies([{"name": name, "value": token, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/coding/materials/{material.public_id}")
    return page


def coded(session: Session) -> list[str]:
    session.expire_all()
    rows = session.execute(select(Excerpt.start, Excerpt.end).order_by(Excerpt.start)).all()
    session.commit()
    return [WORDS[start:end] for start, end in rows]


def wait_for_word(grid: Page, word: str) -> None:
    """Until the grid has said `word` (five seconds at most)."""
    for _try in range(50):
        if grid.inner_text("#said") == word:
            return
        grid.wait_for_timeout(100)
    pytest.fail(f"the grid says {grid.inner_text('#said')!r}, not {word!r}")


def test_words_are_marked_with_arrows_coded_with_a_digit_and_undone(
    grid: Page, session: Session
) -> None:
    for _word in range(3):
        grid.keyboard.press("ArrowRight")
    grid.keyboard.press("Shift+ArrowRight")
    assert grid.evaluate("getSelection().toString()") == "du som"
    grid.keyboard.press("2")
    wait_for_word(grid, "Sparat.")
    assert coded(session) == ["du som"]
    assert grid.inner_text("#progress") == "1 av 1 kodade."
    grid.keyboard.press("Control+z")
    wait_for_word(grid, "Ångrat.")
    assert coded(session) == []


def test_a_mouse_selection_after_emoji_lands_on_the_same_letters(
    grid: Page, session: Session
) -> None:
    grid.evaluate(
        """() => {
          const words = document.querySelector("[data-voice] [data-start]").firstChild;
          const range = document.createRange();
          range.setStart(words, words.data.lastIndexOf("👋"));
          range.setEnd(words, words.data.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    grid.keyboard.press("c")
    grid.keyboard.type("12")
    grid.keyboard.press("Enter")
    wait_for_word(grid, "Sparat.")
    assert coded(session) == ["👋 här"]
    assert grid.locator("mark.ms-span").inner_text().startswith("👋 här")


def test_a_digit_codes_the_whole_answer_and_the_question_mark_opens_the_list(
    grid: Page, session: Session
) -> None:
    grid.keyboard.press("x")
    wait_for_word(grid, "Markera några ord först.")
    grid.keyboard.press("2")
    wait_for_word(grid, "Sparat.")
    assert coded(session) == [WORDS]
    assert grid.inner_text("[data-count='2']") == "1"
    grid.keyboard.press("?")
    assert grid.locator("#all-keys").is_visible()
    grid.keyboard.press("Escape")
    assert not grid.locator("#all-keys").is_visible()
