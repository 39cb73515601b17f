"""Locks between processes, as files under DATA_DIR. They vanish with the process that holds them.

in-use   shared by everything that runs on the database; `restore` needs it alone
worker   one worker beside SQLite, which has one writer (STACK.md, "SQLite default")
command  commands that write wait for each other
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from participation.foundation.config import Config


class InUseError(RuntimeError):
    """Another process holds the lock."""


@contextmanager
def in_use(config: Config) -> Iterator[None]:
    """Say that this process works on the database. Raises InUseError during a restore."""
    with _held(config, "in-use", fcntl.LOCK_SH | fcntl.LOCK_NB):
        yield


@contextmanager
def alone(config: Config) -> Iterator[None]:
    """Be the only process on the database. Raises InUseError while another one works on it."""
    with _held(config, "in-use", fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


@contextmanager
def only_worker(config: Config) -> Iterator[None]:
    """Be the only worker. Raises InUseError when there already is one."""
    with _held(config, "worker", fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


@contextmanager
def command_turn(config: Config) -> Iterator[None]:
    """Wait until no other command writes."""
    with _held(config, "command", fcntl.LOCK_EX):
        yield


@contextmanager
def _held(config: Config, name: str, how: int) -> Iterator[None]:
    folder: Path = config.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, how)
        except BlockingIOError as problem:
            raise InUseError(f"another process holds {file.name}") from problem
        yield
