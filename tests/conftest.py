"""Fixtures: a database with a small county, an application, and the cast.

`--database=postgres` runs the same tests on PostgreSQL; `make test` runs both.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account
from participation.accounts.services import ensure_account, grant_role
from participation.app import begin, create_app
from participation.foundation.config import Config
from participation.foundation.crypto import configure_keys
from participation.foundation.db import make_sessions
from participation.foundation.i18n import use_locale
from participation.foundation.journal import configure_journal
from participation.foundation.mail_templates import configure_mail
from participation.foundation.permissions import Role
from participation.foundation.temporary_keys import configure_temporary_keys
from tests.support.client import CheckingClient
from tests.support.compiled_templates import keep_compiled
from tests.support.county import SmallCounty, make_county
from tests.support.database import PostgresDatabases, SqliteDatabases
from tests.support.postgres import shared_server
from tests.support.signing_in import sign_in_client

NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
MEMORY_DISK = Path("/dev/shm")

# A busy machine is no fault of the code: what is slow is measured by bench/, not by chance.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

Databases = SqliteDatabases | PostgresDatabases
SignIn = Callable[..., CheckingClient]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The settings of a test run: test keys, no SMTP, HTTP."""
    return Config.from_environment(
        {
            "PARTICIPATION_ENV": "test",
            "PARTICIPATION_DATA_DIR": str(tmp_path_factory.mktemp("data")),
            "PARTICIPATION_PUBLIC_URL": "http://localhost",
        }
    )


@pytest.fixture(scope="session", autouse=True)
def _keys(config: Config) -> None:
    configure_keys(config.contact_keys, config.index_key)
    configure_mail(config)
    configure_temporary_keys(config.data_dir)
    configure_journal(config.data_dir)


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    """Every test begins in the default language."""
    with use_locale("sv"):
        yield


@pytest.fixture(scope="session")
def process_name() -> str:
    """This test process among its parallel siblings: "gw0", "gw1", … or "main"."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def postgres_url(process_name: str) -> Iterator[str]:
    """A fresh PostgreSQL database of this test process; fails, never skips, without a server."""
    with shared_server(os.environ.get("PYTEST_XDIST_TESTRUNUID", f"pid{os.getpid()}")) as server:
        yield server.fresh_database(f"suite_{process_name}")


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, config: Config
) -> Iterator[Databases]:
    if request.config.getoption("--database") == "postgres":
        databases = PostgresDatabases(request.getfixturevalue("postgres_url"))
        yield databases
        databases.dispose()
        return
    if not MEMORY_DISK.is_dir():
        yield SqliteDatabases(tmp_path_factory.mktemp("databases"))
        return
    with TemporaryDirectory(dir=MEMORY_DISK, prefix="participation-") as folder:
        yield SqliteDatabases(Path(folder))


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """A migrated, empty database."""
    with databases.fresh() as engine:
        yield engine


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return make_sessions(engine)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session for arranging and asserting; commit what the application should see."""
    with sessions() as session:
        yield session


@pytest.fixture
def county(session: Session) -> SmallCounty:
    """The small county, committed."""
    return make_county(session)


@pytest.fixture(scope="session")
def made_application(config: Config) -> Flask:
    """Addresses and compiled templates, which cost more to make than a test to run."""
    app = keep_compiled(create_app(config))
    app.test_client_class = CheckingClient
    return app


@pytest.fixture
def app(made_application: Flask, config: Config, engine: Engine) -> Iterator[Flask]:
    """The application on this test's database, with nothing remembered from another test."""
    settings = dict(made_application.config)
    begin(made_application, config, engine)
    yield made_application
    made_application.config.clear()
    made_application.config.update(settings)


@pytest.fixture
def client(app: Flask, county: SmallCounty) -> CheckingClient:
    """Somebody who is not signed in, in the small county."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def sign_in(app: Flask, session: Session, county: SmallCounty) -> SignIn:
    """`sign_in(Role.X, organisation=…, group=…, name="…")` → a client signed in as that person."""

    def signed_in(
        role: Role | None = None, *, name: str = "Ebba Demolund", **scope: object
    ) -> CheckingClient:
        account = make_account(session, name)
        if role is not None:
            grant_role(session, account, role, **scope)  # type: ignore[arg-type]
        session.commit()
        client = app.test_client()
        sign_in_client(client, session, account)
        session.commit()
        return client  # type: ignore[return-value]

    return signed_in


def make_account(session: Session, name: str) -> Account:
    """An account with an invented address."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    return ensure_account(session, email=address, display_name=name, locale="sv")


@pytest.fixture
def as_coordinator(sign_in: SignIn) -> CheckingClient:
    return sign_in(Role.COORDINATOR, name="Ebba Demolund")


@pytest.fixture
def as_administrator(sign_in: SignIn) -> CheckingClient:
    return sign_in(Role.ADMINISTRATOR, name="Ado Provgren")


@pytest.fixture
def as_data_protection_officer(sign_in: SignIn) -> CheckingClient:
    return sign_in(Role.DATA_PROTECTION_OFFICER, name="Dag Exempelsson")


@pytest.fixture
def as_contact_person(sign_in: SignIn, county: SmallCounty) -> CheckingClient:
    """The region's contact person."""
    return sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)


@pytest.fixture
def as_outsider(sign_in: SignIn, county: SmallCounty) -> CheckingClient:
    """The contact person of another organisation: sees nothing of the region's."""
    return sign_in(Role.CONTACT_PERSON, name="Otto Utanför", organisation=county.torsas)


@pytest.fixture
def as_group_member(sign_in: SignIn, county: SmallCounty) -> CheckingClient:
    return sign_in(Role.GROUP_MEMBER, name="Greta Gruppberg", group=county.group)


@pytest.fixture
def as_council_member(sign_in: SignIn) -> CheckingClient:
    return sign_in(Role.COUNCIL_MEMBER, name="Rut Rådman")


@pytest.fixture
def as_auditor(sign_in: SignIn) -> CheckingClient:
    return sign_in(Role.AUDITOR, name="Rolf Revisorsson")


@pytest.fixture
def as_resident(sign_in: SignIn) -> CheckingClient:
    """Somebody with an account and no role."""
    return sign_in(None, name="Tuva Exempelsson")
