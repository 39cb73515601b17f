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

LOG_HEADER, FRAME_HEADER = 32, 24
BLOCK = 64
KEY_BYTES, FLAGS_BYTES = 16, 5  # before a link's hash its record says of what kinds its values are
JOURNAL_HEADER, JOURNAL_RECORD_HEADER, JOURNAL_CHECKSUM = 512, 4, 4
ROWS_PAGE = 0x0D  # a leaf of a table whose rows are numbered


@dataclass
class Saved:
    """One backup: how many had answered when it was made, the answers as they lie in it."""

    answered: int
    answers: Sequence[bytes]


@dataclass(frozen=True)
class Look:
    """What staff saw counted when so many had answered, in the monitor or the workroom."""

    answered: int
    counted: frozenset[bytes]


@dataclass
class Loot:
    """What the attacker has. `files`: name → content; `order`: persons as they answered.

    `waiting`: key and content of every answer that waited at this visit or an earlier one, as they
    lay; `backups` and `looks`: the oldest first.
    """

    engine: Engine
    round_id: int
    order: Sequence[int]
    link_hashes: Mapping[bytes, int]  # stored hash of a link → person
    files: Mapping[str, bytes] = field(default_factory=dict)
    waiting: Sequence[tuple[bytes, bytes]] = ()
    backups: Sequence[Saved] = ()
    looks: Sequence[Look] = ()

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

    SQLite keeps no transaction's number with a row; its write-ahead log tells them apart.
    """
    if loot.is_sqlite:
        return _in_one_commit(loot)
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
    """SQLite's rollback journal: the number of each row in pages as they were is its turn.

    Where rows have no numbers: answers in the order in which journals, one after another, name
    them, beside those who answered last.
    """
    found: dict[int, bytes] = {}
    journals = _logs(loot.files, "-journal")
    in_turn = _by_place(_answers(loot), b"".join(journals))
    for journal in journals if in_turn else ():
        for page in _journal_pages(journal, _page_size(loot.files["database"])):
            for number, content in _numbered_rows(page):
                named = [key for key in in_turn if key in content]
                if named and number <= len(loot.order):
                    found[loot.order[number - 1]] = named[0]
    if found:
        return found
    return _beside(loot.order[-len(in_turn) :], in_turn) if in_turn else {}


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


def by_looks(loot: Loot) -> Guesses:
    """Two looks at the numbers: one person answered between them, and one answer came."""
    guesses: dict[int, bytes] = {}
    for before, after in pairwise(loot.looks):
        new = after.counted - before.counted
        if len(new) == after.answered - before.answered == 1:
            guesses[loot.order[before.answered]] = next(iter(new))
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
    "numbers before and after": by_looks,
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
    shape: re.Pattern[bytes],
    secrets: Mapping[str, Mapping[int, str]],
    files: Mapping[str, bytes],
) -> dict[str, list[int]]:
    """Persons whose secret (a link, a code, an address) stands in any file, deleted or not.

    `secrets`: of one shape, by what they are called. `shape` finds what could hold secrets, so
    that a file is gone through once. Mail's way of breaking lines is undone.
    """
    seen: set[bytes] = set()
    for name, content in files.items():
        whole = content.replace(b"=\r\n", b"").replace(b"=\n", b"") if "mail" in name else content
        seen.update(shape.findall(whole))
    by_length: dict[int, set[bytes]] = {}
    for length in {len(secret) for some in secrets.values() for secret in some.values()}:
        by_length[length] = {
            one[start : start + length] for one in seen for start in range(len(one) - length + 1)
        }
    return {
        name: [one for one, secret in some.items() if secret.encode() in by_length[len(secret)]]
        for name, some in secrets.items()
    }


# -- looking into files ------------------------------------------------------------------------


def _logs(files: Mapping[str, bytes], ending: str = "") -> list[bytes]:
    return [
        content
        for name, content in sorted(files.items())
        if name.startswith("log:") and name.endswith(ending)
    ]


def _in_one_commit(loot: Loot) -> Guesses:
    """SQLite's write-ahead log, commit by commit: the link that changed, the answer that came."""
    keys, flags = set(_answers(loot)), dict[bytes, bytes]()
    pages: dict[int, bytes] = {}
    guesses: dict[int, bytes] = {}
    for log in _logs(loot.files, "-wal"):
        for commit in _commits(log):
            came, touched = set[bytes](), set[bytes]()
            for number, page in commit:
                for start in _changed(pages.get(number, b""), page):
                    one = page[start : start + KEY_BYTES]
                    if one in keys:
                        came.add(one)
                    elif one in loot.link_hashes:
                        said = page[start - FLAGS_BYTES : start]
                        if flags.get(one, said) != said:
                            touched.add(one)
                        flags[one] = said
                pages[number] = page
            keys -= came
            if len(came) == len(touched) == 1:
                guesses[loot.link_hashes[touched.pop()]] = came.pop()
    return guesses


def _commits(log: bytes) -> Iterable[list[tuple[int, bytes]]]:
    """Pages, with their numbers, of each transaction in a write-ahead log.

    Source: sqlite.org/fileformat2.html#the_write_ahead_log. Frames with another salt than the
    header's are left from before the log was begun anew.
    """
    size, salt = int.from_bytes(log[8:12]), log[16:24]
    commit = []
    for start in range(LOG_HEADER, len(log) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        if log[start + 8 : start + 16] != salt:
            return
        page = log[start + FRAME_HEADER :][:size]
        commit.append((int.from_bytes(log[start : start + 4]), page))
        if int.from_bytes(log[start + 4 : start + 8]):
            yield commit
            commit = []


def _changed(before: bytes, after: bytes) -> Iterable[int]:
    """Places in a page near what is not as it was."""
    for start in range(0, len(after), BLOCK):
        if before[start : start + BLOCK] != after[start : start + BLOCK]:
            yield from range(max(FLAGS_BYTES, start - KEY_BYTES), start + BLOCK + FLAGS_BYTES)


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
