"""The questionnaire that bench/survey.py asks, the servers that ask it, and somebody who answers.

Twenty screens: three batteries of fourteen statements in all, fourteen single questions, three
texts. CPU is that of the web processes and of the whole database server; what the client takes
is its own.
"""

import http.client
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from bench.pages import Gunicorn, gunicorn_for
from participation.county.models import County, HelpContact
from participation.foundation import migrate
from participation.foundation.clock import now
from participation.foundation.db import make_engine, make_sessions, transaction
from tests.factories.questionnaires import make_round
from tests.support.postgres import shared_server

SCALE = [
    {"code": code, "text": {"sv": words}}
    for code, words in (
        ("always", "Alltid"),
        ("often", "Ofta"),
        ("seldom", "Sällan"),
        ("never", "Aldrig"),
    )
] + [{"code": "dont_know", "is_dont_know": True, "text": {"sv": "Vet inte"}}]
CODES = [str(option["code"]) for option in SCALE]
BATTERIES = (5, 5, 4)
ROWS = [f"b{number}_{row}" for number, rows in enumerate(BATTERIES) for row in range(rows)]
SINGLES = [f"single_{number:02}" for number in range(14)]
TEXTS = [f"text_{number}" for number in range(3)]
CLOSED = [*ROWS, *SINGLES]
SCREENS = len(BATTERIES) + len(SINGLES) + len(TEXTS)
SETTLE_SECONDS, STILL_CPU = 10, 0.05
OWN_WORDS = "Att någon ringde tillbaka samma vecka, och att jag slapp berätta allt en gång till."


# Three of the single questions ask about who answers, so that answers can be broken down.
BACKGROUNDS = dict(zip(SINGLES[-3:], ("municipality", "gender", "age_band"), strict=True))


def content() -> dict[str, Any]:
    batteries = [
        {
            "key": f"battery_{number}",
            "kind": "battery",
            "text": {"sv": f"Hur ofta stämmer det här, del {number + 1}?"},
            "options": SCALE,
            "rows": [
                {"key": f"b{number}_{row}", "text": {"sv": f"Påstående {row + 1} om bemötandet"}}
                for row in range(rows)
            ],
        }
        for number, rows in enumerate(BATTERIES)
    ]
    singles = [
        {
            "key": key,
            "kind": "scale",
            "text": {"sv": f"Fråga {key} om vården"},
            "options": SCALE,
            "background": BACKGROUNDS.get(key, ""),
        }
        for key in SINGLES
    ]
    texts = [
        {"key": key, "kind": "long_text", "text": {"sv": "Vad hade gjort skillnad?"}}
        for key in TEXTS
    ]
    return {
        "key": "bench",
        "title": {"sv": "Bänk"},
        "intro": {"sv": "Vi vill veta hur det går."},
        "audience": ["patient"],
        "questions": [*batteries, *singles, *texts],
    }


def all_answers() -> dict[str, str]:
    """What the form of the whole questionnaire sends."""
    closed = {f"q_{key}": CODES[place % len(CODES)] for place, key in enumerate(CLOSED)}
    return {**closed, **{f"q_{key}": OWN_WORDS for key in TEXTS}}


@dataclass
class Site:
    """One engine, filled with one open round, and how to serve it."""

    name: str
    engine: Engine
    environment: Mapping[str, str]
    folder: Path
    database: psutil.Process | None = None
    round_id: int = 0

    def database_cpu(self) -> float:
        """CPU seconds of the whole database server; backends that ended are in its children's."""
        if self.database is None:
            return 0.0
        total = sum(self.database.cpu_times()[:4])
        for child in self.database.children(recursive=True):
            try:
                total += sum(child.cpu_times()[:2])
            except psutil.NoSuchProcess:
                continue
        return float(total)

    def lay_in(self, number: int) -> None:
        """Add random answers, a text with every tenth; the database makes the rows itself."""
        is_sqlite = self.database is None
        if is_sqlite:
            source = (
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number)"
            )
            key, sign, empty = "randomblob(16)", "(abs(random()) % 5)", "'{}'"
            some = "abs(random()) % 10 = 0"
        else:
            source = "WITH n(i) AS (SELECT generate_series(1, :number))"
            key, sign, empty = (
                "decode(md5(random()::text || i), 'hex')",
                "floor(random() * 5)::int",
                "'{}'::jsonb",
            )
            some = "random() < 0.1"
        signs = " || ".join(f"CAST({sign} AS TEXT)" for _key in CLOSED)
        columns = "round_id, id, answered_week, respondent_role, answers_for, answers, numbers"
        if number <= 0:
            return
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    f"INSERT INTO responses ({columns}) {source} SELECT :id, {key}, 202646,"
                    f" CASE {sign} WHEN 0 THEN 'next_of_kin' ELSE 'patient' END, 'self',"
                    f" {signs}, {empty} FROM n ORDER BY 2"
                ),
                {"id": self.round_id, "number": number},
            )
            connection.execute(
                text(
                    "INSERT INTO response_texts (round_id, response_id, question_key, text, locale)"
                    f" SELECT round_id, id, 'text_0', :words, 'sv' FROM responses WHERE {some}"
                    " ON CONFLICT DO NOTHING"
                ),
                {"words": OWN_WORDS},
            )
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))

    @contextmanager
    def served(self) -> Iterator["Served"]:
        with gunicorn_for(self.environment, self.folder) as server:
            served = Served(self, server)
            served.settle()
            yield served


@dataclass(frozen=True)
class Served:
    site: Site
    server: Gunicorn

    def cpu(self) -> float:
        """CPU seconds so far of web processes and database."""
        return self.server.cpu_seconds() + self.site.database_cpu()

    def settle(self) -> None:
        """Wait until what a worker does at its start is done: it is no part of an answer."""
        for _second in range(SETTLE_SECONDS):
            before = self.cpu()
            time.sleep(1)
            if self.cpu() - before < STILL_CPU:
                return


class Respondent:
    """A browser without a browser: one connection, the forms filled in."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, address: str) -> str:
        return self._asked("GET", address, None)[1]

    def post(self, address: str, data: Mapping[str, str]) -> tuple[str, str]:
        """(where it leads, the page)."""
        return self._asked("POST", address, urlencode(data))

    def _asked(self, method: str, address: str, body: str | None) -> tuple[str, str]:
        headers = {"Accept": "text/html"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body=body, headers=headers)
        response = self.connection.getresponse()
        page = response.read()
        if response.status not in {200, 302, 303}:
            raise RuntimeError(f"{method} {address}: {response.status}")
        leads = urlsplit(response.headers.get("Location", ""))
        text = page.decode(errors="replace")
        return leads.path, text

    def begin(self) -> str:
        """Press Start; the code of the draft."""
        page = self.get("/q/bench")
        leads, _page = self.post("/q/bench/start", {"csrf_token": hidden(page, "csrf_token")})
        return leads.split("/")[2]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def _help_contact() -> HelpContact:
    """Every county has some: they stand on each answer page."""
    return HelpContact(
        layer="bench",
        key="help",
        name="Sjukvårdsrådgivningen",
        names={},
        phone="1177",
        text="Dygnet runt.",
        audience="all",
        position=1,
    )


def _prepared(site: Site) -> Site:
    migrate.upgrade(site.engine)
    with transaction(make_sessions(site.engine)) as session:
        session.add(County(layer="bench", name="Bänk", code="08", run_by="Bänk"))
        session.add(_help_contact())
        ends = now() + timedelta(days=9)
        site.round_id = make_round(session, content(), slug="bench", closes_at=ends).id
    return site


def _environment(url: str, folder: str) -> dict[str, str]:
    return {
        "PARTICIPATION_ENV": "development",
        "PARTICIPATION_DATABASE_URL": url,
        "PARTICIPATION_DATA_DIR": folder,
    }


@contextmanager
def sqlite_site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        engine = make_engine(url)
        yield _prepared(Site("SQLite", engine, _environment(url, folder), Path(folder)))
        engine.dispose()


@contextmanager
def postgres_site() -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory() as folder,
        shared_server(f"survey{os.getpid()}", is_durable=True) as server,
    ):
        url = server.fresh_database("bench_survey")
        engine = make_engine(url)
        socket = Path(str(make_url(url).query["host"]))
        pid = int((socket / "data" / "postmaster.pid").read_text().split()[0])
        site = Site("PostgreSQL", engine, _environment(url, folder), Path(folder))
        site.database = psutil.Process(pid)
        yield _prepared(site)
        engine.dispose()


SITES = {"sqlite": sqlite_site, "postgres": postgres_site}
