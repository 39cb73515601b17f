"""Keys that can be destroyed: a file each under DATA_DIR/keys, in no database and in no backup.

What is sealed with such a key is erased by destroying the key, wherever copies of it lie: in
free pages, journals, replicas and backups (TRUST 45). Processes on several machines share the
folder.
"""

import os
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from participation.foundation.crypto import NONCE_BYTES
from participation.foundation.errors import ConfigurationError

KEY_BYTES = 32
FOLDER = "keys"
_ENDING = ".key"

_folder: Path | None = None


class KeyGoneError(LookupError):
    """The key was destroyed, or never was on this machine: nobody can read what it sealed."""


def configure_temporary_keys(data_dir: Path) -> None:
    """Tell this process where the keys lie."""
    global _folder
    _folder = data_dir / FOLDER


def key_names() -> list[str]:
    """Every key there is."""
    folder = _the_folder()
    return sorted(path.stem for path in folder.glob(f"*{_ENDING}")) if folder.is_dir() else []


def has_key(name: str) -> bool:
    return _file(name).exists()


def key_for(name: str) -> bytes:
    """The key called `name`, made now if there is none. Two processes at once get the same."""
    try:
        return existing_key(name)
    except KeyGoneError:
        _make(name)
        return existing_key(name)


def existing_key(name: str) -> bytes:
    """Raises KeyGoneError."""
    try:
        key = _file(name).read_bytes()
    except FileNotFoundError:
        raise KeyGoneError(name) from None
    if len(key) != KEY_BYTES:
        raise KeyGoneError(name)
    return key


def destroy_key(name: str) -> bool:
    """Overwrite the key and remove its file; whether there was one."""
    path = _file(name)
    try:
        with path.open("r+b") as file:
            file.write(bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    path.unlink(missing_ok=True)
    _sync_folder()
    return True


def seal(name: str, plain: bytes, about: bytes) -> bytes:
    """Encrypt with the key called `name`, made if there is none; `about` binds it to its place."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key_for(name)).encrypt(nonce, plain, about)


def unseal(name: str, sealed: bytes, about: bytes) -> bytes:
    """Raises KeyGoneError, also when it was sealed with an earlier key of that name."""
    key = existing_key(name)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except InvalidTag:
        raise KeyGoneError(name) from None


def _the_folder() -> Path:
    if _folder is None:
        raise ConfigurationError("call configure_temporary_keys first")
    return _folder


def _file(name: str) -> Path:
    if not all(part.isalnum() for part in name.split("-")):
        raise ValueError("a key's name has letters, digits and hyphens")
    return _the_folder() / f"{name}{_ENDING}"


def _make(name: str) -> None:
    """Whole or not at all: written beside, then linked to its name unless another was first."""
    path = _file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            return
    finally:
        Path(beside).unlink()
    _sync_folder()


def _sync_folder() -> None:
    handle = os.open(_the_folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
