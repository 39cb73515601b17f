"""A throwaway PostgreSQL for tests: own folder, Unix socket only, nothing survives the run.

One server per test run, shared by pytest-xdist's workers through a file lock and a count of its
users; each asks for its own database. `TEST_DATABASE_URL` (a URL that may create databases) is
used instead when it is set.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

INSTALLED = Path("/usr/lib/postgresql")
UNPRIVILEGED_USER = "postgres"
START_SECONDS = 20
SETTINGS = ("listen_addresses=", "max_connections=100")
INITDB_OPTIONS = (
    *("-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"),
    *("--no-sync", "--no-instructions"),
)
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

# Kept, so that a server left to the run's other workers is not reported as forgotten.
_started: dict[Path, subprocess.Popen[bytes]] = {}


class PostgresMissingError(RuntimeError):
    """No PostgreSQL is installed and TEST_DATABASE_URL is not set."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `url` leads to its maintenance database."""

    url: str

    def fresh_database(self, name: str) -> str:
        """The URL of an empty database; one with the same name is dropped first."""
        self.drop_database(name)
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop_database(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def binaries() -> Path | None:
    """The newest installed server's programs."""
    found = [path.parent for path in INSTALLED.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def is_available() -> bool:
    return "TEST_DATABASE_URL" in os.environ or binaries() is not None


@contextmanager
def shared_server(run_id: str, *, is_durable: bool = False) -> Iterator[PostgresServer]:
    """The server of this test run; the last user stops it.

    `run_id` is the same in every worker of one run (pytest-xdist's testrun uid). `is_durable`
    keeps fsync on, for benchmarks.

    Raises:
        PostgresMissingError: there is no server to start.
    """
    if "TEST_DATABASE_URL" in os.environ:
        yield PostgresServer(os.environ["TEST_DATABASE_URL"])
        return
    programs = binaries()
    if programs is None:
        raise PostgresMissingError(
            "install it (apt-get install postgresql) or set TEST_DATABASE_URL"
        )
    folder = Path(tempfile.gettempdir()) / f"participation-pg-{run_id[:12]}"
    with _locked(folder):
        _sweep_abandoned(folder)
        if not (folder / "data" / "postmaster.pid").exists():
            _start(programs, folder, is_durable=is_durable)
        _count(folder, +1)
    try:
        yield PostgresServer(f"postgresql+psycopg://tests@/postgres?host={folder}")
    finally:
        with _locked(folder):
            if _count(folder, -1) == 0:
                _stop(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _count(folder: Path, change: int) -> int:
    file = folder / "users"
    users = int(file.read_text() if file.exists() else "0") + change
    file.write_text(str(users))
    return users


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={UNPRIVILEGED_USER}", "--init-groups", f"--regid={_group()}", "--"]


def _group() -> str:
    return subprocess.check_output(["id", "-gn", UNPRIVILEGED_USER], text=True).strip()


def _start(programs: Path, folder: Path, *, is_durable: bool) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o755)
    (folder / "owner").write_text(str(_run_owner()))
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED_USER)
    data = str(folder / "data")
    subprocess.run(
        [*_as_server_user(), str(programs / "initdb"), "-D", data, *INITDB_OPTIONS],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    settings = SETTINGS if is_durable else SETTINGS + FAST_AND_FORGETFUL
    with (folder / "log").open("wb") as log:
        _started[folder] = subprocess.Popen(
            [*_as_server_user(), str(programs / "postgres"), "-D", data, "-k", str(folder)]
            + [part for setting in settings for part in ("-c", setting)],
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )
    _wait_until_ready(programs, folder)


def _wait_until_ready(programs: Path, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    check = [str(programs / "pg_isready"), "-q", "-h", str(folder), "-U", "tests"]
    while subprocess.run(check, check=False).returncode != 0:
        if time.monotonic() > deadline:
            raise RuntimeError((folder / "log").read_text())
        time.sleep(0.05)


def _stop(folder: Path) -> None:
    pid_file = folder / "data" / "postmaster.pid"
    if pid_file.exists():
        pid = int(pid_file.read_text().split()[0])
        try:
            os.kill(pid, signal.SIGQUIT)
            while _is_alive(pid):
                time.sleep(0.02)
        except ProcessLookupError:
            pass
    if folder in _started:
        _started.pop(folder).wait()
    shutil.rmtree(folder, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    """A zombie waiting for its parent counts as gone."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def _run_owner() -> int:
    """The process whose end means that nobody needs the server: xdist's controller, or this one."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _sweep_abandoned(own: Path) -> None:
    """Stop servers of runs that were killed before they could."""
    for owner in own.parent.glob("participation-pg-*/owner"):
        if owner.parent != own and not _is_alive(int(owner.read_text() or "0")):
            _stop(owner.parent)
            Path(f"{owner.parent}.lock").unlink(missing_ok=True)
