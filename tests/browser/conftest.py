"""One browser per test process; the demo county served once to read, and anew for each journey."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.browser import PATIENCE_MS, ServedDemo, chromium, served_demo


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def served() -> Iterator[ServedDemo]:
    """For tests that only look."""
    with served_demo() as served:
        yield served


@pytest.fixture
def own_site() -> Iterator[ServedDemo]:
    """For a journey: its own copy of the demo, and a worker that hands over the mails."""
    with served_demo(with_worker=True, fills_examples=False) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()
