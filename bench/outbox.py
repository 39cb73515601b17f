"""Mails per second by one worker to a real SMTP server, and what killing it costs.

SQLite with synchronous=FULL and PostgreSQL with fsync on, as in production; the SMTP sink is a
process of its own. `python bench/outbox.py`
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
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bench.figures import Figure, tell
from participation.foundation import migrate
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.crypto import email_index
from participation.foundation.db import transaction
from participation.foundation.installation import open_installation
from participation.foundation.mail_templates import new_message_id
from participation.foundation.outbox import OutboxMail
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.rules import NOT_HANDED_OVER, MailState
from participation.foundation.outbox.transports import SmtpTransport
from tests.support.mail_worker import CONTEXT, deliver_until_killed
from tests.support.postgres import shared_server
from tests.support.smtp_sink import smtp_sink

MAILS = 500
KILLED_MAILS = 200
KILLS = 12
RUNS = 3
GOAL_PER_SECOND = 50  # 500 invitations leave within ten seconds
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
                    subject="Inbjudan",
                    text=TEXT,
                    html=f"<p>{TEXT}</p>",
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
            structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
            migrate.upgrade(installation.engine)
            runs = [delivery(config, installation.sessions, smtp_url) for _ in range(RUNS)]
            with transaction(installation.sessions) as session:
                session.execute(OutboxMail.__table__.delete())
            lost, doubled, unsure = killed(config, installation.sessions, pipe)
    rate = round(statistics.median(rate for rate, _ in runs))
    cpu = round(statistics.median(cpu for _, cpu in runs), 1)
    return [
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
