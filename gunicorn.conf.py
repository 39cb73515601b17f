"""gunicorn's settings: `gunicorn wsgi:app`. What each means: docs/operations.md.

SQLite has one writer: one web process with eight threads, and the worker is two more threads of
it. More processes are refused. PostgreSQL: as many processes as `WEB_CONCURRENCY` says, and the
worker is a process of its own (`participation worker`).
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from participation.foundation.config import Config
from participation.foundation.errors import ConfigurationError
from participation.foundation.process_locks import in_use
from participation.foundation.serving import background_worker

_config = Config.from_environment()
_memory_disk = Path("/dev/shm")  # noqa: S108 - only gunicorn's heartbeat files
_running = ExitStack()

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 1 if _config.is_sqlite else int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
timeout = 60
graceful_timeout = 40
keepalive = 5
worker_tmp_dir = str(_memory_disk) if _memory_disk.is_dir() else tempfile.gettempdir()
# No access log: answer routes must leave no line (TRUST 46); who saw whom is in the event log.
accesslog = None
# Nobody steers the server through a socket in somebody's home folder.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Refuse what would starve or break a SQLite database."""
    if _config.is_sqlite and server.cfg.workers != 1:
        raise ConfigurationError("SQLite has one writer: run one web process (-w 1)")


def post_worker_init(worker: Any) -> None:
    """On SQLite, mails and jobs run as threads of the web process; a restore sees both."""
    if _config.is_sqlite:
        _running.enter_context(background_worker(worker.wsgi))
    else:
        _running.enter_context(in_use(_config))


def worker_exit(_server: Any, _worker: Any) -> None:
    """Finish the mail in hand and give the job back before the process ends."""
    _running.close()
