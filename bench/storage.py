"""What storing and counting answers costs, for docs/decisions/0001: three layouts.

Packed (chosen): one row per response, closed answers in one short string. JSON: one row per
response, an object by question key. Long: one row per answer. All on SQLite and PostgreSQL, at
10,000, 100,000 and 1,000,000 responses of a yearly questionnaire with 15 closed questions.
`python bench/storage.py [--engine sqlite|postgres]`

Bounded: loading of a layout stops when its seconds are used up, and the figure is left out.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
from sqlalchemy import Engine, text

from bench.figures import Figure, tell
from participation.app import create_app
from participation.foundation import migrate
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.db import make_engine, make_sessions, transaction
from participation.questionnaires.queries import round_totals
from participation.questionnaires.rules.packing import SIGNS
from participation.questionnaires.rules.sealing import form_value
from tests.factories.questionnaires import FREQUENCY, make_round
from tests.support.postgres import shared_server

SIZES = (10_000, 100_000, 1_000_000)
SECONDS_PER_LAYOUT = 240.0
POOL = 2_000
SUBMISSIONS = 60
WARM_UP = 5
CPU_GOAL_MS = 10.0
CROSS_GOAL_SECONDS = {100_000: 0.4, 1_000_000: 4.0}  # issue C's goals for a cross-table
BATCH = 100_000  # random keys touch every page: few commits load fastest
QUESTIONS = [f"question_{number:02}" for number in range(15)]
CODES = [option["code"] for option in FREQUENCY]
RATIOS = ("bytes per response", "seconds to count", "seconds to cross")

Values = dict[tuple[str, int], float]


@dataclass
class Bench:
    """One engine under measurement."""

    name: str
    engine: Engine
    config: Config
    server_cpu: Callable[[], float]
    size_of: Callable[[str], int]
    round_id: int = 0

    def cpu(self) -> float:
        """CPU seconds of this process and of the database's."""
        return time.process_time() + self.server_cpu()


@dataclass(frozen=True)
class Layout:
    """A way to lay answers: its table, how rows are made, counted and crossed."""

    name: str
    table: str
    columns: tuple[str, ...]
    rows: Callable[[Bench, list[Any]], Iterator[tuple[Any, ...]]]
    count_all: Callable[[Bench], int]
    cross: Callable[[Bench], int]


# -- laying in -------------------------------------------------------------------------------


def content() -> dict[str, Any]:
    scales = [
        {"key": key, "kind": "scale", "text": {"sv": key}, "options": FREQUENCY}
        for key in QUESTIONS
    ]
    words = {"key": "words", "kind": "long_text", "text": {"sv": "Egna ord"}}
    return {
        "key": "bench",
        "title": {"sv": "Bänk"},
        "audience": ["patient"],
        "questions": [*scales, words],
    }


def prepare(bench: Bench) -> None:
    migrate.upgrade(bench.engine)
    with transaction(make_sessions(bench.engine)) as session:
        made = make_round(session, content(), slug="bench", closes_at=now() + timedelta(days=9))
        bench.round_id = made.id
    is_sqlite = bench.name == "sqlite"
    blob, kind = ("BLOB", "JSON") if is_sqlite else ("bytea", "JSONB")
    ending = "WITHOUT ROWID" if is_sqlite else ""
    with bench.engine.begin() as connection:
        connection.execute(
            text(
                f"CREATE TABLE long_answers (round_id INTEGER, response_id {blob},"
                " question_key VARCHAR(60), value VARCHAR(200) NOT NULL,"
                f" PRIMARY KEY (round_id, question_key, response_id)) {ending}"
            )
        )
        connection.execute(
            text(
                f"CREATE TABLE json_responses (round_id INTEGER, id {blob},"
                " answered_week INTEGER, respondent_role VARCHAR(20), answers_for VARCHAR(20),"
                f" answers {kind}, PRIMARY KEY (round_id, id)) {ending}"
            )
        )


def made_up(number: int, dice: random.Random) -> list[tuple[bytes, dict[str, str]]]:
    """Answers out of a pool: what is measured is storing them, not inventing them."""
    pool = [{key: dice.choice(CODES) for key in QUESTIONS} for _n in range(POOL)]
    return [(dice.randbytes(16), pool[dice.randrange(POOL)]) for _n in range(number)]


def load(bench: Bench, layout: Layout, upto: int, have: int, deadline: float) -> bool:
    """Bring the layout's table from `have` to `upto` responses; False when time ran out."""
    dice = random.Random(upto)
    lay_in = lay_into_sqlite if bench.name == "sqlite" else lay_into_postgres
    while have < upto:
        if time.monotonic() > deadline:
            return False
        lay_in(bench, layout, made_up(min(BATCH, upto - have), dice))
        have = min(upto, have + BATCH)
    return True


def lay_into_sqlite(bench: Bench, layout: Layout, batch: list[Any]) -> None:
    marks = ",".join("?" * len(layout.columns))
    names = ",".join(layout.columns)
    with bench.engine.begin() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA cache_size=-400000")
        statement = f"INSERT INTO {layout.table} ({names}) VALUES ({marks})"
        raw.executemany(statement, layout.rows(bench, batch))


def lay_into_postgres(bench: Bench, layout: Layout, batch: list[Any]) -> None:
    names = ",".join(layout.columns)
    with bench.engine.begin() as connection:
        raw: Any = connection.connection.driver_connection
        with raw.cursor().copy(f"COPY {layout.table} ({names}) FROM STDIN") as copy:
            for row in layout.rows(bench, batch):
                copy.write_row(row)


def packed_rows(bench: Bench, batch: list[Any]) -> Iterator[tuple[Any, ...]]:
    for row_id, answers in batch:
        signs = "".join(SIGNS[CODES.index(answers[key])] for key in QUESTIONS)
        yield bench.round_id, row_id, 202646, "patient", "self", signs, "{}"


def json_rows(bench: Bench, batch: list[Any]) -> Iterator[tuple[Any, ...]]:
    for row_id, answers in batch:
        by_key = json.dumps(answers, separators=(",", ":"))
        yield bench.round_id, row_id, 202646, "patient", "self", by_key


def long_rows(bench: Bench, batch: list[Any]) -> Iterator[tuple[Any, ...]]:
    for row_id, answers in batch:
        for key, value in answers.items():
            yield bench.round_id, row_id, key, value


# -- counting --------------------------------------------------------------------------------


def count_packed(bench: Bench) -> int:
    with make_sessions(bench.engine)() as session:
        return round_totals(session, bench.round_id).responses


def run(statement: str) -> Callable[[Bench], int]:
    def work(bench: Bench) -> int:
        with bench.engine.connect() as connection:
            return len(connection.execute(text(statement), {"id": bench.round_id}).all())

    return work


def layouts(engine: str) -> list[Layout]:
    is_sqlite = engine == "sqlite"
    each = "json_each" if is_sqlite else "jsonb_each_text"
    first, second = QUESTIONS[3], QUESTIONS[9]
    one, other = (
        f"json_extract(answers, '$.{key}')" if is_sqlite else f"answers->>'{key}'"
        for key in (first, second)
    )
    row = ("round_id", "id", "answered_week", "respondent_role", "answers_for", "answers")
    return [
        Layout(
            "packed",
            "responses",
            (*row, "numbers"),
            packed_rows,
            count_packed,
            run(
                "SELECT substr(answers, 4, 1), substr(answers, 10, 1), respondent_role, count(*)"
                " FROM responses WHERE round_id = :id GROUP BY 1, 2, 3"
            ),
        ),
        Layout(
            "json",
            "json_responses",
            row,
            json_rows,
            run(
                f"SELECT p.key, p.value, count(*) FROM json_responses, {each}(answers) p"
                " WHERE round_id = :id GROUP BY 1, 2"
            ),
            run(
                f"SELECT {one}, {other}, respondent_role, count(*) FROM json_responses"
                " WHERE round_id = :id GROUP BY 1, 2, 3"
            ),
        ),
        Layout(
            "long",
            "long_answers",
            ("round_id", "response_id", "question_key", "value"),
            long_rows,
            run(
                "SELECT question_key, value, count(*) FROM long_answers"
                " WHERE round_id = :id GROUP BY 1, 2"
            ),
            run(
                "SELECT a.value, b.value, count(*) FROM long_answers a JOIN long_answers b"
                " USING (round_id, response_id) WHERE a.round_id = :id"
                f" AND a.question_key = '{first}' AND b.question_key = '{second}' GROUP BY 1, 2"
            ),
        ),
    ]


# -- measuring -------------------------------------------------------------------------------


def cpu_seconds(bench: Bench, work: Callable[[Bench], Any], times: int) -> float:
    """CPU of this process and the database; other programs on the machine do not count."""
    taken = []
    for _number in range(times):
        before = bench.cpu()
        work(bench)
        taken.append(bench.cpu() - before)
    return median(taken)


def submission_ms(bench: Bench) -> tuple[float, float]:
    """CPU of the last POST (store, spend, delete the draft, page) and of a trivial page; means."""
    client = create_app(bench.config, bench.engine).test_client()
    sent = trivial = 0.0
    for number in range(SUBMISSIONS + WARM_UP):
        data = {"csrf_token": field(client.get("/q/bench").text, "csrf_token")}
        code = client.post("/q/bench/start", data=data).headers["Location"].split("/")[2]
        answers = {f"q_{key}": "often" for key in QUESTIONS} | {"q_words": "Att någon ringde."}
        client.post(f"/a/{code}/all", data={"csrf_token": form_value(code), **answers})
        review = client.get(f"/a/{code}/review").text
        form = {name: field(review, name) for name in ("csrf_token", "receipt", "round")}
        before = bench.cpu()
        page = client.post(f"/a/{code}/send", data=form)
        after = bench.cpu()
        client.get("/health/live")
        assert page.status_code == 200
        if number >= WARM_UP:
            sent += after - before
            trivial += bench.cpu() - after
    return sent / SUBMISSIONS * 1000, trivial / SUBMISSIONS * 1000


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found
    return found[1]


def submission(bench: Bench, name: str) -> list[Figure]:
    sent, trivial = submission_ms(bench)
    figures = [
        Figure(f"{name}: one submission", round(sent, 2), "ms CPU", "≤ 10", sent <= CPU_GOAL_MS)
    ]
    if bench.name == "sqlite":  # PostgreSQL's own CPU is told in steps too coarse for one page
        figures.append(Figure(f"{name}: in trivial pages", round(sent / trivial, 1), "×"))
    return figures


def crossed(name: str, size: int, seconds: float) -> Figure:
    goal = CROSS_GOAL_SECONDS.get(size)
    return Figure(
        f"{name}: cross two questions and role",
        round(seconds, 3),
        "s CPU",
        "" if goal is None else f"≤ {goal:g}",
        None if goal is None else seconds <= goal,
    )


def measure_layout(bench: Bench, layout: Layout, found: list[Figure]) -> Values:
    deadline = time.monotonic() + SECONDS_PER_LAYOUT
    values: Values = {}
    have = 0
    for size in SIZES:
        started = time.monotonic()
        if not load(bench, layout, size, have, deadline):
            print(f"{bench.name} {layout.name}: {size:,} left out, time used up", file=sys.stderr)
            break
        loaded = (time.monotonic() - started) / (size - have) * 1e6
        have = size
        with bench.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        times = 3 if size < SIZES[-1] else 1
        values["bytes per response", size] = bench.size_of(layout.table) / size
        values["seconds to count", size] = cpu_seconds(bench, layout.count_all, times)
        values["seconds to cross", size] = cpu_seconds(bench, layout.cross, times)
        name = f"{bench.name} {layout.name}, {size:,}"
        found += [
            Figure(f"{name}: load in batches", round(loaded, 1), "µs/response"),
            Figure(f"{name}: size", round(values["bytes per response", size]), "bytes/response"),
            Figure(f"{name}: count all", round(values["seconds to count", size], 3), "s CPU"),
            crossed(name, size, values["seconds to cross", size]),
        ]
        if layout.name == "packed":
            found += submission(bench, name)
    return values


def measure(bench: Bench) -> list[Figure]:
    prepare(bench)
    found: list[Figure] = []
    values = {one.name: measure_layout(bench, one, found) for one in layouts(bench.name)}
    for other in ("json", "long"):
        for what in RATIOS:
            for size in SIZES:
                mine, theirs = values["packed"].get((what, size)), values[other].get((what, size))
                if mine and theirs:
                    name = f"{bench.name}: {other} / packed, {what}, {size:,}"
                    found.append(Figure(name, round(theirs / mine, 2), "×"))
    return found


# -- engines ---------------------------------------------------------------------------------


def config_for(url: str, folder: str) -> Config:
    return Config.from_environment(
        {
            "PARTICIPATION_ENV": "development",
            "PARTICIPATION_DATABASE_URL": url,
            "PARTICIPATION_DATA_DIR": folder,
        }
    )


@contextmanager
def sqlite_bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        engine = make_engine(url)

        def size_of(table: str) -> int:
            statement = text("SELECT sum(pgsize) FROM dbstat WHERE name IN (:table, :index)")
            names = {"table": table, "index": f"ix_{table}_round_id_unit_id"}
            with engine.connect() as connection:
                return int(connection.execute(statement, names).scalar_one())

        yield Bench("sqlite", engine, config_for(url, folder), lambda: 0.0, size_of)
        engine.dispose()


@contextmanager
def postgres_bench() -> Iterator[Bench]:
    with (
        tempfile.TemporaryDirectory() as folder,
        shared_server(f"bench{os.getpid()}", is_durable=True) as server,
    ):
        url = server.fresh_database("bench_storage")
        engine = make_engine(url)
        backends = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")

        def size_of(table: str) -> int:
            statement = text("SELECT pg_total_relation_size(:name)")
            with engine.connect() as connection:
                return int(connection.execute(statement, {"name": table}).scalar_one())

        def server_cpu() -> float:
            with engine.connect() as connection:
                pids = connection.execute(backends).scalars().all()
            return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)

        yield Bench("postgres", engine, config_for(url, folder), server_cpu, size_of)
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgres"))
    asked = parser.parse_args().engine
    found: list[Figure] = []
    for name, opened in (("sqlite", sqlite_bench), ("postgres", postgres_bench)):
        if asked in {None, name}:
            with opened() as bench:
                found += measure(bench)
    tell("storage" if asked is None else f"storage-{asked}", found)


if __name__ == "__main__":
    main()
