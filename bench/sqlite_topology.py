"""SQLite with eight writing threads: a process-wide write turn against SQLite's own waiting.

Prints commits per second and the p99 of one commit, for both, with synchronous=FULL.
"""

import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from sqlalchemy import text  # noqa: E402
from sqlalchemy.orm import Session, sessionmaker  # noqa: E402

from bench.figures import Figure, tell  # noqa: E402
from participation.foundation.db import (  # noqa: E402
    make_engine,
    make_sessions,
    sqlite_journal_mode,
    write_turn,
)

THREADS = 8
SECONDS = 8.0


def without_turn(session: Session) -> object:
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    return nullcontext()


def commits(sessions: sessionmaker[Session], turn: Callable[[Session], object]) -> list[float]:
    """Seconds of each commit, from asking for the turn to having it on disk."""
    taken: list[float] = []
    until = time.perf_counter() + SECONDS

    def work() -> None:
        while (began := time.perf_counter()) < until:
            with sessions() as session, turn(session):  # type: ignore[attr-defined]
                session.execute(text("INSERT INTO notes (body) VALUES ('x')"))
                session.commit()
            taken.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(taken)


def main() -> None:
    figures = []
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        for name, turn in (("write turn", write_turn), ("SQLite's own waiting", without_turn)):
            engine = make_engine(f"sqlite:///{folder}/{len(figures)}.db")
            with engine.begin() as connection:
                connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)"))
            taken = commits(make_sessions(engine), turn)
            engine.dispose()
            p99 = 1000 * taken[int(0.99 * len(taken))]
            figures.append(Figure(f"commits per second, {name}", round(len(taken) / SECONDS), "/s"))
            figures.append(Figure(f"p99 of a commit, {name}", round(p99, 1), "ms"))
    journal = sqlite_journal_mode(sqlite3.sqlite_version_info)
    print(f"SQLite {sqlite3.sqlite_version}, journal {journal}, {THREADS} threads")
    tell("sqlite_topology", figures)


if __name__ == "__main__":
    main()
