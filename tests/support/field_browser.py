"""A phone in the field: a browser with a profile of its own, killed as a battery would."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page

from tests.support.browser import BROWSERS, PATIENCE_MS

PIN = "749201"


@contextmanager
def phone(chromium: BrowserType, profile: Path) -> Iterator[BrowserContext]:
    """The browser on `profile`; opened again on the same folder it is the same phone."""
    executable = next(found for name in BROWSERS if (found := shutil.which(name)))
    context = chromium.launch_persistent_context(
        str(profile),
        executable_path=executable,
        args=["--no-sandbox"] if os.geteuid() == 0 else [],
        viewport={"width": 360, "height": 740},
        locale="sv-SE",
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context
    finally:
        with suppress(Exception):  # it may have been killed
            context.close()


def kill(profile: Path) -> None:
    """End every process of the browser on `profile`, without a word of warning."""
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        with suppress(OSError):
            if str(profile).encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
    time.sleep(0.05)
    for lock in profile.glob("Singleton*"):
        lock.unlink(missing_ok=True)


def unlock(page: Page) -> None:
    page.fill("#known", PIN)
    page.click("#unlock button")
    page.wait_for_selector("[data-view=list]:not([hidden])")


def take_along(page: Page, address: str, audit: str) -> None:
    """From the signed-in page to the kept one, unlocked."""
    page.goto(f"{address}/audits/{audit}/field")
    page.fill("#pin", PIN)
    page.fill("#again", PIN)
    page.click("#choose button")
    page.wait_for_url("**/field/?lang=sv")
    unlock(page)


def write(page: Page, notes: str) -> None:
    """A new interview, written and saved on the device, still open on the page."""
    page.click("#audits button[value=new]")
    page.click("label[for=role-0]")
    page.click("label[for=consent]")
    page.fill("#notes", notes)
    wait_until_saved(page)


def wait_until_saved(page: Page) -> None:
    page.wait_for_selector("#field[data-saved=yes]")
