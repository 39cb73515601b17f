"""What storing and counting answers costs, for docs/decisions/0001: three layouts.

Packed (chosen): one row per response, closed answers in one short string. JSON: one row per
response, an object by question key. Long: one row per answer. All on SQLite and PostgreSQL, at
10,000, 100,000 and 1,000,000 responses of a yearly questionnaire with 15 closed questions.
`python bench/storage.py [--engine sqlite|postgres]`

Bounded: when an engine has used up its seconds, the larger sizes are left out, and it says so.
"""

import argparse
import os
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
from tests.factories.questionnaires import FREQUENCY, make_round
from tests.support.postgres import shared_server

SIZES = (10_000, 100_000, 1_000_000)
SECONDS_PER_ENGINE = 300.0
SUBMISSIONS = 60
WARM_UP = 5
CPU_GOAL_MS = 10.0
CROSS_GOAL_SECONDS = {100_000: 0.4, 1_000_000: 4.0}  # issue C's goals for a cross-table
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
    fill: str
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


def lay_in(bench: Bench, layout: Layout, number: int) -> None:
    """Add `number` random responses; the other layouts copy the answers of the packed one."""
    with bench.engine.begin() as connection:
        if bench.name == "sqlite":
            connection.execute(text("PRAGMA cache_size=-200000"))
        connection.execute(text(layout.fill), {"id": bench.round_id, "number": number})


def fillings(engine: str) -> dict[str, str]:
    """SQL that fills each layout: the database makes the rows, so that a million take seconds."""
    row = "round_id, id, answered_week, respondent_role, answers_for, answers"
    keys = " UNION ALL ".join(
        f"SELECT {place} AS place, '{key}' AS key" for place, key in enumerate(QUESTIONS, 1)
    )
    codes = " ".join(
        f"WHEN '{sign}' THEN '{code}'" for sign, code in zip(SIGNS, CODES, strict=False)
    )
    if engine == "sqlite":
        numbers = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number)"
        )
        key, sign, made, empty = "randomblob(16)", "(abs(random()) % 3)", "json_object", "'{}'"
    else:
        numbers = "WITH n(i) AS (SELECT generate_series(1, :number))"
        key, sign = "decode(md5(random()::text || i), 'hex')", "floor(random() * 3)::int"
        made, empty = "jsonb_build_object", "'{}'::jsonb"
    signs = " || ".join(f"CAST({sign} AS TEXT)" for _key in QUESTIONS)
    pairs = ", ".join(
        f"'{key}', CASE substr(answers, {place}, 1) {codes} END"
        for place, key in enumerate(QUESTIONS, 1)
    )
    return {
        "packed": f"INSERT INTO responses ({row}, numbers) {numbers}"
        f" SELECT :id, {key}, 202646, 'patient', 'self', {signs}, {empty} FROM n ORDER BY 2",
        "json": f"INSERT INTO json_responses ({row}) SELECT round_id, id, answered_week,"
        f" respondent_role, answers_for, {made}({pairs}) FROM responses"
        " WHERE round_id = :id ORDER BY id LIMIT :number",
        "long": "INSERT INTO long_answers (round_id, response_id, question_key, value)"
        f" SELECT round_id, id, key, CASE substr(answers, place, 1) {codes} END"
        f" FROM (SELECT * FROM responses WHERE round_id = :id ORDER BY id LIMIT :number) chosen"
        f" CROSS JOIN ({keys}) places ORDER BY 1, 3, 2",
    }


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
    fill = fillings(engine)
    return [
        Layout(
            "packed",
            "responses",
            fill["packed"],
            count_packed,
            run(
                "SELECT substr(answers, 4, 1), substr(answers, 10, 1), respondent_role, count(*)"
                " FROM responses WHERE round_id = :id GROUP BY 1, 2, 3"
            ),
        ),
        Layout(
            "json",
            "json_responses",
            fill["json"],
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
            fill["long"],
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
        page = client.get(f"/a/{code}/all").text
        proof = {name: field(page, name) for name in ("csrf_token", "round")}
        client.post(f"/a/{code}/all", data={**proof, **answers, "act": "look"})
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


def measure_layout(bench: Bench, layout: Layout, size: int) -> tuple[list[Figure], Values]:
    """All figures of one layout that now holds `size` responses."""
    with bench.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    times = 3 if size < SIZES[-1] else 1
    values = {
        ("bytes per response", size): bench.size_of(layout.table) / size,
        ("seconds to count", size): cpu_seconds(bench, layout.count_all, times),
        ("seconds to cross", size): cpu_seconds(bench, layout.cross, times),
    }
    name = f"{bench.name} {layout.name}, {size:,}"
    found = [
        Figure(f"{name}: size", round(values["bytes per response", size]), "bytes/response"),
        Figure(f"{name}: count all", round(values["seconds to count", size], 3), "s CPU"),
        crossed(name, size, values["seconds to cross", size]),
    ]
    return found, values


def measure(bench: Bench) -> list[Figure]:
    prepare(bench)
    found: list[Figure] = []
    values: dict[str, Values] = {"packed": {}, "json": {}, "long": {}}
    started = time.monotonic()
    have = 0
    for size in SIZES:
        for layout in layouts(bench.name):
            if time.monotonic() - started > SECONDS_PER_ENGINE:
                print(f"{bench.name} {layout.name}: {size:,} left out, time used up")
                continue
            start_over(bench, layout)
            lay_in(bench, layout, size - have if layout.name == "packed" else size)
            figures, measured = measure_layout(bench, layout, size)
            found += figures
            print(
                *(f"{one.figure} {one.value:g} {one.unit}" for one in figures), sep="\n", flush=True
            )
            values[layout.name].update(measured)
            if layout.name == "packed":
                found += submission(bench, f"{bench.name} packed, {size:,}")
                have = size + SUBMISSIONS + WARM_UP
    return [*found, *ratios(bench, values)]


def start_over(bench: Bench, layout: Layout) -> None:
    """The layouts that are copies are filled anew at each size; the packed one grows."""
    if layout.name != "packed":
        with bench.engine.begin() as connection:
            emptied = "DELETE FROM" if bench.name == "sqlite" else "TRUNCATE"
            connection.execute(text(f"{emptied} {layout.table}"))


def ratios(bench: Bench, values: dict[str, Values]) -> list[Figure]:
    return [
        Figure(
            f"{bench.name}: {other} / packed, {what}, {size:,}",
            round(values[other][what, size] / values["packed"][what, size], 2),
            "×",
        )
        for other in ("json", "long")
        for what in RATIOS
        for size in SIZES
        if (what, size) in values[other] and values["packed"].get((what, size))
    ]


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
