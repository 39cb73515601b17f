"""A real browser on a real server with the demo county: for axe, journeys and screenshots."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from participation.accounts.services import start_session
from participation.foundation.config import Config
from participation.foundation.db import transaction
from participation.foundation.mail_templates import configure_mail
from participation.foundation.serving import background_worker
from participation.foundation.web import EXTENSION, Extension
from tests.site_map import PAGES, REFUSALS, Reader, State
from tests.support.client import CheckingClient
from tests.support.demo_site import DemoSite, demo_site, is_strong, person
from tests.support.examples import lay_out, placeholders

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 20_000
METHOD_NOT_ALLOWED = 405


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Fails, never skips, when there is none."""
    executable = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if executable is None:
        raise RuntimeError(f"no browser: install one of {', '.join(BROWSERS)}")
    # Chromium refuses its sandbox to root, which is who runs in containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: Any, **_more: Any) -> None:
        """No access log between the dots of the tests."""


@dataclass(frozen=True)
class ServedDemo:
    """The demo county at `url`, with what fills the site map's placeholders."""

    demo: DemoSite
    url: str
    examples: dict[str, str]

    def address(self, template: str) -> str | None:
        """The path with its placeholders filled, None when the demo has no such row."""
        if placeholders(template) - set(self.examples):
            return None
        return template.format(**self.examples)

    def session_token(self, reader: str) -> str:
        """A sign-in of the demo's person for `reader`, made once."""
        tokens = self.demo.tokens
        if reader not in tokens:
            with transaction(self.demo.sessions) as session:
                tokens[reader] = self._start(session, reader)
        return tokens[reader]

    @staticmethod
    def _start(session: Session, reader: str) -> str:
        account = person(session, reader)
        return start_session(session, account.id, is_strong=is_strong(reader), device="Test")

    def sign_in(self, context: BrowserContext, reader: str) -> None:
        """Give the browser the reader's session; "anybody" has none."""
        context.clear_cookies()
        if reader != Reader.ANYBODY:
            cookie = {"name": "session", "value": self.session_token(reader), "url": self.url}
            context.add_cookies([cookie])  # type: ignore[list-item]

    def client(self) -> CheckingClient:
        return self.demo.client()


@contextmanager
def served_demo(*, with_worker: bool = False, fills_examples: bool = True) -> Iterator[ServedDemo]:
    """A threaded server on a free port, on a copy of the demo; the worker beside it if wanted."""
    with demo_site() as site, ExitStack() as running:
        examples = lay_out(site) if fills_examples else {}
        server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=_Quiet)
        url = f"http://127.0.0.1:{server.server_port}"
        _live_at(site, url)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running.callback(thread.join)
        running.callback(server.shutdown)
        if with_worker:
            running.enter_context(background_worker(site.app))
        yield ServedDemo(site, url, examples)


def _live_at(site: DemoSite, url: str) -> None:
    """Let the links in mails lead to this server."""
    web: Extension = site.app.extensions[EXTENSION]
    config: Config = replace(web.config, public_url=url)
    site.app.extensions[EXTENSION] = replace(web, config=config)
    configure_mail(config)


@dataclass(frozen=True)
class Shot:
    """One state of one page, as its most typical reader sees it."""

    name: str  # "county.group filled"
    reader: Reader
    state: State


def shots() -> list[Shot]:
    """Every state of every page of the site map, with the reader who sees it best."""
    found = [
        Shot(f"{page.endpoint} {state.name}", _typical(state, page.reader), state)
        for page in PAGES
        for state in page.shown()
    ]
    refused = [
        Shot(f"refusal {state.name}", sorted(state.readers or ())[0], state) for state in REFUSALS
    ]
    return found + refused


def _typical(state: State, reader: Reader) -> Reader:
    readers = state.readers or frozenset()
    return reader if reader in readers else sorted(readers)[0]


def open_state(served: ServedDemo, page: Page, shot: Shot, query: str = "") -> bool:
    """Bring `page` to a state; False when the demo cannot show it.

    A form is filled in and sent through the page's own form, as a person would.
    """
    address = served.address(shot.state.address)
    if address is None:
        return False
    served.sign_in(page.context, shot.reader)
    for name, value in shot.state.cookies.items():
        filled = value.format(**served.examples)
        page.context.add_cookies([{"name": name, "value": filled, "url": served.url}])
    joined = f"{address}{'&' if '?' in address else '?'}{query}" if query else address
    if shot.state.typed is None and shot.state.status == 405:
        page.goto(served.url + joined)
        return True
    answer = page.goto(served.url + joined)
    if shot.state.typed is None:
        return True
    if answer is not None and answer.status == METHOD_NOT_ALLOWED:
        page.goto(f"{served.url}/")
        _send_bare(page, joined, dict(shot.state.typed))
    else:
        _send_form(page, dict(shot.state.typed))
    return True


def _send_form(page: Page, typed: dict[str, str]) -> None:
    """Send the main form with `typed` in the fields that it has, past the browser's own checks."""
    with page.expect_navigation():
        page.evaluate(
            """typed => {
              const form = document.querySelector('main form[method=post], main form');
              form.noValidate = true;
              for (const [name, value] of Object.entries(typed)) {
                const field = form.elements.namedItem(name);
                if (field && 'value' in field && field.type !== 'radio') field.value = value;
              }
              form.submit();
            }""",
            typed,
        )


def _send_bare(page: Page, address: str, typed: dict[str, str]) -> None:
    """Send `typed` to an address without a page of its own, from the page that is open."""
    with page.expect_navigation():
        page.evaluate(
            """([address, typed]) => {
              const form = document.createElement('form');
              form.method = 'post';
              form.action = address;
              form.append(document.querySelector('[name=csrf_token]').cloneNode());
              for (const [name, value] of Object.entries(typed)) {
                const field = document.createElement('input');
                [field.name, field.value] = [name, value];
                form.append(field);
              }
              document.body.append(form);
              form.submit();
            }""",
            [address, typed],
        )
