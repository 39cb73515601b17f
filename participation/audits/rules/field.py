"""Interviews sealed on a device to their audit's key, and what is read when they are opened. Pure.

The device draws a key for each save, encrypts the notes with it (AES-256-GCM) and wraps it for the
audit: ECDH on P-256 with a key pair used once, HKDF-SHA-256, AES-256-GCM. Audit, reference and
version are bound into both, so that nothing can be moved. static/source/field.js writes what is
read here: ephemeral point (65) · nonce (12) · wrapped key (48) · nonce (12) · sealed notes.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from participation.audits.rules.weeks import is_week
from participation.coding.rules.drafts import ROLE_LABELS

LARGEST_SEALED = 256 * 1024  # bytes
CHANGED_HERE = 2_000_000_000  # the version of an interview that was changed on the platform since
_POINT, _NONCE, _WRAPPED = 65, 12, 48
_CURVE = ec.SECP256R1()


class DepositState(StrEnum):
    """opened: an interview stands in the audit · late: waits for a person to take it in ·
    unreadable: no key opens it · forgotten: the person took their words back ·
    destroyed: it still waited when the audit ended, and went with the key."""

    OPENED = "opened"
    LATE = "late"
    UNREADABLE = "unreadable"
    FORGOTTEN = "forgotten"
    DESTROYED = "destroyed"


WAITING = (DepositState.LATE, DepositState.UNREADABLE)  # for a person to decide


class Unreadable(ValueError):
    """Sealed to another key, altered on the way, or not an interview."""


@dataclass(frozen=True)
class FieldKeys:
    """`public`: an uncompressed point, for devices. `private`: the scalar, 32 bytes."""

    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What stood on the device: `second` is a place in the team, `answers` go by question."""

    respondent_role: str
    held_week: str
    notes: str
    answers: Mapping[int, str]
    second: str = ""
    consent_version: str = ""


def new_keys() -> FieldKeys:
    """A key pair for one audit."""
    private = ec.generate_private_key(_CURVE)
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return FieldKeys(public, private.private_numbers().private_value.to_bytes(32, "big"))


def digest_of(sealed: bytes) -> str:
    """What a device compares before it forgets its own copy."""
    return hashlib.sha256(sealed).hexdigest()


def is_ref(text: Any) -> bool:
    """Whether `text` is 128 bits in lower-case hex."""
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{32}", text) is not None


def open_sealed(private: bytes, audit: str, ref: str, version: int, sealed: bytes) -> Told:
    """What `sealed` says. Raises Unreadable."""
    context = _context(audit, ref, version)
    point, rest = sealed[:_POINT], sealed[_POINT:]
    try:
        key = AESGCM(_agreed(private, point, context)).decrypt(
            rest[:_NONCE], rest[_NONCE : _NONCE + _WRAPPED], context
        )
        rest = rest[_NONCE + _WRAPPED :]
        plain = AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], context)
    except (InvalidTag, ValueError) as problem:
        raise Unreadable("it does not open") from problem
    return read_told(plain)


def _context(audit: str, ref: str, version: int) -> bytes:
    return f"medskapa field interview 1|{audit}|{ref}|{version}".encode()


def _agreed(private: bytes, point: bytes, context: bytes) -> bytes:
    own = ec.derive_private_key(int.from_bytes(private, "big"), _CURVE)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=context).derive(shared)


def read_told(plain: bytes) -> Told:
    """The notes as they were written; an unknown role or week becomes none, never a refusal.

    Raises Unreadable for what is no interview at all.
    """
    try:
        data = json.loads(plain)
        answers = {int(number): _text(said) for number, said in data["answers"].items()}
        notes = _text(data["notes"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Unreadable("it is no interview") from problem
    role, week = _text(data.get("role")), _text(data.get("week"))
    return Told(
        respondent_role=role if role in ROLE_LABELS else "",
        held_week=week if is_week(week) else "",
        notes=notes,
        answers={number: said for number, said in sorted(answers.items()) if said},
        second=_text(data.get("second"))[:20],
        consent_version=_text(data.get("consent"))[:20],
    )


def _text(value: Any) -> str:
    """Without NUL and lone surrogates, which no database takes."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode().replace("\0", "").strip()
