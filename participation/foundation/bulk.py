"""Many rows at once, past the unit of work: for thousands of rows that nobody reads back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
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
    table = model.__table__
    assert isinstance(table, Table)
    connection = session.connection()
    quoted = connection.dialect.identifier_preparer.quote
    names = list(rows[0])
    columns = ", ".join(quoted(name) for name in names)
    binders = [_binder(connection, table, name) for name in names]
    bound = ([bind(row[name]) for name, bind in zip(names, binders, strict=True)] for row in rows)
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "postgresql":
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as copy,
        ):
            for values in bound:
                copy.write_row(values)
    else:
        marks = ", ".join("?" for _name in names)
        driver.executemany(
            f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})",  # noqa: S608 - names
            bound,
        )


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
