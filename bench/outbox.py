"""Invitations queued at once, mails per second by one worker, and what killing it costs.

SQLite with synchronous=FULL and PostgreSQL with fsync on, as in production; the SMTP sink is a
process of its own and offers PIPELINING, as Postfix, Exim and Exchange do. `make bench-outbox`
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import structlog
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from bench.figures import Figure, tell
from participation.accounts.models import Account
from participation.activities.models import Activity, Invitation
from participation.activities.services import invite_members
from participation.foundation import migrate
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.crypto import email_index
from participation.foundation.db import new_public_id, transaction
from participation.foundation.installation import open_installation
from participation.foundation.mail_templates import new_message_id
from participation.foundation.outbox import OutboxMail
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.rules import NOT_HANDED_OVER, MailState
from participation.foundation.outbox.transports import SmtpTransport
from participation.foundation.permissions import Actor, Grant, Role
from participation.interest_bank.models import BankMember
from tests.factories.accounts import make_account
from tests.factories.activities import make_activity
from tests.support.county import make_county
from tests.support.mail_worker import CONTEXT, deliver_until_killed
from tests.support.postgres import shared_server
from tests.support.smtp_sink import smtp_sink

MAILS = 500
KILLED_MAILS = 200
KILLS = 10
RUNS = 3
GOAL_PER_SECOND = 120  # LimeSurvey 6.14 on such a machine: 12 to 15
INVITED = 10_000
GOAL_TO_QUEUE = 2.0  # seconds
TEXT = "Hej!\n\nVi har en aktivitet som kan passa dig.\n" * 20


def sink_process(pipe: Connection) -> None:
    """A sink that tells its address, then its Message-IDs when asked."""
    with smtp_sink() as (sink, url):
        pipe.send(url)
        while pipe.recv() == "ids":
            pipe.send(list(sink.message_ids()))


@contextmanager
def separate_sink() -> Iterator[tuple[str, Connection]]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=sink_process, args=(there,))
    process.start()
    try:
        yield here.recv(), here
    finally:
        here.send("end")
        process.join()


def fill(sessions: sessionmaker[Session], count: int) -> None:
    with transaction(sessions) as session:
        for number in range(count):
            address = f"p{number}@example.org"
            session.add(
                OutboxMail(
                    template="bench",
                    locale="sv",
                    message_id=new_message_id(),
                    recipient=address,
                    recipient_index=email_index(address),
                    own_subject="Inbjudan",
                    own_text=TEXT,
                    own_html=f"<p>{TEXT}</p>",
                    headers="{}",
                    attachments="[]",
                    next_try_at=now(),
                )
            )


def delivery(config: Config, sessions: sessionmaker[Session], url: str) -> tuple[float, float]:
    """(mails per second, milliseconds of CPU per mail in the worker)."""
    fill(sessions, MAILS)
    runner = MailRunner(sessions, SmtpTransport(url), config.mail_from, "bench")
    stop = threading.Event()
    started, started_cpu = time.perf_counter(), time.process_time()
    while runner.deliver_due(stop):
        pass
    taken, cpu = time.perf_counter() - started, time.process_time() - started_cpu
    runner.close()
    return MAILS / taken, 1000 * cpu / MAILS


def killed(config: Config, sessions: sessionmaker[Session], pipe: Connection) -> tuple[int, ...]:
    """(lost, doubled, unsure) after killing the worker again and again."""
    fill(sessions, KILLED_MAILS)

    def waiting() -> int:
        states = [*NOT_HANDED_OVER, MailState.HANDING]
        with sessions() as session:
            statement = select(func.count(OutboxMail.id)).where(OutboxMail.state.in_(states))
            return session.scalar(statement) or 0

    for kill in range(KILLS):
        before = waiting()
        worker = CONTEXT.Process(target=deliver_until_killed, args=(config, f"w{kill}"))
        worker.start()
        while waiting() == before:
            time.sleep(0.001)
        time.sleep(0.002 * kill)
        worker.kill()
        worker.join()
    worker = CONTEXT.Process(target=deliver_until_killed, args=(config, "last"))
    worker.start()
    while waiting():
        time.sleep(0.01)
    worker.kill()
    worker.join()
    pipe.send("ids")
    arrived: list[str] = pipe.recv()
    with sessions() as session:
        rows = session.execute(select(OutboxMail.message_id, OutboxMail.state)).all()
    ours = {row.message_id for row in rows}
    unsure = {row.message_id for row in rows if row.state == MailState.UNSURE}
    got = [message_id for message_id in arrived if message_id in ours]
    return len(ours - set(got) - unsure), len(got) - len(set(got)), len(unsure)


def bank(sessions: sessionmaker[Session]) -> tuple[Actor, int, list[str]]:
    """A coordinator, an activity with 10,000 seats, and as many who may be asked."""
    with transaction(sessions) as session:
        county = make_county(session)
        account = make_account(session, name="Ebba Demolund", role=Role.COORDINATOR)
        activity = make_activity(session, county.region, seats=INVITED)
        numbers = range(INVITED)
        first = session.scalar(select(func.max(Account.id))) or 0
        session.execute(
            insert(Account), [_account(first + 1 + number, number) for number in numbers]
        )
        rows = [_member(first + 1 + number, number) for number in numbers]
        session.execute(insert(BankMember), rows)
        actor = Actor(account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)
        return actor, activity.id, [row["public_id"] for row in rows]


def _account(account_id: int, number: int) -> dict[str, object]:
    address = f"member{number}@example.org"
    return {
        "id": account_id,
        "public_id": new_public_id(),
        "email": address,
        "email_index": email_index(address),
        "display_name": f"Person {number}",
        "locale": ("sv", "sv", "sv", "ar", "en")[number % 5],
        "created_at": now(),
    }


def _member(account_id: int, number: int) -> dict[str, Any]:
    return {
        "public_id": new_public_id(),
        "account_id": account_id,
        "name": f"Person {number}",
        "state": "active",
        "municipality_code": "0880",
        "birth_year": 1950 + number % 50,
        "gender": "woman",
        "created_at": now(),
    }


def queueing(sessions: sessionmaker[Session]) -> list[tuple[float, float]]:
    """(seconds, CPU seconds) to invite everybody: rows, log lines and mails, in one commit."""
    actor, activity_id, people = bank(sessions)
    taken = []
    for _run in range(RUNS):
        with transaction(sessions) as session:
            session.execute(OutboxMail.__table__.delete())
            session.execute(Invitation.__table__.delete())
        started, started_cpu = time.perf_counter(), time.process_time()
        with transaction(sessions) as session:
            activity = session.get_one(Activity, activity_id)
            invite_members(
                session,
                actor,
                activity,
                people,
                reply_by=activity.starts_at - timedelta(days=2),
                reason="Mätning",
            )
        taken.append((time.perf_counter() - started, time.process_time() - started_cpu))
    with transaction(sessions) as session:
        queued = session.scalar(select(func.count(OutboxMail.id)))
        assert queued == INVITED, queued
        session.execute(OutboxMail.__table__.delete())
    return taken


def measure(name: str, url: str, folder: Path) -> list[Figure]:
    with separate_sink() as (smtp_url, pipe):
        environment = {
            "PARTICIPATION_ENV": "test",
            "PARTICIPATION_DATABASE_URL": url,
            "PARTICIPATION_DATA_DIR": str(folder),
            "PARTICIPATION_SMTP_URL": smtp_url,
        }
        config = Config.from_environment(environment)
        with open_installation(config) as installation:
            structlog.configure(
                wrapper_class=structlog.make_filtering_bound_logger(50),
                cache_logger_on_first_use=False,
            )
            migrate.upgrade(installation.engine)
            queues = queueing(installation.sessions)
            runs = [delivery(config, installation.sessions, smtp_url) for _ in range(RUNS)]
            with transaction(installation.sessions) as session:
                session.execute(OutboxMail.__table__.delete())
            lost, doubled, unsure = killed(config, installation.sessions, pipe)
    rate = round(statistics.median(rate for rate, _ in runs))
    cpu = round(statistics.median(cpu for _, cpu in runs), 1)
    queued = round(statistics.median(seconds for seconds, _ in queues), 2)
    queued_cpu = round(statistics.median(cpu for _, cpu in queues), 2)
    return [
        Figure(
            f"{name}: {INVITED} invitations queued",
            queued,
            "s",
            f"≤ {GOAL_TO_QUEUE:g}",
            queued <= GOAL_TO_QUEUE,
        ),
        Figure(f"{name}: CPU of queueing them", queued_cpu, "s"),
        Figure(
            f"{name}: mails by one worker",
            rate,
            "mails/s",
            f"≥ {GOAL_PER_SECOND}",
            rate >= GOAL_PER_SECOND,
        ),
        Figure(f"{name}: CPU of the worker per mail", cpu, "ms"),
        Figure(f"{name}: lost, {KILLS} kills in {KILLED_MAILS} mails", lost, "", "0", lost == 0),
        Figure(f"{name}: doubled", doubled, "", "0", doubled == 0),
        Figure(f"{name}: held as unsure", unsure, "", f"≤ {KILLS}", unsure <= KILLS),
    ]


def main() -> None:
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures += measure("SQLite", f"sqlite:///{folder / 'bench.db'}", folder)
        with shared_server(f"bench{os.getpid()}", is_durable=True) as server:
            figures += measure("PostgreSQL", server.fresh_database("bench"), folder)
    tell("outbox", figures)


if __name__ == "__main__":
    main()
