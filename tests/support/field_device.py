"""A device in the field, in Python: it seals as static/source/field.js does."""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def told(**words: Any) -> dict[str, Any]:
    """What an auditor wrote."""
    return {
        "role": "patient",
        "week": "2026-W03",
        "second": "",
        "consent": "2026-1",
        "answers": {},
        "notes": "Hon äter helst ensam.",
        **words,
    }


def seal(public: bytes, audit: str, ref: str, version: int, said: dict[str, Any]) -> bytes:
    context = f"medskapa field interview 1|{audit}|{ref}|{version}".encode()
    once = ec.generate_private_key(CURVE)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public))
    agreed = HKDF(algorithm=SHA256(), length=32, salt=None, info=context).derive(shared)
    key, first, second = os.urandom(32), os.urandom(12), os.urandom(12)
    point = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    wrapped = AESGCM(agreed).encrypt(first, key, context)
    body = AESGCM(key).encrypt(second, json.dumps(said).encode(), context)
    return point + first + wrapped + second + body


@dataclass
class Device:
    """One device that took `audit` along."""

    audit: str
    token: str
    public_key: bytes = field(repr=False)

    def sealed(self, ref: str = "", version: int = 1, **words: Any) -> dict[str, Any]:
        """What `put_in` takes besides the token."""
        ref = ref or secrets.token_hex(16)
        sealed = seal(self.public_key, self.audit, ref, version, told(**words))
        digest = hashlib.sha256(sealed).hexdigest()
        return {"ref": ref, "version": version, "sealed": sealed, "digest": digest}

    def posted(self, **sealed: Any) -> dict[str, Any]:
        """The body that field.js posts."""
        return {
            **sealed,
            "token": self.token,
            "sealed": base64.b64encode(sealed["sealed"]).decode(),
        }
