"""Interviews without a connection: what is lost or doubled when phones die and networks go.

One phone, one auditor, 200 interviews. At random the network is off while they write, the browser
is killed (by its own processes, without a word of warning) after a save, in the middle of "Done" or
of sending, and the server's answer is cut off before or after it has kept what came.
"""

import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Error, Page
from sqlalchemy import select

from bench.analysis.options import Options
from bench.figures import Figure
from participation.audits.models import AuditFieldDeposit, AuditInterview
from participation.foundation.db import transaction
from tests.support.browser import ServedDemo, chromium, served_demo
from tests.support.field_browser import kill, phone, take_along, unlock, write

RUNS, QUICK_RUNS = 200, 12
KILLED, OFF, CUT = 0.2, 0.5, 0.25  # how often
SEED = 5
MOST_TRIES = 60

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Chance:
    """What happened, so that the figures can say how hard it was."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        self.count: Counter[str] = Counter()

    def happens(self, name: str, how_often: float) -> bool:
        found = self.random.random() < how_often
        self.count[name] += found
        return found


def measure(options: Options) -> Iterator[Figure]:
    """Lost and doubled, and how often things went wrong on the way."""
    runs = QUICK_RUNS if options.is_quick else RUNS
    chance = Chance()
    with served_demo() as served, chromium() as browser, tempfile.TemporaryDirectory() as folder:
        served.demo.app.wsgi_app = _cut_off(served.demo.app.wsgi_app, chance)  # type: ignore[method-assign]
        written = _field_day(served, browser.browser_type, Path(folder), chance, runs)
        found = _arrived(served)
    lost = [words for words in written if not found[words]]
    doubled = [words for words in found if found[words] > 1]
    yield Figure("interviews written offline", len(written), "")
    yield Figure("lost", len(lost), "", "0", not lost)
    yield Figure("doubled", len(doubled), "", "0", not doubled)
    for name in ("killed", "written without network", "answer cut off", "request cut off"):
        yield Figure(name, chance.count[name], "times")


def _cut_off(app: Wsgi, chance: Chance) -> Wsgi:
    """The server, whose connection breaks at random before or after a deposit is kept."""

    def cutting(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/field/deposit":
            return app(environ, start)
        if chance.happens("request cut off", CUT):
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            start("503 Service Unavailable", [])
            return [b""]
        answer = app(environ, start)
        if chance.happens("answer cut off", CUT):
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return answer

    return cutting


def _field_day(
    served: ServedDemo, browser: BrowserType, profile: Path, chance: Chance, runs: int
) -> list[str]:
    """Write `runs` interviews and send them; the words of each."""
    words = [f"Samtal {number}: {chance.random.getrandbits(64):x} 👋🏽" for number in range(runs)]
    waiting = list(words)
    with phone(browser, profile) as context:
        served.sign_in(context, "auditor")
        take_along(context.pages[0], served.url, served.examples["audit_going_on"])
    while waiting:
        with phone(browser, profile) as context:
            page = context.pages[0]
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(f"{served.url}/field/?lang=sv")
            unlock(page)
            _until_killed(page, profile, chance, waiting)
    with phone(browser, profile) as context:
        page = context.pages[0]
        page.goto(f"{served.url}/field/?lang=sv")
        unlock(page)
        _finish_drafts(page)
        _send_all(page)
    return words


def _until_killed(page: Page, profile: Path, chance: Chance, waiting: list[str]) -> None:
    """Interviews one after another; back when the phone has died or all are written."""
    _finish_drafts(page)
    while waiting:
        page.context.set_offline(chance.happens("written without network", OFF))
        write(page, waiting[0])
        waiting.pop(0)  # it has been said that it is saved: from here on it may not be lost
        if chance.happens("killed", KILLED):
            if chance.random.random() < 0.6:
                page.click("#write button[value=done]", no_wait_after=True)
                time.sleep(chance.random.random() * 0.3)
            kill(profile)
            return
        _done(page)


def _done(page: Page) -> None:
    page.click("#write button[value=done]")
    page.wait_for_selector("[data-view=list]:not([hidden])")


def _finish_drafts(page: Page) -> None:
    """Whatever was not done when the phone died is opened, as it was saved, and done."""
    while page.locator("#audits li form").count():
        page.click("#audits li button >> nth=0")
        page.wait_for_selector("[data-view=write]:not([hidden])")
        _done(page)


def _send_all(page: Page) -> None:
    page.context.set_offline(False)
    for _try in range(MOST_TRIES):
        if page.locator("#sending").is_hidden():
            return
        try:
            page.click("#send button", timeout=2000)
        except Error:
            continue  # all gone meanwhile
        page.wait_for_timeout(500)


def _arrived(served: ServedDemo) -> Counter[str]:
    """How often each interview's words stand in the audit."""
    with transaction(served.demo.sessions) as session:
        rows = session.scalars(
            select(AuditInterview)
            .join(AuditFieldDeposit, AuditFieldDeposit.ref == AuditInterview.ref)
            .order_by(AuditInterview.id)
        )
        return Counter(row.notes for row in rows)
