"""A bank of 20,000 people over real HTTP: search, list, filters, matching; both engines.

One gunicorn as in production (on SQLite one process with eight threads, the worker beside it).
Time is the client's, from request to last byte, on the same machine. `make bench-bank`
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bench.figures import Figure, tell
from bench.pages import Gunicorn, ask, gunicorn_for
from participation.accounts.models import Account
from participation.accounts.services import ensure_account, grant_role, start_session
from participation.activities.models import Invitation
from participation.foundation import migrate
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.crypto import email_index
from participation.foundation.db import new_public_id, transaction
from participation.foundation.installation import open_installation
from participation.foundation.permissions import Role
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import ContactWay, ExperienceRole, Gender, Profile, Way
from participation.interest_bank.services import Newcomer, enrol_members
from participation.interest_bank.views.searching import address_of
from tests.factories.activities import make_activity, make_round
from tests.support.county import SmallCounty, make_county
from tests.support.postgres import shared_server

PEOPLE = 20_000
ASKED = 8_000  # who have been invited before
ROUNDS = 60
GOAL_MS = 150
FIRST = ("Tuva", "Ali", "Maj", "Siv", "Ove", "Rut", "Amina", "Kim", "Berit", "Nils", "Sara", "Bo")
LAST = ("Exempelsson", "Provberg", "Kodström", "Testgren", "Påhittsson", "Modellin", "Låtsén")


def fill(session: Session, county: SmallCounty) -> str:
    """20,000 people, some asked before, one activity that nearly everybody fits; its id."""
    chance = random.Random(2026)
    accounts = [
        Account(
            email=f"person{n}@example.org",
            email_index=email_index(f"person{n}@example.org"),
            display_name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            confirmed_at=now(),
        )
        for n in range(PEOPLE)
    ]
    session.add_all(accounts)
    session.flush()
    enrol_members(session, [_newcomer(chance, county, n, a) for n, a in enumerate(accounts)])
    activity = make_activity(
        session, county.region, state="open", starts_at=now() + timedelta(days=40), area=county.area
    )
    past = make_activity(session, county.region, state="completed", starts_at=now())
    asked = make_round(session, past)
    ids = session.scalars(select(BankMember.id).order_by(BankMember.id).limit(ASKED)).all()
    session.execute(
        insert(Invitation),
        [
            {
                "public_id": new_public_id(),
                "activity_id": past.id,
                "round_id": asked.id,
                "member_id": member_id,
                "token_hash": f"{member_id:032}",
                "state": "accepted",
                "created_at": now() - timedelta(days=chance.randrange(1, 300)),
            }
            for member_id in ids
        ],
    )
    session.flush()
    return activity.public_id


def _newcomer(chance: random.Random, county: SmallCounty, n: int, account: Account) -> Newcomer:
    profile = Profile(
        name=account.display_name,
        phone=f"+46701{n:06}",
        municipality_code=chance.choice(("0880", "0880", "0834")),
        birth_year=chance.randrange(1936, 2008),
        gender=chance.choice((Gender.WOMAN, Gender.MAN)),
        gender_text=None,
        roles=(chance.choice(list(ExperienceRole)),),
        area_ids=(chance.choice((county.area.id, county.area.id, county.other_area.id)),),
        experience_text="Det är svårt att veta vem jag ska ringa." if n % 4 == 0 else None,
        ways=tuple(way for way in Way if chance.random() < 0.6) or (Way.ON_SITE,),
        times=("evening",),
        languages=("sv",),
        needs=("breaks",) if n % 9 == 0 else (),
        needs_text=None,
        yearly_ceiling=None,
        preferred_contact=ContactWay.EMAIL,
    )
    at = now() - timedelta(days=chance.randrange(1, 900), minutes=n)
    return Newcomer(account=account, profile=profile, locale="sv", at=at)


SEARCHES = {"name": "Tuva Ex", "phone": "070-100 77 77", "e-mail": "person777@example.org"}


def addresses(area_id: int, activity: str) -> list[tuple[str, str]]:
    bank = "/interest-bank/members"
    return [
        ("list", bank),
        ("list, page 400", f"{bank}?page=400"),
        *(
            (f"search by {what}", f"{bank}?{urlencode(address_of({'q': words}))}")
            for what, words in SEARCHES.items()
        ),
        ("filter, four at once", f"{bank}?municipality=0834&area={area_id}&way=online&ages=18-29"),
        ("filter, needs and consent", f"{bank}?need=breaks&consent=given"),
        ("never asked, eldest first", f"{bank}?asked=never&sort=eldest"),
        ("longest since asked", f"{bank}?sort=least_asked"),
        ("matching", f"/activities/{activity}/invite"),
        ("matching, narrowed", f"/activities/{activity}/invite?municipality=0834&way=online"),
        ("representation", "/interest-bank/spread"),
    ]


def measure(name: str, url: str, folder: Path) -> list[Figure]:
    environment = {
        "PARTICIPATION_ENV": "development",
        "PARTICIPATION_DATABASE_URL": url,
        "PARTICIPATION_DATA_DIR": str(folder),
        "PARTICIPATION_LOG_FORMAT": "json",
    }
    config = Config.from_environment(environment)
    with open_installation(config) as installation:
        migrate.upgrade(installation.engine)
        with transaction(installation.sessions) as session:
            county = make_county(session)
            began = time.perf_counter()
            activity = fill(session, county)
            area_id = county.area.id
            account = ensure_account(session, "ebba@example.org", "Ebba Demolund", "sv")
            grant_role(session, account, Role.COORDINATOR)
            token = start_session(session, account.id, is_strong=True, device="Bench")
            cookie = f"{config.cookie_prefix}session={token}"
        filled = time.perf_counter() - began
        if installation.engine.dialect.name == "postgresql":
            with installation.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            ) as connection:
                connection.exec_driver_sql("ANALYZE")
    figures = [Figure(f"{name}: laying in {PEOPLE:,} people", round(filled, 1), "s")]
    with gunicorn_for(environment, folder) as server:
        for what, address in addresses(area_id, activity):
            taken = timed(server, address, cookie)
            figures.append(
                Figure(
                    f"{name}: {what}, p95", round(taken), "ms", f"≤ {GOAL_MS} ms", taken <= GOAL_MS
                )
            )
    return figures


def timed(server: Gunicorn, address: str, cookie: str) -> float:
    """The 95th percentile in ms."""
    ask(server, address, cookie, 3)
    seconds, _cpu = ask(server, address, cookie, ROUNDS)
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


@contextmanager
def _engines() -> Iterator[list[tuple[str, str, Path]]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sqlite").mkdir()
        (folder / "postgres").mkdir()
        with shared_server(f"bank{os.getpid()}", is_durable=True) as server:
            yield [
                ("SQLite", f"sqlite:///{folder / 'bank.db'}", folder / "sqlite"),
                ("PostgreSQL", server.fresh_database("bench"), folder / "postgres"),
            ]


def main() -> None:
    with _engines() as engines:
        tell("bank", [figure for engine in engines for figure in measure(*engine)])


if __name__ == "__main__":
    main()
