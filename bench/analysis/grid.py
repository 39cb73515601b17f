"""The coding grid with 10,000 answers and 40 codes, by keyboard in a real browser.

Each action is timed from the key to the grid's own word that it is done: the server's work, the
way there and back, and the row drawn anew.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from bench.analysis.options import Options
from bench.figures import Figure
from participation.accounts.services import ensure_account, grant_role, start_session
from participation.app import create_app
from participation.coding.models import Excerpt, MaterialText
from participation.coding.queries.book import codes_of_book
from participation.coding.rules.drafts import (
    CodebookDraft,
    CodeDraft,
    MaterialTextDraft,
    ThemeDraft,
)
from participation.coding.services import load_codebook, take_material
from participation.foundation import migrate
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.db import make_engine, make_sessions, transaction
from participation.foundation.permissions import Role

TEXTS, CODES = 10_000, 40
GOAL = 200  # milliseconds
WORDS = [
    "vi",
    "fick",
    "vänta",
    "länge",
    "på",
    "svar",
    "och",
    "ingen",
    "ringde",
    "tillbaka",
    "men",
    "sedan",
    "blev",
    "det",
    "bra",
    "ändå",
    "här",
]
PATIENCE = 20_000


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: object, **_more: object) -> None:
        """No access log."""


def measure(options: Options) -> Iterator[Figure]:
    """p95 of coding, undoing, filtering and searching."""
    times = 20 if options.is_quick else 200
    with tempfile.TemporaryDirectory() as folder, _grid(Path(folder)) as (page, address):
        page.goto(address)
        for name, act in _acts(page, address).items():
            rounds = times if name in {"code", "undo"} else max(10, times // 10)
            spent = sorted(_timed(act, number) for number in range(rounds))
            p95 = spent[min(len(spent) - 1, int(0.95 * len(spent)))]
            yield Figure(
                f"grid {TEXTS:,} × {CODES}: {name}, p95",
                round(p95),
                "ms",
                f"< {GOAL}",
                p95 < GOAL,
            )


def _timed(act: Callable[[int], None], number: int) -> float:
    started = time.perf_counter()
    act(number)
    return (time.perf_counter() - started) * 1000


def _acts(page: Page, address: str) -> dict[str, Callable[[int], None]]:
    def said(words: str) -> None:
        page.locator("#said", has_text=words).wait_for(timeout=PATIENCE)

    def press(*keys: str) -> None:
        page.evaluate("document.getElementById('said').textContent = ''")
        for key in keys:
            page.keyboard.press(key)

    def code(number: int) -> None:
        press("j", "a", str(number % 2 + 5))
        said("Sparat.")

    def undo(_number: int) -> None:
        press("Control+z")
        said("Ångrat.")

    def filtered(number: int) -> None:
        state = ("uncoded", "coded", "coded_by_me")[number % 3]
        page.goto(f"{address}?state={state}&codes=all")

    def sought(number: int) -> None:
        page.goto(f"{address}?contains={WORDS[number % len(WORDS)]}+{WORDS[(number + 1) % 9]}")

    return {"code": code, "undo": undo, "filter": filtered, "search": sought}


@contextmanager
def _grid(folder: Path) -> Iterator[tuple[Page, str]]:
    os.environ["PARTICIPATION_DATA_DIR"] = str(folder)
    config = Config.from_environment()
    engine = make_engine(config.database_url)
    migrate.upgrade(engine)
    app = create_app(config, engine)
    with transaction(make_sessions(engine)) as session:
        material, token = _fill(session)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.port}"
    try:
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": "session", "value": token, "url": site}])
            yield context.new_page(), f"{site}/coding/materials/{material}"
            browser.close()
    finally:
        server.shutdown()
        engine.dispose()


def _fill(session: Session) -> tuple[str, str]:
    """The material's address and a session of somebody who codes."""
    random = Random(1)
    codes = tuple(CodeDraft(key=f"c{n}", number=n, name=f"Kod {n}") for n in range(1, CODES + 1))
    themes = tuple(
        ThemeDraft(key=f"t{n}", name=f"Tema {n}", codes=codes[n * 8 : n * 8 + 8]) for n in range(5)
    )
    book = load_codebook(session, CodebookDraft(key="bench", title="Bench", themes=themes))
    drafts = [
        MaterialTextDraft(
            text=" ".join(random.choices(WORDS, k=random.randint(4, 40))), source_ref=f"v{number}"
        )
        for number in range(TEXTS)
    ]
    material = take_material(
        session, title="Bench", source_kind="round", source_public_id="bench", texts=drafts
    )
    account = ensure_account(
        session, email="kodare@example.org", display_name="Kodare Benchson", locale="sv"
    )
    grant_role(session, account, Role.COORDINATOR)
    session.execute(update(MaterialText).values(reviewed_at=now()))
    ids = session.scalars(select(MaterialText.id).order_by(MaterialText.id)).all()
    known = codes_of_book(session, book.id)
    session.execute(
        insert(Excerpt),
        [
            {
                "text_id": text_id,
                "code_id": random.choice(known).id,
                "start": 0,
                "end": 3,
                "coder_account_id": account.id,
            }
            for text_id in ids[: TEXTS // 2]
        ],
    )
    return material.public_id, start_session(session, account.id, is_strong=True, device="Bench")
