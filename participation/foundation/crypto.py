"""Encryption of contact fields, blind indexes, link tokens and log pseudonyms.

Keys live outside the database. Contact fields are AES-256-GCM with the column's name as
associated data, so a value cannot be moved between columns. A dump shows no plaintext contact.
"""

import base64
import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from participation.foundation.errors import ConfigurationError

NONCE_BYTES = 12
SEALED_BLOCK = 32  # bytes
LINK_TOKEN_BYTES = 20  # 160 bits; TRUST 45 asks for at least 128
INDEX_LENGTH = 32  # hex characters, 128 bits
NAME_PREFIX_LENGTHS = range(2, 9)


class KeyRing:
    """The installation's keys. The first contact key encrypts; all of them decrypt (rotation)."""

    def __init__(self, contact_keys: Mapping[str, bytes], index_key: bytes) -> None:
        self._ciphers = {
            key_id: AESGCM(_derive(key, b"contact field")) for key_id, key in contact_keys.items()
        }
        self._current = next(iter(contact_keys))
        self._index_key = _derive(index_key, b"blind index")
        self._token_key = _derive(index_key, b"link token")
        self._pseudonym_key = _derive(index_key, b"event log pseudonym")

    def encrypt(self, plaintext: str, context: str) -> str:
        sealed = self._seal(plaintext.encode(), context)
        return f"{self._current}.{base64.urlsafe_b64encode(sealed).decode()}"

    def encrypt_bytes(self, plain: bytes, context: str) -> bytes:
        return self._current.encode() + b"." + self._seal(plain, context)

    def decrypt(self, stored: str, context: str) -> str:
        """Raises ConfigurationError when the key is missing or the value was tampered with."""
        key_id, _, encoded = stored.partition(".")
        return self._open(key_id, base64.urlsafe_b64decode(encoded), context).decode()

    def decrypt_bytes(self, stored: bytes, context: str) -> bytes:
        """As `decrypt`, for bytes."""
        key_id, _, sealed = stored.partition(b".")
        return self._open(key_id.decode(), sealed, context)

    def _seal(self, plain: bytes, context: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._ciphers[self._current].encrypt(nonce, plain, context.encode())

    def _open(self, key_id: str, sealed: bytes, context: str) -> bytes:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise ConfigurationError(f"contact key {key_id!r} is not configured")
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
        except InvalidTag as problem:
            raise ConfigurationError(f"a value in {context} does not open") from problem

    def blind_index(self, purpose: str, value: str) -> str:
        """A keyed hash for exact search; the same value in another column hashes differently."""
        return _mac(self._index_key, f"{purpose}\0{value}")

    def token_hash(self, purpose: str, token: str) -> str:
        return _mac(self._token_key, f"{purpose}\0{token}")

    def pseudonym(self, subject: str) -> str:
        return _mac(self._pseudonym_key, subject)


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"participation " + purpose).derive(
        key
    )


def _mac(key: bytes, message: str) -> str:
    return hmac.digest(key, message.encode(), "sha256").hex()[:INDEX_LENGTH]


_ring: KeyRing | None = None


def configure_keys(contact_keys: Mapping[str, bytes], index_key: bytes) -> None:
    """Give this process its keys; called once by `create_app` and by every command."""
    global _ring
    _ring = KeyRing(contact_keys, index_key)


def keys() -> KeyRing:
    if _ring is None:
        raise ConfigurationError("keys are not configured; call configure_keys first")
    return _ring


class EncryptedText(TypeDecorator[str]):
    """A contact field or other personal text, encrypted at rest. `context` is "table.column"."""

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys().encrypt(value, self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys().decrypt(value, self.context)


class EncryptedBytes(TypeDecorator[bytes]):
    """A file's content, encrypted at rest. `context` is "table.column"."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keys().encrypt_bytes(value, self.context)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keys().decrypt_bytes(bytes(value), self.context)


def index_column() -> String:
    """The column type that holds a blind index or a token hash."""
    return String(INDEX_LENGTH)


def normalised_email(address: str) -> str:
    """Lower-cased, NFKC, trimmed: two spellings of one address meet in one index value."""
    return unicodedata.normalize("NFKC", address).strip().lower()


def email_index(address: str) -> str:
    return keys().blind_index("email", normalised_email(address))


def phone_index(number: str) -> str:
    """`number` in E.164; spaces and dashes are ignored."""
    return keys().blind_index("phone", re.sub(r"[^\d+]", "", number))


def name_prefixes(name: str) -> list[str]:
    """Keyed prefix tokens of each word of a name, 2–8 letters, for search as one types.

    "Tuva Ek" gives four: tu, tuv, tuva and ek.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    found = {
        word[:length]
        for word in re.findall(r"\w+", folded)
        for length in NAME_PREFIX_LENGTHS
        if length <= len(word)
    }
    return sorted(keys().blind_index("name", prefix) for prefix in found)


def name_query_index(typed: str) -> list[str]:
    """The index values a typed name must match all of; words shorter than 2 letters are skipped."""
    folded = unicodedata.normalize("NFKC", typed).casefold()
    longest = NAME_PREFIX_LENGTHS[-1]
    words = [word[:longest] for word in re.findall(r"\w+", folded) if len(word) > 1]
    return [keys().blind_index("name", word) for word in words]


def new_token() -> str:
    """A link token of 160 random bits, URL-safe, 32 characters."""
    return base64.b32encode(secrets.token_bytes(LINK_TOKEN_BYTES)).decode().lower()


def token_hash(purpose: str, token: str) -> str:
    """What the database keeps of a token: a keyed hash, useless without the key and the token."""
    return keys().token_hash(purpose, token)


def seal_words(purpose: str, words: str) -> str:
    """Words for an address, so that no proxy's log and no browser's history tells them.

    Padded, so that their length says little; sealed twice they look different.
    """
    room = -(-len(words.encode()) // SEALED_BLOCK) * SEALED_BLOCK
    return keys().encrypt(words + " " * (room - len(words.encode())), f"address: {purpose}")


def open_words(purpose: str, sealed: str) -> str:
    """What `seal_words` sealed; nothing for what was altered, cut or sealed for something else."""
    try:
        return keys().decrypt(sealed, f"address: {purpose}").rstrip()
    except (ConfigurationError, ValueError):
        return ""
