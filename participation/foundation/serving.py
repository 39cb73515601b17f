"""The worker beside the web: as threads of the same process (SQLite, and `participation run`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask

from participation.foundation.web import EXTENSION, Extension
from participation.foundation.worker import Worker


@contextmanager
def background_worker(app: Flask) -> Iterator[Worker]:
    """Hand over mails and run jobs while the application is served.

    Raises:
        InUseError: on SQLite, when another process does it already.
    """
    web = cast(Extension, app.extensions[EXTENSION])
    worker = Worker(
        web.config,
        web.sessions,
        web.features.collect("job_handlers"),
        web.features.collect("schedules"),
    )
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
