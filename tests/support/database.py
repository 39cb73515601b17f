"""Databases for tests: migrated once per process, real commits, emptied after each test.

No outer rollback: what the product commits is committed, on both engines.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from participation.foundation import migrate
from participation.foundation.db import Base, make_engine

KEPT_TABLES = frozenset({"alembic_version"})


class SqliteDatabases:
    """A migrated template file; every test gets a copy of it, in the same place.

    One engine for all: what it has compiled of SQL serves the next test too.
    """

    def __init__(self, folder: Path) -> None:
        self.template, self.path = folder / "template.db", folder / "test.db"
        engine = make_engine(f"sqlite:///{self.template}")
        migrate.upgrade(engine)
        engine.dispose()
        self.engine = make_engine(f"sqlite:///{self.path}")

    @contextmanager
    def fresh(self) -> Iterator[Engine]:
        assert not self.path.exists(), "one database at a time: another fixture holds this one"
        shutil.copyfile(self.template, self.path)
        try:
            yield self.engine
        finally:
            self.engine.dispose()
            for beside in ("", "-wal", "-shm", "-journal"):
                self.path.with_name(self.path.name + beside).unlink(missing_ok=True)


class PostgresDatabases:
    """One migrated database per test process; emptied after each test."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        migrate.upgrade(self.engine)

    @contextmanager
    def fresh(self) -> Iterator[Engine]:
        try:
            yield self.engine
        finally:
            self.empty()

    def empty(self) -> None:
        """Delete every row; foreign keys rest meanwhile, sequences run on."""
        names = [t.name for t in Base.metadata.sorted_tables if t.name not in KEPT_TABLES]
        statements = "; ".join(f'DELETE FROM "{name}"' for name in names)
        self.engine.dispose()
        with self.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.exec_driver_sql(statements)
