"""What a thief carries away: every file, the log before and since, the content of backups."""

import re
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, event, text

from participation.foundation.backup import POSTGRES_FILE, SQLITE_FILE

TABLES = (
    *("responses", "response_texts", "waiting_responses", "access_tokens", "paper_entries"),
    *("response_drafts", "outbox_mails", "outbox_sheets", "round_contacts"),
)
# Vacuum, whenever it comes by, leaves holes that later rows fill in no order. Left to themselves,
# the files keep more of an order than any real installation's: the attacker's best case.
_LEFT_ALONE = "autovacuum_enabled = false, toast.autovacuum_enabled = false"
_TOASTED = frozenset({"response_texts", "waiting_responses", "response_drafts", "outbox_mails"})


def lay_out_anew(engine: Engine) -> None:
    """Files without room left by earlier rows, which no autovacuum shuffles meanwhile."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(engine.url.database or "")) as database:
            database.execute("VACUUM")
        return
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(TABLES)} CASCADE"))
        for name in TABLES:
            options = _LEFT_ALONE if name in _TOASTED else _LEFT_ALONE.partition(",")[0]
            connection.execute(text(f"ALTER TABLE {name} SET ({options})"))


def every_file(engine: Engine, since: str | None, folders: Sequence[Path]) -> dict[str, bytes]:
    """The database's own files and everything in `folders`; `since`: where PostgreSQL's log was."""
    files = {
        str(path): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    if engine.dialect.name == "sqlite":
        return files | _sqlite_files(engine)
    return files | _postgres_files(engine, since)


def log_position(engine: Engine) -> str | None:
    """Where the write-ahead log is now (PostgreSQL)."""
    if engine.dialect.name == "sqlite":
        return None
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")))


@contextmanager
def keep_journals(engine: Engine, kept: list[bytes]) -> Iterator[None]:
    """Each of SQLite's rollback journals as it is just before its transaction commits."""
    journal = Path(f"{engine.url.database}-journal")

    def copy(_connection: Connection) -> None:
        if journal.exists() and (content := journal.read_bytes()):
            kept.append(content)

    event.listen(engine, "commit", copy)
    try:
        yield
    finally:
        event.remove(engine, "commit", copy)


def has_rowid(connection: Connection, table: str) -> bool:
    """Whether SQLite numbers the table's rows as they come."""
    found = connection.execute(
        text("SELECT wr FROM pragma_table_list WHERE name = :table"), {"table": table}
    )
    return found.scalar() == 0


def answers_saved(backup: Path) -> list[bytes]:
    """Keys of the answers in a backup, in the order in which it holds them."""
    with TemporaryDirectory() as name, tarfile.open(backup) as archive:
        folder = Path(name)
        archive.extractall(folder, filter="data")
        if (folder / SQLITE_FILE).exists():
            return _in_sqlite(folder / SQLITE_FILE)
        return _in_dump(folder / POSTGRES_FILE)


def _in_sqlite(file: Path) -> list[bytes]:
    with closing(sqlite3.connect(file)) as database:
        numbered = database.execute("SELECT wr FROM pragma_table_list WHERE name = 'responses'")
        order = " ORDER BY rowid" if numbered.fetchone() == (0,) else ""
        return [key for (key,) in database.execute(f"SELECT id FROM responses{order}")]


def _in_dump(file: Path) -> list[bytes]:
    """PostgreSQL's dump as the text its rows are copied from."""
    restored = subprocess.run(
        ["pg_restore", "--data-only", "--table=responses", "--file=-", str(file)],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    copied = re.search(
        r"^COPY public\.responses \((.*?)\) FROM stdin;\n(.*?)^\\\.$",
        restored,
        re.MULTILINE | re.DOTALL,
    )
    assert copied
    place = copied[1].split(", ").index("id")
    rows = copied[2].splitlines()
    return [bytes.fromhex(row.split("\t")[place].removeprefix(r"\\x")) for row in rows]


def _sqlite_files(engine: Engine) -> dict[str, bytes]:
    path = Path(engine.url.database or "")
    files = {"database": path.read_bytes()}
    for ending in ("-journal", "-wal"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            files[f"log:{ending}"] = beside.read_bytes()
    return files


def _postgres_files(engine: Engine, since: str | None) -> dict[str, bytes]:
    """Heap and TOAST files of the tables that matter, and the log since the test began.

    The log is read first: a checkpoint may throw its older parts away.
    """
    files: dict[str, bytes] = {}
    with engine.connect() as connection:
        last = log_position(engine) or ""
        segments = connection.execute(
            text("SELECT name FROM pg_ls_waldir() WHERE name >= :since ORDER BY name"),
            {"since": since or ""},
        ).scalars()
        for segment in segments:
            if len(segment) == len(last) and segment <= last:
                files[f"log:{segment}"] = _read(connection, f"pg_wal/{segment}")
        connection.execute(text("CHECKPOINT"))
        for name in TABLES:
            paths = connection.execute(
                text(
                    "SELECT pg_relation_filepath(oid) FROM pg_class WHERE oid = to_regclass(:name)"
                    " OR oid = (SELECT reltoastrelid FROM pg_class WHERE oid = to_regclass(:name))"
                ),
                {"name": name},
            ).scalars()
            for path in paths:
                files[f"heap:{name}:{path}"] = _read(connection, path)
    return files


def _read(connection: Connection, path: str) -> bytes:
    read = text("SELECT pg_read_binary_file(:path)")
    return bytes(connection.scalar(read, {"path": path}) or b"")
