"""Backup and restore: one file that holds the database and proves that it came back whole.

The file is a tar: `manifest.json` (what, when, which migration, rows and hash per table) and the
database itself (a SQLite file, or PostgreSQL's own dump format). Tables that features declare
`never_backed_up` (drafts) come along empty. The file is not encrypted: docs/operations.md.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL, make_url

from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.db import make_engine, make_sessions, transaction
from participation.foundation.migrate import current_revision_of
from participation.foundation.outbox.services import hold_after_restore
from participation.foundation.process_locks import alone, command_turn

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_FILE = "database.sqlite3"
POSTGRES_FILE = "database.dump"
MAX_MANIFEST_BYTES = 5 * 1024 * 1024
HASH_BITS = 256
ROWS_AT_A_TIME = 2_000


class BackupError(RuntimeError):
    """A backup or restore that did not happen, in words."""


@dataclass(frozen=True)
class Manifest:
    """What lies in a backup. `tables` is table → {"rows": n, "hash": hex}."""

    made_at: str
    engine: str
    revision: str | None
    file_sha256: str
    never_backed_up: tuple[str, ...]
    tables: Mapping[str, Mapping[str, Any]]


# ---------------------------------------------------------------- hashes


def table_hashes(connection: Connection) -> dict[str, dict[str, Any]]:
    """Rows and an order-independent hash of every table, as the driver returns them.

    The hash is the sum of the rows' SHA-256 modulo 2^256: the order does not matter, doubled
    rows do.
    """
    return {name: _table_hash(connection, name) for name in _table_names(connection)}


def _table_names(connection: Connection) -> list[str]:
    """Ordinary tables; a search index's inner tables belong to the index."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite%' ORDER BY name"
        )
        return list(found.scalars())
    return sorted(inspect(connection).get_table_names())


def _table_hash(connection: Connection, name: str) -> dict[str, Any]:
    rows = connection.execution_options(yield_per=ROWS_AT_A_TIME).exec_driver_sql(
        f'SELECT * FROM "{name}"'  # noqa: S608 - a name from the database's own catalogue
    )
    columns = sorted(enumerate(rows.keys()), key=lambda pair: pair[1])
    order = [index for index, _ in columns]
    total = count = 0
    for row in rows:
        values = "\x1f".join(_canonical(row[index]) for index in order)
        total += int.from_bytes(hashlib.sha256(values.encode()).digest())
        count += 1
    return {"rows": count, "hash": f"{total % 2**HASH_BITS:064x}"}


def _canonical(value: object) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return repr(value.astimezone(UTC))
    return repr(value)


# ---------------------------------------------------------------- backup


def backup(
    config: Config, engine: Engine, target: Path, never_backed_up: Collection[str] = ()
) -> Manifest:
    """Write a backup of the running database to `target` (mode 0600).

    Raises:
        BackupError: the target exists, or the database's own tool failed.
    """
    if target.exists():
        raise BackupError(f"{target} exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    with command_turn(config), _private_folder(target.parent) as folder:
        save = _save_sqlite if config.is_sqlite else _save_postgres
        database, tables, revision = save(engine, folder, frozenset(never_backed_up))
        manifest = Manifest(
            made_at=now().isoformat(),
            engine="sqlite" if config.is_sqlite else "postgresql",
            revision=revision,
            file_sha256=_file_hash(database),
            never_backed_up=tuple(sorted(never_backed_up)),
            tables=tables,
        )
        packed = folder / "packed.tar"
        _pack(packed, database, manifest)
        packed.replace(target)
    return manifest


Saved = tuple[Path, dict[str, dict[str, Any]], str | None]


def _save_sqlite(engine: Engine, folder: Path, excluded: frozenset[str]) -> Saved:
    """A consistent copy while others write, emptied of drafts down to the free pages."""
    copy = folder / SQLITE_FILE
    source = engine.raw_connection()
    try:
        with closing(sqlite3.connect(copy)) as target:
            assert source.driver_connection is not None
            source.driver_connection.backup(target)
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA secure_delete=ON")
            for name in excluded:
                target.execute(f'DELETE FROM "{name}"')  # noqa: S608 - declared in code
            target.commit()
            target.execute("VACUUM")
    finally:
        source.close()
    tables, revision = _describe(make_engine(f"sqlite:///{copy}"))
    return copy, tables, revision


def _save_postgres(engine: Engine, folder: Path, excluded: frozenset[str]) -> Saved:
    """PostgreSQL's dump and the hashes see the same snapshot."""
    dump = folder / POSTGRES_FILE
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        _run_tool(
            engine.url,
            "pg_dump",
            ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
            + [f"--exclude-table-data=public.{name}" for name in sorted(excluded)]
            + [f"--file={dump}"],
        )
        tables = table_hashes(connection)
        revision = current_revision_of(connection)
    empty = {"rows": 0, "hash": f"{0:064x}"}
    return dump, {**tables, **{name: empty for name in excluded if name in tables}}, revision


def _describe(engine: Engine) -> tuple[dict[str, dict[str, Any]], str | None]:
    try:
        with engine.connect() as connection:
            return table_hashes(connection), current_revision_of(connection)
    finally:
        engine.dispose()


def _pack(packed: Path, database: Path, manifest: Manifest) -> None:
    described = packed.parent / MANIFEST
    described.write_text(json.dumps({"format": FORMAT, **manifest.__dict__}, indent=1))
    with tarfile.open(packed, "x") as archive:
        for file in (described, database):
            archive.add(file, arcname=file.name)
    packed.chmod(0o600)


# ---------------------------------------------------------------- restore


def restore(config: Config, source: Path) -> Manifest:
    """Replace the whole database by the one in `source`, then prove that every table is equal.

    Mails that were on their way when the backup was made may have been sent since: they are
    held as `unsure` for a person to decide (TRUST 38).

    Raises:
        BackupError: the file is damaged, is another engine's, or a table differs.
        InUseError: the server or a worker is running.
    """
    config.data_dir.mkdir(parents=True, exist_ok=True)
    with alone(config), _private_folder(config.data_dir) as folder:
        manifest, database = _unpacked(source, folder)
        expected = "sqlite" if config.is_sqlite else "postgresql"
        if manifest.engine != expected:
            raise BackupError(f"the backup is of {manifest.engine}, this installation {expected}")
        bring_back = _load_sqlite if config.is_sqlite else _load_postgres
        bring_back(config, database, manifest)
        engine = make_engine(config.database_url)
        try:
            with transaction(make_sessions(engine)) as session:
                hold_after_restore(session)
        finally:
            engine.dispose()
    return manifest


def _unpacked(source: Path, folder: Path) -> tuple[Manifest, Path]:
    """Only the two files a backup has, wherever the archive says they should go."""
    try:
        with tarfile.open(source, "r:") as archive:
            described = archive.extractfile(MANIFEST)
            assert described is not None
            raw = json.loads(described.read(MAX_MANIFEST_BYTES))
            if raw.pop("format") != FORMAT:
                raise BackupError("the backup was made by another version")
            manifest = Manifest(**raw)
            name = SQLITE_FILE if manifest.engine == "sqlite" else POSTGRES_FILE
            member = archive.extractfile(name)
            assert member is not None
            database = folder / name
            with database.open("wb") as out:
                shutil.copyfileobj(member, out)
    except (tarfile.TarError, KeyError, TypeError, ValueError, AssertionError, OSError) as problem:
        raise BackupError(f"{source} is not a backup: {type(problem).__name__}") from problem
    if _file_hash(database) != manifest.file_sha256:
        raise BackupError(f"{source} is damaged: its hash differs")
    return manifest, database


def _load_sqlite(config: Config, database: Path, manifest: Manifest) -> None:
    _compare(_describe(make_engine(f"sqlite:///{database}"))[0], manifest)
    target = Path(make_url(config.database_url).database or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    arriving = target.with_name(f"{target.name}.arriving")
    shutil.copyfile(database, arriving)
    arriving.chmod(0o600)
    for leftover in ("-journal", "-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    arriving.replace(target)


def _load_postgres(config: Config, database: Path, manifest: Manifest) -> None:
    """Everything out, the backup in, in one transaction: a broken dump changes nothing."""
    script, before = database.with_suffix(".sql"), database.with_name("before.sql")
    dump_options = ["--no-owner", "--no-privileges", f"--file={script}"]
    _run_tool(None, "pg_restore", dump_options, database)
    before.write_text("DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
    options = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    url = make_url(config.database_url)
    _run_tool(url, "psql", [*options, f"--file={before}", f"--file={script}"])
    _compare(_describe(make_engine(config.database_url))[0], manifest)


def _compare(found: Mapping[str, Mapping[str, Any]], manifest: Manifest) -> None:
    names = sorted(set(found) | set(manifest.tables))
    different = [name for name in names if found.get(name) != manifest.tables.get(name)]
    if different:
        raise BackupError(f"these tables differ from the backup: {', '.join(different)}")


# ---------------------------------------------------------------- tools


def _run_tool(url: URL | None, tool: str, options: list[str], *arguments: Path) -> None:
    """One of PostgreSQL's programs; the password travels in the environment, never in the list."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool} is not installed (Debian: apt-get install postgresql-client)")
    environment = dict(os.environ)
    connection: list[str] = []
    if url is not None:
        environment["PGPASSWORD"] = url.password or ""
        plain = url.set(drivername="postgresql", password=None)
        connection = [f"--dbname={plain.render_as_string(hide_password=False)}"]
    done = subprocess.run(  # noqa: S603 - fixed programs, options built here
        [program, *connection, *options, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupError(f"{tool} failed: {done.stderr.strip()[-500:]}")


@contextmanager
def _private_folder(parent: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=parent, prefix=".backup-") as name:
        yield Path(name)


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
