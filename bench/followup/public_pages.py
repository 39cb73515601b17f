"""How many readers a second the public pages stand, as production runs them, on both databases.

A closed loop of readers over kept connections. The client shares the machine's cores with the
servers, and what it took is told beside: on a machine of its own it would take nothing.
"""

import http.client
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import psutil
from sqlalchemy import Engine, text

from bench.figures import Figure
from bench.followup.load import Load, loop_of
from bench.followup.options import Options
from bench.pages import Gunicorn, gunicorn_for
from participation.demo.load import load_demo
from participation.foundation import migrate
from participation.foundation.config import Config
from participation.foundation.crypto import configure_keys
from participation.foundation.db import make_engine, make_sessions, transaction
from participation.foundation.journal import configure_journal
from participation.foundation.mail_templates import configure_mail
from participation.foundation.temporary_keys import configure_temporary_keys
from participation.registry import FEATURES
from tests.support.demo_site import demo_environment, demo_site
from tests.support.postgres import shared_server

READERS = 16
SECONDS, QUICK_SECONDS = 5.0, 1.5
GOAL = 500
SETTLE_SECONDS, STILL_CPU = 60, 0.05
BUSIEST = "start page"
PAGES: Mapping[str, str] = {
    "start page": "/",
    "group's perspective": "/groups/{group}/resident-perspective",
    "plan": "/plans/{plan}",
    "open data, findings": "/api/v1/findings",
}
EXAMPLES = {
    "group": "SELECT g.public_id FROM county_groups g JOIN finding_groups f ON f.group_id = g.id",
    "plan": "SELECT p.public_id FROM action_plans p JOIN plan_nodes n ON n.plan_id = p.id",
}


@dataclass(frozen=True)
class Site:
    """A running site with addresses of the pages that are read."""

    server: Gunicorn
    engine: Engine
    addresses: Mapping[str, str]


def measure(options: Options) -> Iterator[Figure]:
    seconds = QUICK_SECONDS if options.is_quick else SECONDS
    for name, served in (("SQLite", _on_sqlite), ("PostgreSQL", _on_postgres)):
        with served() as site:
            yield from _figures(name, site, seconds)


def _figures(name: str, site: Site, seconds: float) -> Iterator[Figure]:
    port = site.server.port
    _until_still(site.server)
    own, servers, began = _own_cpu(), site.server.cpu_seconds(), time.perf_counter()
    for page, address in site.addresses.items():
        for what, known in (("whole", ""), ("304", _etag(port, address))):
            load = loop_of(port, address, readers=READERS, seconds=seconds, known=known)
            yield from _told(f"{name}, {page}, {what}", load)
    took = time.perf_counter() - began
    shares = (_own_cpu() - own) / took, (site.server.cpu_seconds() - servers) / took
    yield Figure(f"{name}: cores that the client took", round(shares[0], 2), "")
    yield Figure(f"{name}: cores that the web processes took", round(shares[1], 2), "")
    load = loop_of(
        port, site.addresses[BUSIEST], readers=READERS, seconds=seconds, own="form=nothing"
    )
    anew = f"{name}, {BUSIEST}, made anew each time"
    yield Figure(anew, round(load.per_second), "answers/s")
    with _written_each_second(site.engine):
        load = loop_of(port, site.addresses[BUSIEST], readers=READERS, seconds=seconds)
    yield from _told(f"{name}, {BUSIEST}, whole, a commit each second", load)


def _until_still(server: Gunicorn) -> None:
    """What the worker does when it starts is no part of what pages cost."""
    until = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < until:
        before = server.cpu_seconds()
        time.sleep(1)
        if server.cpu_seconds() - before < STILL_CPU:
            return


@contextmanager
def _written_each_second(engine: Engine) -> Iterator[None]:
    """Somebody writes something, anything: all that is kept is forgotten each time."""
    over = Event()

    def write() -> None:
        while not over.wait(1):
            with engine.begin() as connection:
                connection.execute(text("UPDATE county_contacts SET phone = phone"))

    writer = Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


def _told(what: str, load: Load) -> Iterator[Figure]:
    per_second = round(load.per_second)
    yield Figure(what, per_second, "answers/s", f"≥ {GOAL}", holds=per_second >= GOAL)
    yield Figure(f"{what}, p95", round(load.p95_ms, 1), "ms")


def _own_cpu() -> float:
    return sum(psutil.Process().cpu_times()[:2])


def _etag(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address)
    etag = connection.getresponse().headers["ETag"]
    connection.close()
    return str(etag)


@contextmanager
def _on_sqlite() -> Iterator[Site]:
    with demo_site() as demo:
        environment = demo_environment(demo.database, demo.folder, env="development")
        with demo.engine.connect() as connection:
            found = {
                key: str(connection.scalar(text(f"{q} LIMIT 1"))) for key, q in EXAMPLES.items()
            }
        with gunicorn_for(environment, demo.folder) as server:
            yield Site(server, demo.engine, _addresses(found))


@contextmanager
def _on_postgres() -> Iterator[Site]:
    """Two web processes; the worker would be a process of its own and has nothing to do."""
    with (
        shared_server(f"bench{os.getpid()}", is_durable=True) as database,
        tempfile.TemporaryDirectory() as folder,
    ):
        environment = {
            **demo_environment(Path(folder) / "none.db", Path(folder), env="development"),
            "PARTICIPATION_DATABASE_URL": database.fresh_database("public_pages"),
            "WEB_CONCURRENCY": "2",
        }
        engine = make_engine(environment["PARTICIPATION_DATABASE_URL"])
        found = _loaded(engine, Config.from_environment(environment))
        with gunicorn_for(environment, Path(folder)) as server:
            yield Site(server, engine, _addresses(found))


def _loaded(engine: Engine, config: Config) -> dict[str, str]:
    configure_keys(config.contact_keys, config.index_key)
    configure_mail(config)
    configure_temporary_keys(config.data_dir)
    configure_journal(config.data_dir)
    migrate.upgrade(engine)
    with transaction(make_sessions(engine)) as session:
        load_demo(session, FEATURES, lambda _words: None)
        return {key: str(session.scalar(text(f"{q} LIMIT 1"))) for key, q in EXAMPLES.items()}


def _addresses(found: Mapping[str, str]) -> dict[str, str]:
    return {page: address.format_map(found) for page, address in PAGES.items()}
