"""Many rows at once, past the unit of work: for thousands of rows that nobody reads back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlalchemy.orm import Session

from participation.foundation.crypto import EncryptedBytes, EncryptedText
from participation.foundation.db import Base

Row = Mapping[str, Any]


def insert_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns, in the caller's transaction.

    Past SQLAlchemy's handling of parameters, which costs more than the rows; on PostgreSQL by
    COPY. Python-side defaults are not filled in: a row says what it holds.
    """
    if not rows:
        return
    incoming = _Incoming.of(session, model, rows)
    if incoming.is_postgres:
        incoming.copy_into(incoming.quoted(incoming.table.name))
    else:
        incoming.execute(f"INSERT INTO {incoming.quoted(incoming.table.name)} {incoming.values}")


def upsert_rows(
    session: Session, model: type[Base], rows: Sequence[Row], key: Sequence[str]
) -> None:
    """As `insert_rows`; a row whose `key` columns are there already takes the new values.

    `key` names the columns of a unique constraint. No two of the rows may have the same.
    """
    if not rows:
        return
    incoming = _Incoming.of(session, model, rows)
    name = incoming.quoted(incoming.table.name)
    of_key = ", ".join(incoming.quoted(one) for one in key)
    renewed = ", ".join(
        f"{incoming.quoted(one)} = excluded.{incoming.quoted(one)}"
        for one in incoming.names
        if one not in key
    )
    on_conflict = f"ON CONFLICT ({of_key}) DO UPDATE SET {renewed}"
    if not incoming.is_postgres:
        incoming.execute(f"INSERT INTO {name} {incoming.values} {on_conflict}")
        return
    # COPY knows no conflicts: the rows wait beside the table for one statement.
    beside = incoming.quoted(f"incoming_{incoming.table.name}")
    columns = incoming.columns
    session.execute(
        text(f"CREATE TEMPORARY TABLE {beside} AS SELECT {columns} FROM {name} WITH NO DATA")  # noqa: S608 - names
    )
    incoming.copy_into(beside)
    session.execute(
        text(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {beside} {on_conflict}")  # noqa: S608 - names
    )
    session.execute(text(f"DROP TABLE {beside}"))


@dataclass(frozen=True)
class _Incoming:
    """Rows on their way into a table, bound as the driver writes them."""

    table: Table
    connection: Connection
    names: Sequence[str]
    rows: Sequence[Row]

    @classmethod
    def of(cls, session: Session, model: type[Base], rows: Sequence[Row]) -> "_Incoming":
        table = model.__table__
        assert isinstance(table, Table)
        return cls(table, session.connection(), list(rows[0]), rows)

    @property
    def is_postgres(self) -> bool:
        return self.connection.dialect.name == "postgresql"

    @property
    def columns(self) -> str:
        return ", ".join(self.quoted(name) for name in self.names)

    @property
    def values(self) -> str:
        """The columns and a mark for each, as SQLite's INSERT takes them."""
        return f"({self.columns}) VALUES ({', '.join('?' for _name in self.names)})"

    def quoted(self, name: str) -> str:
        return self.connection.dialect.identifier_preparer.quote(name)

    def bound(self) -> Iterator[list[Any]]:
        binders = [_binder(self.connection, self.table, name) for name in self.names]
        for row in self.rows:
            yield [bind(row[name]) for name, bind in zip(self.names, binders, strict=True)]

    def execute(self, statement: str) -> None:
        driver: Any = self.connection.connection.dbapi_connection
        driver.executemany(statement, self.bound())

    def copy_into(self, name: str) -> None:
        driver: Any = self.connection.connection.dbapi_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {name} ({self.columns}) FROM STDIN") as copy,
        ):
            for values in self.bound():
                copy.write_row(values)


def _binder(connection: Connection, table: Table, name: str) -> Callable[[Any], Any]:
    """What turns a value into what the driver writes: a column's own type decides (encryption).

    The same object in row after row (a moment, a state) is turned once. Not so encrypted text:
    equal plaintexts must not look equal.
    """
    kind = table.c[name].type
    bind = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if bind is None:
        return _as_it_is
    if isinstance(kind, EncryptedText | EncryptedBytes):
        return bind
    return _Remembering(bind)


class _Remembering:
    """A binder that knows what it turned last."""

    def __init__(self, bind: Callable[[Any], Any]) -> None:
        self._bind = bind
        self._given: Any = self
        self._made: Any = None

    def __call__(self, value: Any) -> Any:
        if value is not self._given:
            self._given, self._made = value, self._bind(value)
        return self._made


def _as_it_is(value: Any) -> Any:
    return value
