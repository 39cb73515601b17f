"""The demo county as a test sees it: loaded once, copied for whoever wants to change something.

Loading takes half a minute, so the file is kept below var/ under a name made of what it is built
from (demo, services, models, rules, migrations, the day). `CI=1` always builds it anew.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from participation.accounts.models import Account
from participation.app import create_app
from participation.demo.cast import address_of
from participation.demo.load import load_demo
from participation.foundation import migrate
from participation.foundation.config import Config
from participation.foundation.crypto import configure_keys, email_index
from participation.foundation.db import make_engine, make_sessions, transaction
from participation.foundation.journal import configure_journal
from participation.foundation.mail_templates import configure_mail
from participation.foundation.paths import PACKAGE
from participation.foundation.temporary_keys import configure_temporary_keys
from participation.registry import FEATURES
from tests.support.client import CheckingClient
from tests.support.compiled_templates import keep_compiled
from tests.support.signing_in import sign_in_client

CHECKOUT = PACKAGE.parent
KEPT = CHECKOUT / "var" / "test-demo"
MEMORY_DISK = Path("/dev/shm")
SHOWS_ONLY = frozenset({"views", "views.py", "forms", "forms.py", "context.py", "look.py"})

# Who reads: the demo's person for each reader of the site map; strong as their role demands.
PEOPLE = {
    "resident": "Tuva Exempelstrand",
    "child": "Ask Exempelkvist",
    "council_member": "Maj Provberg",
    "auditor": "Conny Låtsberg",
    "user_organisation": "Britt Föreningsgren",
    "contact_person": "Kim Kontaktgren",
    "outsider": "Vera Testmark",  # the contact person of another organisation
    "group_member": "Greta Gruppberg",
    "coordinator": "Ebba Demolund",
    "administrator": "Ado Provgren",
    "data_protection_officer": "Dag Exempelsson",
}
READERS = ("anybody", *PEOPLE)
WITHOUT_PASSWORD = frozenset(
    {"resident", "child", "council_member", "auditor", "user_organisation", "group_member"}
)


def demo_config(database: Path, folder: Path, *, env: str = "test", port: int = 80) -> Config:
    """The settings of a demo installation on SQLite."""
    return Config.from_environment(demo_environment(database, folder, env=env, port=port))


def demo_environment(
    database: Path, folder: Path, *, env: str = "test", port: int = 80
) -> dict[str, str]:
    """The same as environment variables, for a server of its own."""
    return {
        "PARTICIPATION_ENV": env,
        "PARTICIPATION_DEMO": "1",
        "PARTICIPATION_DATABASE_URL": f"sqlite:///{database}",
        "PARTICIPATION_DATA_DIR": str(folder),
        "PARTICIPATION_PUBLIC_URL": "http://localhost"
        if port == 80
        else f"http://127.0.0.1:{port}",
    }


def loaded_demo() -> Path:
    """The file with the demo county in it; builds it when nothing fitting is kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    fresh = f"-{run[:12] or os.getpid()}" if os.environ.get("CI") else ""
    path = KEPT / f"{_fingerprint()}{fresh}.db"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in sorted(KEPT.glob("*.db"), key=lambda p: p.stat().st_mtime)[:-2]:
                old.unlink(missing_ok=True)
            _build(path)
    return path


def _fingerprint() -> str:
    """What the loaded demo depends on; pages and their words are left out."""
    digest = hashlib.sha256(datetime.now(UTC).date().isoformat().encode())
    for root in (PACKAGE, CHECKOUT / "migrations"):
        for path in sorted(root.rglob("*")):
            parts = set(path.relative_to(root).parts)
            if path.suffix in {".py", ".yaml", ".txt"} and not parts & SHOWS_ONLY:
                digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _build(path: Path) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    config = demo_config(unfinished, path.parent)
    configure_keys(config.contact_keys, config.index_key)
    configure_mail(config)
    configure_temporary_keys(config.data_dir)
    configure_journal(config.data_dir)
    engine = make_engine(config.database_url)
    migrate.upgrade(engine)
    with transaction(make_sessions(engine)) as session:
        load_demo(session, FEATURES, lambda _line: None)
    engine.dispose()
    unfinished.rename(path)


class UncheckedClient(CheckingClient):
    """For many requests whose pages are checked elsewhere."""

    def open(self, *args: Any, **values: Any) -> TestResponse:
        return FlaskClient.open(self, *args, **values)


@dataclass(frozen=True)
class DemoSite:
    """One copy of the demo county with an application on it."""

    app: Flask
    engine: Engine
    sessions: sessionmaker[Session]
    database: Path
    folder: Path
    tokens: dict[str, str]  # reader → session token

    def client(self, reader: str = "anybody", *, checks_pages: bool = True) -> CheckingClient:
        """A client signed in as `reader` that checks the HTML of every page it gets."""
        kind = CheckingClient if checks_pages else UncheckedClient
        client = kind(self.app, self.app.response_class, use_cookies=True)
        if reader == "anybody":
            return client
        if reader not in self.tokens:
            with self.sessions() as session:
                self.tokens[reader] = sign_in_client(
                    client, session, person(session, reader), is_strong=is_strong(reader)
                )
        client.set_cookie("session", self.tokens[reader])
        return client


def is_strong(reader: str) -> bool:
    return reader not in WITHOUT_PASSWORD


def person(session: Session, reader: str) -> Account:
    """The account of the demo's person for `reader`."""
    index = email_index(address_of(PEOPLE[reader]))
    return session.scalars(select(Account).where(Account.email_index == index)).one()


@contextmanager
def own_copy(folder: Path | None = None) -> Iterator[tuple[Path, Path]]:
    """(database file, data folder): a copy of the loaded demo that lives as long as the block."""
    memory = str(MEMORY_DISK) if MEMORY_DISK.is_dir() else None
    with TemporaryDirectory(dir=folder or memory, prefix="participation-demo-") as name:
        database = Path(name) / "demo.db"
        shutil.copyfile(loaded_demo(), database)
        yield database, Path(name)


@contextmanager
def demo_site() -> Iterator[DemoSite]:
    """The demo county in this process, on a copy of its own."""
    with own_copy() as (database, folder):
        config = demo_config(database, folder)
        engine = make_engine(config.database_url)
        app = keep_compiled(create_app(config, engine))
        try:
            yield DemoSite(app, engine, make_sessions(engine), database, folder, {})
        finally:
            engine.dispose()
