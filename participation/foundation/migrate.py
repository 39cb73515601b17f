"""Bring a database to the newest shape, or back; the history lies in migrations/."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from participation.foundation.paths import MIGRATIONS


def _config() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def head_revision() -> str:
    """The newest migration in the files."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current_revision(engine: Engine) -> str | None:
    """The migration the database stands at, None for an empty database."""
    with engine.connect() as connection:
        return current_revision_of(connection)


def current_revision_of(connection: Connection) -> str | None:
    """The same through an open connection."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the missing migrations upwards."""
    config = _config()
    with _changing_tables(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Run migrations downwards to `revision` ("base" for an empty database)."""
    config = _config()
    with _changing_tables(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


@contextmanager
def _changing_tables(engine: Engine) -> Iterator[Connection]:
    """A connection for migrations. SQLite changes a table by copying and dropping it: with foreign
    keys on, the drop would fail or, worse, delete what hangs on it; so they are checked at the end.

    Raises RuntimeError when a row points at nothing afterwards.
    Source: https://sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes".
    """
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            yield connection
            return
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
            lost = driver.execute("PRAGMA foreign_key_check").fetchall()
            if lost:
                raise RuntimeError(f"rows point at nothing in {sorted({row[0] for row in lost})}")
        finally:
            connection.rollback()
            driver.execute("PRAGMA foreign_keys=ON")
