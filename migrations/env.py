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
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
