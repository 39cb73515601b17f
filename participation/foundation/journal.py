"""What must happen again after a restore: a line each in files under DATA_DIR, without times.

A withdrawal is written down before it is committed. If it then fails, nothing is lost: whoever
asked for it gets it at the next restore at the latest.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from participation.foundation.errors import ConfigurationError

FOLDER = "journal"
_LINE = re.compile(r"[0-9a-f]{1,128}")

_folder: Path | None = None


def configure_journal(data_dir: Path) -> None:
    """Tell this process where the journals lie."""
    global _folder
    _folder = data_dir / FOLDER


def note(kind: str, value: str) -> None:
    """Write `value` (hexadecimal: a hash, never a person's words) into the journal `kind`."""
    if not _LINE.fullmatch(value):
        raise ValueError("a journal holds hashes only")
    path = _file(kind)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{value}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def noted(kind: str) -> Sequence[str]:
    """Everything in the journal, each value once, in the order of the values."""
    try:
        lines = _file(kind).read_text().splitlines()
    except FileNotFoundError:
        return []
    return sorted({line for line in lines if _LINE.fullmatch(line)})


def _file(kind: str) -> Path:
    if _folder is None:
        raise ConfigurationError("call configure_journal first")
    return _folder / f"{kind}.txt"
