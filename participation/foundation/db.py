"""Database: one Base, one engine per process, short sessions; SQLite and PostgreSQL alike.

SQLite topology (docs/decisions/0005): one web process, the worker a thread of it, one
process-wide write lock, BEGIN IMMEDIATE for writers, synchronous=FULL, journal by version.
"""

import secrets
import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, MetaData, String, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from participation.foundation.clock import now

RESTED_SECONDS = 2.0
RESTS_SINCE = "rests since"  # in a pooled connection's notes

# Versions before this can corrupt a WAL file with two writers (sqlite.org, "walresetbug").
FIRST_SAFE_WAL_VERSION = (3, 51, 3)

# No vowels and no look-alikes: ids that spell nothing and survive being read aloud.
ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
ID_LENGTH = 12
_PAIRS = [first + second for first in ID_ALPHABET for second in ID_ALPHABET]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite stores it naive, so the zone is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("store aware datetimes only")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Every table's parent. Timestamps are UTC, JSON columns are JSONB on PostgreSQL."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        dict[str, str]: Json,
        dict[str, int]: Json,
        list[str]: Json,
        list[int]: Json,
        list[dict[str, Any]]: Json,
    }


def new_public_id() -> str:
    """A random id for addresses: 12 characters, about 57 bits; permission is never its secrecy."""
    # 128 bits folded into 57: no sign is likelier than another by more than one in 2 to the 71.
    number = int.from_bytes(secrets.token_bytes(16))
    pairs = []
    for _pair in range(ID_LENGTH // 2):
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(pairs)


class PublicId:
    """Mixin: what addresses (URLs) name a row by, so that rows cannot be counted or guessed."""

    public_id: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True, default=new_public_id)


class Created:
    """Mixin: when the row was made, UTC."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


_sqlite_write_lock = threading.RLock()


def make_engine(url: str) -> Engine:
    """An engine with this project's rules for the database behind `url`.

    Its errors never carry values: what people wrote must not end up in a log.
    """
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            connect_args={"timeout": 30, "check_same_thread": False},
            hide_parameters=True,
        )
        _configure_sqlite(engine)
        return engine
    engine = create_engine(url, pool_size=8, max_overflow=8, hide_parameters=True)
    _ask_after_rest(engine)
    return engine


def _ask_after_rest(engine: Engine) -> None:
    """Connections that rested may have died with their server; those just used are not asked.

    Asking each time, as `pool_pre_ping` does, is a fifth of what an answer page costs.
    """

    @event.listens_for(engine, "checkin")
    def _note(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[RESTS_SINCE] = monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        if monotonic() - record.info.get(RESTS_SINCE, monotonic()) < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as problem:
            raise InvalidatePoolError from problem  # the pool makes new ones


def sqlite_journal_mode(version: tuple[int, int, int]) -> str:
    """WAL where it is safe with two writers, else a truncated rollback journal."""
    return "WAL" if version >= FIRST_SAFE_WAL_VERSION else "TRUNCATE"


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _configure_sqlite(engine: Engine) -> None:
    journal = sqlite_journal_mode(sqlite3.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver's own implicit BEGIN would leak rows past an outer rollback.
        connection.isolation_level = None
        # SQLite's own knows A to Z only: "å" would not find "Å" (`icontains`).
        connection.create_function("lower", 1, _lower, deterministic=True)
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys=ON",
            f"journal_mode={journal}",
            "synchronous=FULL",
            "secure_delete=ON",  # a deleted row's bytes are zeroed, not left in free pages
            "busy_timeout=30000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """A factory of sessions that keep loaded values after commit (views render after it)."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=True)


@contextmanager
def write_turn(session: Session) -> Iterator[None]:
    """Hold the right to write: on SQLite one writer at a time in this process, else no-op.

    Must be entered before the session's first statement, so that the transaction can start
    with BEGIN IMMEDIATE and never has to upgrade a read lock (which SQLite answers with "busy").
    """
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    with _sqlite_write_lock:
        if not session.in_transaction():
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        yield


@contextmanager
def transaction(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """One short writing transaction of its own: commits at the end, rolls back on any error."""
    with sessions() as session, write_turn(session):
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def leave_no_traces(
    sessions: sessionmaker[Session], tables: Collection[str], *, is_thorough: bool = False
) -> None:
    """Deleted rows and earlier orders of rows leave the database's files; after the commit.

    PostgreSQL writes each small table anew in its key's order. SQLite zeroes what is deleted
    (`secure_delete`), so its write-ahead log is emptied; `is_thorough` writes the whole file anew.
    Gives up quietly while others hold the tables: the next call does the rest.
    """
    with sessions() as session:
        engine = session.get_bind()
    assert isinstance(engine, Engine)
    if engine.dialect.name == "sqlite":
        with _sqlite_write_lock:
            _run_apart(engine, ["VACUUM"] if is_thorough else [])
            _run_apart(engine, ["PRAGMA wal_checkpoint(TRUNCATE)"])
        return
    anew = [f'CLUSTER "{name}" USING "pk_{name}"' for name in tables]
    _run_apart(engine, ["SET lock_timeout = '5s'", *anew, "RESET lock_timeout"])


def _run_apart(engine: Engine, statements: Collection[str]) -> None:
    """Statements that may not stand in a transaction."""
    connection = engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        if engine.dialect.name == "postgresql":
            driver.autocommit = True
        cursor = driver.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        if engine.dialect.name == "postgresql":
            driver.autocommit = False
    except engine.dialect.loaded_dbapi.Error:
        connection.invalidate()
    finally:
        connection.close()
