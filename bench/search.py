"""Search over 10,000, 30,000 and 100,000 documents on SQLite and PostgreSQL.

Prints the p95 of a search page's two queries, the index's size and the seconds to build it.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from sqlalchemy import insert, text  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from bench.figures import Figure, tell  # noqa: E402
from participation.foundation import migrate  # noqa: E402
from participation.foundation.db import make_engine, make_sessions  # noqa: E402
from participation.foundation.permissions import NOBODY  # noqa: E402
from participation.foundation.search.models import SearchEntry  # noqa: E402
from participation.foundation.search.queries import hits  # noqa: E402
from participation.foundation.search.rules import stems  # noqa: E402
from tests.support.postgres import shared_server  # noqa: E402

SIZES = (10_000, 30_000, 100_000)
WORDS_PER_DOCUMENT = 60
SEARCHES = 40
SYLLABLES = (
    *("för", "be", "sam", "råd", "hjälp", "vård", "tid", "plan", "mot"),
    *("stöd", "när", "skola", "kom", "barn", "liv", "väg", "ord", "svar"),
)


def vocabulary(size: int, chance: random.Random) -> list[str]:
    """Invented Swedish-like words; frequencies follow a long tail like real text."""
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(size)]


def fill(
    session: Session, count: int, offset: int, chance: random.Random, words: list[str]
) -> None:
    weights = [1 / (rank + 10) for rank in range(len(words))]
    stem_of = {word: stems(word)[0] for word in words}
    rows = []
    for number in range(offset, offset + count):
        body = " ".join(chance.choices(words, weights, k=WORDS_PER_DOCUMENT))
        rows.append(
            {
                "source": "bench",
                "object_id": str(number),
                "title": body[:60],
                "body": body,
                "stems": " ".join(stem_of[word] for word in body.split()),
                "endpoint": "plans.plan",
                "endpoint_values": {"public_id": str(number)},
                "permission": None if number % 2 else "read_bank",
            }
        )
    session.execute(insert(SearchEntry), rows)


def p95(session: Session, words: list[str], chance: random.Random) -> float:
    """Milliseconds; one to three words, rare and common ones."""
    seconds = []
    for _ in range(SEARCHES):
        typed = " ".join(chance.sample(words[: len(words) // 3], chance.randint(1, 3)))
        began = time.perf_counter()
        hits(session, NOBODY, typed, 1)
        seconds.append(time.perf_counter() - began)
    return 1000 * sorted(seconds)[int(0.95 * SEARCHES)]


def measure(url: str, engine_name: str) -> list[Figure]:
    engine = make_engine(url)
    migrate.upgrade(engine)
    chance = random.Random(7)
    words = vocabulary(8_000, chance)
    rows, done = [], 0
    with make_sessions(engine)() as session:
        for size in SIZES:
            began = time.perf_counter()
            fill(session, size - done, done, chance, words)
            session.commit()
            if engine_name == "PostgreSQL":
                session.execute(text("ANALYZE search_entries"))
                session.commit()
            built = time.perf_counter() - began
            done = size
            figure = f"search p95, {size:,} documents, {engine_name}"
            found = p95(session, words, chance)
            rows.append(Figure(figure, round(found, 1), "ms", "≤ 100 ms", found <= 100))
            rows.append(
                Figure(f"adding up to {size:,} documents, {engine_name}", round(built, 1), "s")
            )
    engine.dispose()
    return rows


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(f"sqlite:///{folder}/search.db", "SQLite")
    with shared_server(f"bench{os.getpid()}", is_durable=True) as server:
        rows += measure(server.fresh_database("search"), "PostgreSQL")
    tell("search", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
