"""Somebody who got hold of every file and tries to find out whose answer is whose (TRUST 51).

The attacker is given more than a thief would have: the order in which people answered (as if a
proxy had logged it) and which person each stored link belongs to. Still without the keys. Every
attack returns its guesses, person → key of an answer; the test counts how many are right.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, text

Guesses = Mapping[int, bytes]


@dataclass
class Loot:
    """What the attacker has. `files`: name → content; `order`: persons as they answered."""

    engine: Engine
    round_id: int
    order: Sequence[int]
    link_hashes: Mapping[bytes, int]  # stored hash of a link → person
    files: Mapping[str, bytes] = field(default_factory=dict)
    copies: Sequence[Path] = ()  # database files of backups, the oldest first

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"


def by_row_order(loot: Loot) -> Guesses:
    """Answers in the order the database gives them, beside the order of arrival."""
    return _beside(loot.order, _answers(loot, "SELECT id FROM responses WHERE round_id = :round"))


def by_physical_order(loot: Loot) -> Guesses:
    """Answers in the order they lie on disk: places in the file, or PostgreSQL's ctid."""
    if not loot.is_sqlite:
        return _beside(loot.order, _answers(loot, _ordered("ctid")))
    found = _answers(loot, "SELECT id FROM responses WHERE round_id = :round")
    return _beside(loot.order, _in_pages(found, loot.files["database"]))


def by_transaction(loot: Loot) -> Guesses:
    """A link and an answer written by one transaction; else both in the order of transactions."""
    if loot.is_sqlite:
        return {}
    with loot.engine.connect() as connection:
        links = _with_xmin(connection, loot, "access_tokens", "hash")
        answers = _with_xmin(connection, loot, "responses", "id")
    spent = [(xmin, loot.link_hashes[key]) for xmin, key in links if key in loot.link_hashes]
    alone = {xmin: key for xmin, key in answers if _count(answers, xmin) == 1}
    same = {person: alone[xmin] for xmin, person in spent if xmin in alone}
    if same:
        return same
    wanted = set(loot.order)
    in_turn = [person for _xmin, person in spent if person in wanted]
    return _beside(in_turn, [key for _xmin, key in answers])


def by_log(loot: Loot) -> Guesses:
    """Keys of answers in the order in which the journal or write-ahead log names them first."""
    logs = b"".join(
        content for name, content in sorted(loot.files.items()) if name.startswith("log:")
    )
    found = _answers(loot, "SELECT id FROM responses WHERE round_id = :round")
    return _beside(loot.order, _by_place(found, logs))


def by_waiting(loot: Loot) -> Guesses:
    """What waits names, by its key or in its content, an answer or a link."""
    waiting = _answers(loot, "SELECT sealed FROM waiting_responses WHERE round_id = :round")
    keys = _answers(loot, "SELECT id FROM waiting_responses WHERE round_id = :round")
    found = set(_answers(loot, "SELECT id FROM responses WHERE round_id = :round"))
    named = [key for key in keys if key in found]
    named += [key for key in found if any(key in content for content in waiting)]
    return _beside(loot.order, named)


def by_difference(loot: Loot) -> Guesses:
    """Two backups: who used a link between them, beside the answers that came between them."""
    guesses: dict[int, bytes] = {}
    known_links: set[bytes] = set()
    known_answers: set[bytes] = set()
    for copy in loot.copies:
        with closing(sqlite3.connect(copy)) as database:
            spent = database.execute("SELECT hash FROM access_tokens WHERE is_spent").fetchall()
            stored = database.execute("SELECT id FROM responses").fetchall()
        new_links = [bytes(key) for (key,) in spent if bytes(key) not in known_links]
        new_answers = [bytes(key) for (key,) in stored if bytes(key) not in known_answers]
        persons = [loot.link_hashes[key] for key in new_links if key in loot.link_hashes]
        guesses.update(_beside(persons, new_answers))
        known_links |= set(new_links)
        known_answers |= set(new_answers)
    return guesses


ATTACKS: Mapping[str, Callable[[Loot], Guesses]] = {
    "order of rows against order of arrival": by_row_order,
    "place on disk against order of arrival": by_physical_order,
    "transaction of link and answer": by_transaction,
    "journal or write-ahead log": by_log,
    "waiting answers": by_waiting,
    "difference of two backups": by_difference,
}


def readable(secrets: Mapping[int, str], files: Mapping[str, bytes]) -> list[int]:
    """Persons whose secret (a link, a code, an address) stands in any file, deleted or not."""
    whole = list(files.values())
    return [
        person
        for person, secret in secrets.items()
        if any(secret.encode() in content for content in whole)
    ]


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


def lay_out_anew(engine: Engine) -> None:
    """Empty files for the tables that matter, as in a new installation: the attacker's best case.

    Earlier tests left room in PostgreSQL's files wherever autovacuum came by, and rows that fill
    such holes lie in no order, neither for the attacks nor for what should stop them.
    """
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(_TABLES)} CASCADE"))


def log_position(engine: Engine) -> str | None:
    """Where the write-ahead log is now (PostgreSQL)."""
    if engine.dialect.name == "sqlite":
        return None
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")))


def _sqlite_files(engine: Engine) -> dict[str, bytes]:
    path = Path(engine.url.database or "")
    files = {"database": path.read_bytes()}
    for ending in ("-journal", "-wal"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            files[f"log:{ending}"] = beside.read_bytes()
    return files


_TABLES = (
    *("responses", "response_texts", "waiting_responses", "access_tokens"),
    *("response_drafts", "outbox_mails", "outbox_sheets", "round_contacts"),
)


def _postgres_files(engine: Engine, since: str | None) -> dict[str, bytes]:
    """Heap and TOAST files of the tables that matter, and the log since the test began."""
    files: dict[str, bytes] = {}
    with engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        for name in _TABLES:
            paths = connection.execute(
                text(
                    "SELECT pg_relation_filepath(oid) FROM pg_class WHERE oid = to_regclass(:name)"
                    " OR oid = (SELECT reltoastrelid FROM pg_class WHERE oid = to_regclass(:name))"
                ),
                {"name": name},
            ).scalars()
            for path in paths:
                files[f"heap:{name}:{path}"] = _read(connection, path)
        segments = connection.execute(
            text("SELECT name FROM pg_ls_waldir() WHERE name >= :since ORDER BY name"),
            {"since": since or ""},
        ).scalars()
        last = log_position(engine) or ""
        for segment in segments:
            if len(segment) == len(last) and segment <= last:
                files[f"log:{segment}"] = _read(connection, f"pg_wal/{segment}")
    return files


def _read(connection: Connection, path: str) -> bytes:
    read = text("SELECT pg_read_binary_file(:path)")
    return bytes(connection.scalar(read, {"path": path}) or b"")


def _ordered(column: str) -> str:
    return f"SELECT id FROM responses WHERE round_id = :round ORDER BY {column}"


def _answers(loot: Loot, statement: str) -> list[bytes]:
    with loot.engine.connect() as connection:
        rows = connection.execute(text(statement), {"round": loot.round_id})
        return [bytes(value) for value in rows.scalars()]


def _with_xmin(connection: Connection, loot: Loot, table: str, key: str) -> list[tuple[int, bytes]]:
    rows = connection.execute(
        text(
            f"SELECT xmin::text::bigint, {key} FROM {table} "
            "WHERE round_id = :round ORDER BY xmin::text::bigint, ctid"
        ),
        {"round": loot.round_id},
    )
    return [(int(xmin), bytes(value)) for xmin, value in rows]


def _count(rows: Sequence[tuple[int, bytes]], xmin: int) -> int:
    return sum(1 for one, _key in rows if one == xmin)


def _by_place(keys: Sequence[bytes], content: bytes) -> list[bytes]:
    places = {key: content.find(key) for key in keys}
    return sorted((key for key in keys if places[key] >= 0), key=lambda key: places[key])


def _in_pages(keys: Sequence[bytes], content: bytes) -> list[bytes]:
    """SQLite fills a page from its end: what came later lies before what came earlier."""
    size = int.from_bytes(content[16:18]) or 4096
    places = {key: content.find(key) for key in keys}
    return sorted(keys, key=lambda key: (places[key] // size, -places[key]))


def _beside(persons: Sequence[int], keys: Sequence[bytes]) -> Guesses:
    return dict(zip(persons, keys, strict=False))
