"""Pages that are the same for everybody, kept in memory for as long as they hold.

What is withdrawn is gone at once (TRUST), so nothing is kept for a time: a page is kept for a
state of the database, as the database itself names it, and for the minute, since pages speak of
what is open now. Decision: docs/decisions/0019-public-pages-kept-for-a-state.md.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import structlog
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from participation.foundation.clock import now

MOST_PAGES = 1_000
MOST_BYTES = 32 * 1024 * 1024
LARGEST_PAGE = 1024 * 1024
WAIT_SECONDS = 2  # for the database to say its state; then the page is made anew

# Equal answers mean that nothing was committed in between, whoever might have written:
# SQLite's counter of commits by other connections; which transactions PostgreSQL shows as done.
STATE_OF_DATABASE: Mapping[str, str] = {
    "sqlite": "PRAGMA data_version",
    "postgresql": "SELECT pg_current_snapshot()::text",
}

Moment = tuple[Any, int]  # the state of the database, and the minute
Key = tuple[str, str, str, str]  # script root, path, query, language
Environ = dict[str, Any]
StartResponse = Callable[..., Any]

log = structlog.get_logger()


class DatabaseState:
    """Asks the database which state it is in, over a connection that does nothing else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._question = STATE_OF_DATABASE[engine.dialect.name]
        self._connection: Any = None

    def read(self) -> Any:
        """The state now; None when it cannot be known. One caller at a time."""
        try:
            cursor = self._own_connection().cursor()
            state = cursor.execute(self._question).fetchone()[0]
            cursor.close()
        except (self._engine.dialect.loaded_dbapi.Error, SQLAlchemyError) as problem:
            log.warning("state_of_database_unknown", problem=type(problem).__name__)
            self.close()
            return None
        return state

    def _own_connection(self) -> Any:
        """Outside the pool: it is held for as long as the process lives."""
        if self._connection is None:
            is_sqlite = self._engine.dialect.name == "sqlite"
            own = create_engine(
                self._engine.url,
                poolclass=NullPool,
                connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False}
                if is_sqlite
                else {"connect_timeout": WAIT_SECONDS, "autocommit": True},
            )
            pooled = own.raw_connection()
            self._connection = pooled.driver_connection
            pooled.detach()
        return self._connection

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


@dataclass(frozen=True)
class KeptPage:
    """A whole answer with its validator."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str

    def answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The page, or 304 to whoever has it already."""
        if self._is_known(environ.get("HTTP_IF_NONE_MATCH", "")):
            own = [(k, v) for k, v in self.headers if not k.lower().startswith("content-t")]
            start_response(
                "304 Not Modified", [(k, v) for k, v in own if k.lower() != "content-length"]
            )
            return []
        start_response("200 OK", list(self.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]

    def _is_known(self, asked: str) -> bool:
        """Proxies that compress mark the validator as weak; the page is the same."""
        return bool(asked) and self.etag in {
            one.strip().removeprefix("W/") for one in asked.split(",")
        }


class KeptPages:
    """The pages of one moment; with the next, all are forgotten."""

    def __init__(self, state: DatabaseState) -> None:
        self._state = state
        self._lock = Lock()
        self._moment: Moment | None = None
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key) -> tuple[Moment | None, KeptPage | None]:
        """The moment, and the page as it is at that moment. Read before the page is made."""
        with self._lock:
            state = self._state.read()
            moment = None if state is None else (state, int(now().timestamp()) // 60)
            if moment is None or moment != self._moment:
                self._forget(moment)
                return moment, None
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return moment, page

    def keep(self, key: Key, moment: Moment, page: KeptPage) -> None:
        """Keep a page that was begun at `moment`, if that moment still is."""
        with self._lock:
            if moment != self._moment or len(page.body) > LARGEST_PAGE or key in self._pages:
                return
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._bytes > MOST_BYTES or len(self._pages) > MOST_PAGES:
                _key, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)

    def close(self) -> None:
        with self._lock:
            self._forget(None)
            self._state.close()

    def _forget(self, moment: Moment | None) -> None:
        self._moment = moment
        self._pages.clear()
        self._bytes = 0


def kept_pages(engine: Engine) -> KeptPages | None:
    """Somewhere to keep pages; none for a database that lives in one connection's memory."""
    in_memory = engine.dialect.name == "sqlite" and engine.url.database in {None, "", ":memory:"}
    return None if in_memory else KeptPages(DatabaseState(engine))
