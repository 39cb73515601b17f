"""Migrations: equal to the models, one visible head, up and down with rows in every table.

After freedomofpress/securedrop's tests/test_alembic.py.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Time,
    insert,
    inspect,
    select,
)

from participation.foundation import migrate
from participation.foundation.db import Base, make_engine
from participation.foundation.paths import MIGRATIONS
from tests.support.postgres import shared_server

MEMORY_DISK = Path("/dev/shm")
FULL_TEXT_TABLES = "search_stems"  # SQLite's FTS5 keeps its own tables beside it
FULL_TEXT_OF_POSTGRES = ("ix_search_entries_full_text", "vector")


@pytest.fixture
def memory_folder(tmp_path: Path) -> Iterator[Path]:
    """Migrating from nothing to the newest commits some hundred times: no disk waits for that."""
    if not MEMORY_DISK.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY_DISK, prefix="participation-") as folder:
        yield Path(folder)


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> ScriptDirectory:
    """The migrations, read from their files once and not anew for every step."""
    script = ScriptDirectory(str(MIGRATIONS))
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _config: script)
    return script


@pytest.fixture
def empty_engine(
    request: pytest.FixtureRequest, memory_folder: Path, process_name: str
) -> Iterator[Engine]:
    """A database without any table, on the engine under test."""
    if request.config.getoption("--database") == "postgres":
        with shared_server(_run_id()) as server:
            engine = make_engine(server.fresh_database(f"migrations_{process_name}"))
            yield engine
            engine.dispose()
        return
    engine = make_engine(f"sqlite:///{memory_folder / 'empty.db'}")
    yield engine
    engine.dispose()


def _run_id() -> str:
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", "alone")


def test_there_is_one_head_and_the_file_names_tell_the_order() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert len(script.get_heads()) == 1, "two migrations claim to be the newest: rebase one"
    assert sorted(revisions, reverse=True) == revisions


def test_recorded_head_is_the_newest_migration() -> None:
    """Two branches that both add a migration conflict in this one-line file."""
    assert (MIGRATIONS / "HEAD").read_text().strip() == migrate.head_revision()


def test_migrated_database_equals_the_models(empty_engine: Engine) -> None:
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _is_ours}
        )
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def _is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    if kind == "table":
        return not str(name).startswith(FULL_TEXT_TABLES)
    return name not in FULL_TEXT_OF_POSTGRES


def test_every_migration_goes_up_down_and_up_with_rows_in_it(
    empty_engine: Engine, scripts: ScriptDirectory
) -> None:
    filled: set[str] = {"alembic_version"}
    known = MetaData()
    for revision in reversed(list(scripts.walk_revisions())):
        migrate.upgrade(empty_engine, revision.revision)
        _fill_new_tables(empty_engine, filled, known)
    migrate.downgrade(empty_engine, "base")
    left = {n for n in inspect(empty_engine).get_table_names() if n != "alembic_version"}
    assert left == set()
    migrate.upgrade(empty_engine)
    assert migrate.current_revision(empty_engine) == migrate.head_revision()


def _fill_new_tables(engine: Engine, filled: set[str], metadata: MetaData) -> None:
    """One row in each table not `filled` yet, with values made from the column types.

    `metadata` keeps what was seen: of older tables only the keys are asked for.
    """
    new = [name for name in inspect(engine).get_table_names() if name not in filled]
    new = [name for name in new if not name.startswith(FULL_TEXT_TABLES)]
    with engine.begin() as connection:
        metadata.reflect(connection, only=new)
        for table in metadata.sorted_tables:
            if table.name in new:
                connection.execute(insert(table).values(_row_for(connection, table)))
    filled.update(new)


def _row_for(connection: Any, table: Table) -> dict[str, Any]:
    row = {}
    for column in table.columns:
        filled = (table.name, column.name) in FILLED_ALTHOUGH_NULLABLE
        if column.foreign_keys and (filled or not column.nullable):
            target = next(iter(column.foreign_keys)).column
            row[column.name] = connection.execute(select(target).limit(1)).scalar()
        elif not _numbers_itself(table, column):
            row[column.name] = None if column.nullable else _value_for(table, column)
    return row


def _numbers_itself(table: Table, column: Column[Any]) -> bool:
    alone = len(table.primary_key.columns) == 1
    return column.primary_key and alone and isinstance(column.type, Integer)


def _value_for(table: Table, column: Column[Any]) -> Any:
    checked = _values_from_checks(table, column)
    if checked is not None:
        return checked
    samples: tuple[tuple[Any, Any], ...] = (
        (Boolean, False),
        (Integer, 1),
        (Numeric, 1),
        (Float, 1.0),
        (DateTime, datetime(2026, 11, 12, tzinfo=UTC)),
        (Date, date(2026, 11, 12)),
        (Time, time(12)),
        (JSON, {}),
        (LargeBinary, b"x"),
    )
    for kind, sample in samples:
        if isinstance(column.type, kind):
            return sample
    return "x"


def _values_from_checks(table: Table, column: Column[Any]) -> Any:
    """The first word a CHECK like "state IN ('draft', …)" allows, or what is written below."""
    if (table.name, column.name) in CHECKED_VALUES:
        return CHECKED_VALUES[table.name, column.name]
    model = Base.metadata.tables.get(table.name)
    for constraint in model.constraints if model is not None else ():
        if isinstance(constraint, CheckConstraint):
            allowed = re.search(rf"\b{column.name} IN \('(\w+)'", str(constraint.sqltext))
            if allowed:
                return allowed[1]
    return None


# Rows that a CHECK wants to have one of several owners.
FILLED_ALTHOUGH_NULLABLE = {
    ("commitments", "owed_by_group_id"),
    ("plan_evidence", "statement_id"),
    ("reports", "group_id"),
}
CHECKED_VALUES: dict[tuple[str, str], Any] = {
    ("bank_members", "state"): "left",
    ("nomination_asks", "subject"): "council_seat",
    ("council_terms", "ends_on"): date(2026, 11, 13),
    ("survey_rounds", "closes_at"): datetime(2026, 11, 13, tzinfo=UTC),
    ("activity_reminders", "hour"): 9,
    ("activities", "ends_at"): datetime(2026, 11, 13, tzinfo=UTC),
    ("coding_steps", "start_offset"): 0,
    ("excerpts", "start_offset"): 0,
}
