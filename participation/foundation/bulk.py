"""Many rows at once, past the unit of work: for thousands of rows that nobody reads back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.orm import Session

from participation.foundation.db import Base

Row = Mapping[str, Any]


def insert_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns, in the caller's transaction.

    PostgreSQL takes them by COPY, in a fifth of the time of as many INSERTs. Python-side defaults
    are not filled in: a row says what it holds.
    """
    if not rows:
        return
    table = model.__table__
    assert isinstance(table, Table)
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    binders = [_binder(connection, table, name) for name in names]
    quoted = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quoted(name) for name in names)
    driver: Any = connection.connection.dbapi_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([bind(row[name]) for name, bind in zip(names, binders, strict=True)])


def _binder(connection: Connection, table: Table, name: str) -> Callable[[Any], Any]:
    """What turns a value into what the driver writes: a column's own type decides (encryption)."""
    kind = table.c[name].type.dialect_impl(connection.dialect)
    return kind.bind_processor(connection.dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
