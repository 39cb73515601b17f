"""An existing bank from a file: the dry run and the taking in, on both engines.

Files as a spreadsheet program saves them in Sweden: semicolons and Windows-1252. The mails to
those taken over are queued afterwards in steps and are not part of it. `make bench-import`
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bench.figures import Figure, tell
from participation.accounts.services import ensure_account, grant_role
from participation.foundation import migrate
from participation.foundation.config import Config
from participation.foundation.db import transaction
from participation.foundation.installation import open_installation
from participation.foundation.permissions import Actor, Grant, Role
from participation.interest_bank.models import BankImport, BankMember
from participation.interest_bank.rules.importing import ImportConsent, ImportState
from participation.interest_bank.services.importing import (
    check_file,
    confirm_import,
    note_check,
    receive_file,
    take_in,
)
from tests.support.county import make_county
from tests.support.postgres import shared_server

GOAL_CPU = 3.0  # seconds for 10,000 contacts; LimeSurvey 6.14 on such a machine: about 19
TAKEN_IN = 10_000
LARGEST = 100_000
HEADINGS = "Namn;E-post;Kommun;Födelseår;Roll;Område"


def file_of(count: int) -> bytes:
    lines = (
        f"Åsa Provsson {n};p{n}@example.org;Kalmar;{1930 + n % 70};patient;" for n in range(count)
    )
    return "\r\n".join((HEADINGS, *lines)).encode("cp1252")


def checked(sessions: sessionmaker[Session], actor: Actor, count: int) -> tuple[float, str]:
    """(CPU seconds of the dry run, public id of the import)."""
    with transaction(sessions) as session:
        taken = receive_file(session, actor, "bank.csv", file_of(count))
        session.flush()
        began = time.process_time()
        found = check_file(session, taken, lambda _done, _total: None)
        note_check(session, taken, found)
        assert (taken.state, taken.wrong_count) == (ImportState.CHECKED, 0), taken.report
        assert taken.new_count == count, taken.new_count
        return time.process_time() - began, taken.public_id


def taken_in(sessions: sessionmaker[Session], actor: Actor, public_id: str) -> tuple[float, float]:
    """(seconds, CPU seconds) to take everybody in, in one commit."""
    began, began_cpu = time.perf_counter(), time.process_time()
    with transaction(sessions) as session:
        taken = session.scalars(select(BankImport).filter_by(public_id=public_id)).one()
        confirm_import(
            session, actor, taken, consent=ImportConsent.PAPER, confirm_days=None, reason="Mätning"
        )
        take_in(session, actor, taken)
    spent = time.perf_counter() - began, time.process_time() - began_cpu
    with sessions() as session:
        count = session.scalar(select(func.count(BankMember.id)))
        assert count == TAKEN_IN, count
    return spent


def measure(name: str, url: str, folder: Path) -> list[Figure]:
    environment = {
        "PARTICIPATION_ENV": "test",
        "PARTICIPATION_DATABASE_URL": url,
        "PARTICIPATION_DATA_DIR": str(folder),
    }
    with open_installation(Config.from_environment(environment)) as installation:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
        migrate.upgrade(installation.engine)
        with transaction(installation.sessions) as session:
            make_county(session)
            account = ensure_account(session, "ebba@example.org", "Ebba Demolund", "sv")
            grant_role(session, account, Role.COORDINATOR)
            actor = Actor(account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)
        large, _ = checked(installation.sessions, actor, LARGEST)
        dry, public_id = checked(installation.sessions, actor, TAKEN_IN)
        wall, cpu = taken_in(installation.sessions, actor, public_id)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole = round(dry + cpu, 2)
    return [
        Figure(f"{name}: dry run of {LARGEST} rows, CPU", round(large, 1), "s"),
        Figure(f"{name}: dry run of {TAKEN_IN} rows, CPU", round(dry, 2), "s"),
        Figure(f"{name}: {TAKEN_IN} people taken in", round(wall, 1), "s"),
        Figure(
            f"{name}: dry run and taking in of {TAKEN_IN}, CPU",
            whole,
            "s",
            f"≤ {GOAL_CPU:g}",
            whole <= GOAL_CPU,
        ),
        Figure(f"{name}: memory at most, so far", round(memory), "MB"),
    ]


def main() -> None:
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures += measure("SQLite", f"sqlite:///{folder / 'bench.db'}", folder)
        with shared_server(f"bench{os.getpid()}", is_durable=True) as server:
            figures += measure("PostgreSQL", server.fresh_database("bench"), folder)
    tell("bank_import", figures)


if __name__ == "__main__":
    main()
