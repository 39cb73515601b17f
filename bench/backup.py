"""Backup and restore of 100,000 rows with texts, on SQLite and PostgreSQL (TRUST 43).

The rows stand in for answers: each as large as a packed response with a short free text.
`python bench/backup.py`
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import insert

from bench.figures import Figure, tell
from participation.foundation import migrate
from participation.foundation.backup import backup, restore
from participation.foundation.config import Config
from participation.foundation.db import new_public_id
from participation.foundation.installation import open_installation
from participation.foundation.jobs import Job
from tests.support.postgres import shared_server

ROWS = 100_000
TEXT = "Det är svårt att veta vem jag ska ringa när båda säger att det är den andra. " * 4
GOAL_SECONDS = 300


def measure(name: str, url: str, folder: Path) -> list[Figure]:
    file = folder / f"{name}.tar"
    config = Config.from_environment(
        {
            "PARTICIPATION_ENV": "test",
            "PARTICIPATION_DATABASE_URL": url,
            "PARTICIPATION_DATA_DIR": str(folder),
        }
    )
    with open_installation(config) as installation:
        migrate.upgrade(installation.engine)
        rows = [
            {"kind": "bench", "public_id": new_public_id(), "payload": {"n": number, "text": TEXT}}
            for number in range(ROWS)
        ]
        with installation.engine.begin() as connection:
            connection.execute(insert(Job), rows)
        started = time.perf_counter()
        backup(config, installation.engine, file)
        saved = time.perf_counter() - started
    started = time.perf_counter()
    restore(config, file)  # raises when a table differs
    brought_back = time.perf_counter() - started
    both = round(saved + brought_back, 1)
    return [
        Figure(f"{name}: backup of {ROWS:,} rows", round(saved, 1), "s"),
        Figure(f"{name}: restore with comparison", round(brought_back, 1), "s"),
        Figure(f"{name}: both", both, "s", f"≤ {GOAL_SECONDS}", both <= GOAL_SECONDS),
        Figure(f"{name}: size of the file", round(file.stat().st_size / 2**20), "MiB"),
    ]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = measure("SQLite", f"sqlite:///{folder / 'bench.db'}", folder)
        with shared_server(f"backup{os.getpid()}", is_durable=True) as server:
            figures += measure("PostgreSQL", server.fresh_database("bench"), folder)
    tell("backup", figures)


if __name__ == "__main__":
    main()
