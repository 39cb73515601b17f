"""The follow-up page of a group, beside a million measurements, on SQLite and PostgreSQL.

The demo county's group gets 700 indicators over its perspectives; each has a value for the county
and for twelve municipalities, three sexes and forty quarters. Every request asks for an address of
its own, so that no kept page answers it: what is timed is the server making the page.
"""

import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from flask import Flask
from sqlalchemy import (
    CTE,
    ColumnElement,
    Engine,
    String,
    column,
    func,
    insert,
    select,
    text,
    values,
)
from sqlalchemy.orm import Session

from bench.figures import Figure
from bench.followup.options import Options
from participation.app import create_app
from participation.county.models import Group, Municipality, Perspective
from participation.demo.load import load_demo
from participation.foundation import migrate
from participation.foundation.config import Config
from participation.foundation.crypto import configure_keys
from participation.foundation.db import make_engine, make_sessions, transaction
from participation.foundation.journal import configure_journal
from participation.foundation.mail_templates import configure_mail
from participation.foundation.temporary_keys import configure_temporary_keys
from participation.indicators.models import Indicator, Measurement
from participation.registry import FEATURES
from tests.support.demo_site import demo_environment
from tests.support.postgres import shared_server
from tests.support.query_count import counted_queries

GROUP = "provmodellen"  # of the demo county: it has findings, promises and a plan
SIZES = (70, 700)  # indicators; the demo alone comes first
SEXES = ("T", "K", "M")
QUARTERS = tuple(f"{2017 + place // 4}-Q{place % 4 + 1}" for place in range(40))
GOAL = 150  # milliseconds
TRIVIAL = "/health/live"
TIMES, WARM_UP = 200, 10


def measure(options: Options) -> Iterator[Figure]:
    """p95 of the page on both engines at three sizes, and how often it asks the database."""
    for name, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgres)):
        with opened() as (app, engine):
            yield from _of_engine(name, app, engine, TIMES // 10 if options.is_quick else TIMES)


def _of_engine(name: str, app: Flask, engine: Engine, times: int) -> Iterator[Figure]:
    sessions = make_sessions(engine)
    with sessions() as session:
        address = _address(session)
    asked = {0: _queries(app, engine, address)}
    yield _figure(f"group page, {name}, the demo alone", app, address, times)
    for size in SIZES:
        with transaction(sessions) as session:
            count = lay_in(session, size)
        _know_its_size(engine)
        asked[size] = _queries(app, engine, address)
        goal = GOAL if size == SIZES[-1] else None
        title = f"group page, {name}, {size} indicators, {count:,} measurements"
        used = _cpu(engine)
        yield _figure(title, app, address, times, goal)
        spent = 1000 * (_cpu(engine) - used) / (WARM_UP + times)
        yield Figure("the same, CPU of the process and the database, mean", round(spent, 1), "ms")
    yield Figure(f"trivial page, {name}, p95", _p95(app, TRIVIAL, times), "ms")
    (few, many) = (asked[size] for size in SIZES)
    yield Figure(f"group page, {name}: queries", many, "", f"as with {SIZES[0]}", many == few)


def _figure(title: str, app: Flask, address: str, times: int, goal: int | None = None) -> Figure:
    spent = _p95(app, address, times)
    return Figure(
        f"{title}, p95",
        spent,
        "ms",
        f"≤ {goal} ms" if goal else "",
        spent <= goal if goal else None,
    )


def _p95(app: Flask, address: str, times: int) -> float:
    client = app.test_client()
    spent = []
    for number in range(WARM_UP + times):
        began = time.perf_counter()
        answer = client.get(address, query_string={"n": str(number)})
        spent.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, answer.status
    ordered = sorted(spent[WARM_UP:])
    return round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1)


def _cpu(engine: Engine) -> float:
    """CPU seconds so far of this process and, where it is one of its own, of the database."""
    if engine.dialect.name == "sqlite":
        return time.process_time()
    with engine.connect() as connection:
        backends = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = connection.execute(backends).scalars().all()
    return time.process_time() + sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


def _queries(app: Flask, engine: Engine, address: str) -> int:
    client = app.test_client()
    client.get(address)
    with counted_queries(engine) as asked:
        client.get(address, query_string={"n": uuid.uuid4().hex})
    return len(asked)


def _address(session: Session) -> str:
    found = select(Group.public_id).where(Group.key == GROUP)
    return f"/groups/{session.scalars(found).one()}/follow-up"


# ---------------------------------------------------------------- laying in


def lay_in(session: Session, size: int) -> int:
    """Indicators up to `size` of the group, each with all its values; how many values in all."""
    group_id = session.scalars(select(Group.id).where(Group.key == GROUP)).one()
    perspectives = list(session.scalars(select(Perspective.id).order_by(Perspective.position)))
    known = select(func.count()).select_from(Indicator).where(Indicator.layer == "bench")
    first = session.scalars(known).one()
    session.add_all(
        Indicator(
            layer="bench",
            key=f"bench-{number}",
            name=f"Mått {number}",
            group_id=group_id,
            perspective_id=perspectives[number % len(perspectives)],
            unit="procent",
            better="higher",
            period_kind="quarter",
            position=1000 + number,
        )
        for number in range(first, size)
    )
    session.flush()
    _measurements(session)
    return session.scalars(
        select(func.count()).select_from(Measurement).where(Measurement.layer == "bench")
    ).one()


def _measurements(session: Session) -> None:
    """Every value of every indicator that has none, in one statement."""
    has_some = select(Measurement.id).where(Measurement.indicator_id == Indicator.id).exists()
    codes = [*session.scalars(select(Municipality.code).order_by(Municipality.code)), ""]
    places, sexes, quarters = _list("place", codes), _list("sex", SEXES), _list("q", QUARTERS)
    number = func.length(places.c.word) + func.length(quarters.c.word)
    value: ColumnElement[float] = (Indicator.id * 7 + number * 13) % 97 + 0.5
    chosen = (
        select(Indicator.id, quarters.c.word, places.c.word, sexes.c.word, value)
        .add_columns(text("'bench'"))
        .select_from(Indicator)
        .join(places, text("1=1"))
        .join(sexes, text("1=1"))
        .join(quarters, text("1=1"))
        .where(Indicator.layer == "bench", ~has_some)
    )
    filled = ["indicator_id", "period", "municipality_code", "sex", "value", "layer"]
    session.execute(insert(Measurement.__table__).from_select(filled, chosen))


def _list(name: str, words: Sequence[str]) -> CTE:
    return values(column("word", String), name=f"{name}_list").data([(w,) for w in words]).cte(name)


def _know_its_size(engine: Engine) -> None:
    """As autovacuum and the nightly maintenance do after a large import."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


# ---------------------------------------------------------------- two engines


@contextmanager
def on_sqlite() -> Iterator[tuple[Flask, Engine]]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-followup-"))
        yield stack.enter_context(_demo(Path(folder), f"sqlite:///{folder}/demo.db"))


@contextmanager
def on_postgres() -> Iterator[tuple[Flask, Engine]]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-followup-"))
        server = stack.enter_context(shared_server(uuid.uuid4().hex, is_durable=True))
        url = server.fresh_database("followup")
        stack.callback(server.drop_database, "followup")
        yield stack.enter_context(_demo(Path(folder), url))


@contextmanager
def _demo(folder: Path, url: str) -> Iterator[tuple[Flask, Engine]]:
    environment = demo_environment(folder / "demo.db", folder)
    config = Config.from_environment({**environment, "PARTICIPATION_DATABASE_URL": url})
    configure_keys(config.contact_keys, config.index_key)
    configure_mail(config)
    configure_temporary_keys(config.data_dir)
    configure_journal(config.data_dir)
    engine = make_engine(config.database_url)
    migrate.upgrade(engine)
    with transaction(make_sessions(engine)) as session:
        load_demo(session, FEATURES, _say_nothing)
    try:
        yield create_app(config, engine), engine
    finally:
        engine.dispose()


def _say_nothing(_line: str) -> None:
    """The demo tells what it loads; a benchmark prints its table alone."""
