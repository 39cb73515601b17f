"""Somebody who got hold of every file and tries to find out whose answer is whose (TRUST 51).

The attacker is given more than a thief would have: the order in which people answered (as if a
proxy had logged it) and which person each stored link belongs to. Still without the keys. Every
attack returns its guesses, person → key of an answer; the test counts how many are right.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import Connection, Engine, text

from tests.support.stolen import has_rowid

Guesses = Mapping[int, bytes]

JOURNAL_HEADER, JOURNAL_RECORD_HEADER, JOURNAL_CHECKSUM = 512, 4, 4
ROWS_PAGE = 0x0D  # a leaf of a table whose rows are numbered


@dataclass
class Saved:
    """One backup: how many had answered when it was made, the answers as they lie in it."""

    answered: int
    answers: Sequence[bytes]


@dataclass
class Loot:
    """What the attacker has. `files`: name → content; `order`: persons as they answered.

    `waiting`: key and content of every answer that waited at this visit or an earlier one, as they
    lay; `backups`: the oldest first.
    """

    engine: Engine
    round_id: int
    order: Sequence[int]
    link_hashes: Mapping[bytes, int]  # stored hash of a link → person
    files: Mapping[str, bytes] = field(default_factory=dict)
    waiting: Sequence[tuple[bytes, bytes]] = ()
    backups: Sequence[Saved] = ()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"


def by_row_order(loot: Loot) -> Guesses:
    """Answers in the order the database gives them, beside the order of arrival."""
    return _beside(loot.order, _answers(loot))


def by_physical_order(loot: Loot) -> Guesses:
    """Answers in the order they lie on disk: PostgreSQL's ctid, SQLite's row numbers or places."""
    with loot.engine.connect() as connection:
        if not loot.is_sqlite:
            return _beside(loot.order, _answers(loot, "ctid"))
        if has_rowid(connection, "responses"):
            return _beside(loot.order, _answers(loot, "rowid"))
    return _beside(loot.order, _in_pages(_answers(loot), loot.files["database"]))


def by_transaction(loot: Loot) -> Guesses:
    """A link and an answer written by one transaction; else both in the order of transactions.

    SQLite keeps no transaction's number with a row.
    """
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
    """Keys of answers in the order in which the write-ahead log names them first."""
    logs = b"".join(_logs(loot.files, "-wal")) if loot.is_sqlite else b"".join(_logs(loot.files))
    return _beside(loot.order, _by_place(_answers(loot), logs))


def by_journal(loot: Loot) -> Guesses:
    """SQLite's rollback journal: the number of each row in pages as they were is its turn."""
    found: dict[int, bytes] = {}
    keys = _answers(loot)
    for journal in _logs(loot.files, "-journal"):
        for page in _journal_pages(journal, _page_size(loot.files["database"])):
            for number, content in _numbered_rows(page):
                named = [key for key in keys if key in content]
                if named and number <= len(loot.order):
                    found[loot.order[number - 1]] = named[0]
    return found


def by_waiting(loot: Loot) -> Guesses:
    """What waited, now or at an earlier visit, names by its key or in its content an answer."""
    found = set(_answers(loot))
    named = [key for key, _content in loot.waiting if key in found]
    named += [key for _own, content in loot.waiting for key in found if key in content]
    return _beside(loot.order, list(dict.fromkeys(named)))


def by_difference(loot: Loot) -> Guesses:
    """Two backups: who answered between them, beside the answers that came between them."""
    guesses: dict[int, bytes] = {}
    known: set[bytes] = set()
    before = 0
    for saved in loot.backups:
        new = [key for key in saved.answers if key not in known]
        guesses.update(_beside(loot.order[before : saved.answered], new))
        known |= set(new)
        before = saved.answered
    return guesses


def by_dump(loot: Loot) -> Guesses:
    """The newest backup alone: its answers as they lie in it, beside the order of arrival."""
    return _beside(loot.order, loot.backups[-1].answers) if loot.backups else {}


ATTACKS: Mapping[str, Callable[[Loot], Guesses]] = {
    "order of rows against order of arrival": by_row_order,
    "place on disk against order of arrival": by_physical_order,
    "transaction of link and answer": by_transaction,
    "write-ahead log": by_log,
    "rollback journal": by_journal,
    "waiting answers": by_waiting,
    "a backup read as data": by_dump,
    "difference of two backups": by_difference,
}


def by_outbox(engine: Engine, round_id: int, mails: Sequence[int]) -> list[tuple[int, bytes]]:
    """Persons in the order of their mails, beside hashes of links in the order they are stored."""
    with engine.connect() as connection:
        place = "ctid" if engine.dialect.name == "postgresql" else "hash"
        if place == "hash" and has_rowid(connection, "access_tokens"):
            place = "rowid"
        stored = connection.execute(
            text(f"SELECT hash FROM access_tokens WHERE round_id = :round ORDER BY {place}"),
            {"round": round_id},
        )
        return list(zip(mails, map(bytes, stored.scalars()), strict=False))


def readable(
    shape: re.Pattern[bytes], secrets: Mapping[int, str], files: Mapping[str, bytes]
) -> list[int]:
    """Persons whose secret (a link, a code, an address) stands in any file, deleted or not.

    `shape` finds what could hold secrets, so that a file is gone through once. Mail's way of
    breaking lines is undone.
    """
    seen: set[bytes] = set()
    for name, content in files.items():
        whole = content.replace(b"=\r\n", b"").replace(b"=\n", b"") if "mail" in name else content
        seen.update(shape.findall(whole))
    by_length: dict[int, set[bytes]] = {}
    for length in {len(secret) for secret in secrets.values()}:
        by_length[length] = {
            one[start : start + length] for one in seen for start in range(len(one) - length + 1)
        }
    return [
        person for person, secret in secrets.items() if secret.encode() in by_length[len(secret)]
    ]


# -- looking into files ------------------------------------------------------------------------


def _logs(files: Mapping[str, bytes], ending: str = "") -> list[bytes]:
    return [
        content
        for name, content in sorted(files.items())
        if name.startswith("log:") and name.endswith(ending)
    ]


def _page_size(database: bytes) -> int:
    """Source: sqlite.org/fileformat2.html; 1 stands for 65,536."""
    size = int.from_bytes(database[16:18])
    return 65_536 if size == 1 else size


def _journal_pages(journal: bytes, size: int) -> Iterable[bytes]:
    step = JOURNAL_RECORD_HEADER + size + JOURNAL_CHECKSUM
    for start in range(JOURNAL_HEADER, len(journal) - step + 1, step):
        yield journal[start + JOURNAL_RECORD_HEADER :][:size]


def _numbered_rows(page: bytes) -> Iterable[tuple[int, bytes]]:
    """Number of each row of a leaf, and what of it lies on this page."""
    if page[0] != ROWS_PAGE:
        return
    cells = range(int.from_bytes(page[3:5]))
    places = sorted(int.from_bytes(page[8 + 2 * cell : 10 + 2 * cell]) for cell in cells)
    for place, end in pairwise([*places, len(page)]):
        _length, after = _varint(page, place)
        number, start = _varint(page, after)
        yield number, page[start:end]


def _varint(page: bytes, place: int) -> tuple[int, int]:
    """SQLite's number of one to nine bytes (here up to eight), and where it ends."""
    value = 0
    while page[place] & 0x80:
        value = value << 7 | page[place] & 0x7F
        place += 1
    return value << 7 | page[place], place + 1


def _in_pages(keys: Sequence[bytes], content: bytes) -> list[bytes]:
    """SQLite fills a page from its end: what came later lies before what came earlier."""
    size = _page_size(content)
    places = {key: content.find(key) for key in keys}
    return sorted(keys, key=lambda key: (places[key] // size, -places[key]))


def _answers(loot: Loot, order: str = "") -> list[bytes]:
    statement = "SELECT id FROM responses WHERE round_id = :round"
    with loot.engine.connect() as connection:
        rows = connection.execute(
            text(f"{statement} ORDER BY {order}" if order else statement), {"round": loot.round_id}
        )
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


def _beside(persons: Sequence[int], keys: Sequence[bytes]) -> Guesses:
    return dict(zip(persons, keys, strict=False))
