"""Alembic's environment: one history for SQLite and PostgreSQL, run through an open connection."""

from alembic import context
from sqlalchemy import Connection

from participation.foundation.db import Base
from participation.registry import FEATURES

assert FEATURES, "importing the registry registers every table"


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    # SQLite changes a table by making it anew; dropping the old one would cascade to its children.
    _enforce_foreign_keys(connection, enforced=False)
    with context.begin_transaction():
        context.run_migrations()
    _enforce_foreign_keys(connection, enforced=True)


def _enforce_foreign_keys(connection: Connection, *, enforced: bool) -> None:
    """Past SQLAlchemy, which would open a transaction, where the pragma does nothing."""
    if connection.dialect.name != "sqlite":
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")
    if enforced:
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        assert not broken, f"a migration left rows that point at nothing: {broken[:5]}"


run(context.config.attributes["connection"])
