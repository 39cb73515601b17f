"""Databases for tests: migrated once per process, real commits, emptied after each test.

No outer rollback: what the product commits is committed, on both engines.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text

from participation.foundation import migrate
from participation.foundation.db import Base, make_engine

KEPT_TABLES = frozenset({"alembic_version"})
# Of the connection alone: what is in the database itself would stand in its backups.
EMPTY_TABLES = """
CREATE FUNCTION pg_temp.empty_tables() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {steps} END $$
"""


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
    """One migrated database per test process; emptied after each test.

    Connections stay: what the server has read of 180 tables, and its plans for emptying them,
    serve the next test too. The product leaves nothing on a connection: its locks and settings
    end with the transaction.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        migrate.upgrade(self.engine)
        # A test may end every connection to its database.
        self._emptying = create_engine(url, pool_pre_ping=True)
        event.listen(self._emptying, "connect", self._prepare)

    @staticmethod
    def _prepare(connection: Any, _record: object) -> None:
        """Looking into a table costs a quarter of deleting nothing from it."""
        names = [t.name for t in Base.metadata.sorted_tables if t.name not in KEPT_TABLES]
        steps = " ".join(
            f'IF EXISTS (SELECT FROM public."{name}") THEN DELETE FROM public."{name}"; END IF;'
            for name in names
        )
        connection.execute(EMPTY_TABLES.format(steps=steps))
        connection.commit()

    @contextmanager
    def fresh(self) -> Iterator[Engine]:
        try:
            yield self.engine
        finally:
            self.empty()

    def empty(self) -> None:
        """Delete every row; foreign keys rest meanwhile, sequences run on."""
        with self._emptying.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("SELECT pg_temp.empty_tables()"))

    def dispose(self) -> None:
        self.engine.dispose()
        self._emptying.dispose()
