"""Drafts sealed under the respondent's own code (TRUST 45a).

From the code (link token or resume code) HKDF derives the draft's row id and its AES-256-GCM key.
The salt is a keyed hash with the installation's key, so neither the database nor a list of
codes opens a draft alone. The plaintext is padded to 4 KiB times a power of two: its length
tells next to nothing about what somebody wrote.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from participation.foundation.crypto import NONCE_BYTES, token_hash
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.codes import code_of

PAGE = 4096
_ID_BYTES = 16
_KEY_BYTES = 32
PAPER_RECEIPT_BYTES = 10  # 80 bits, 16 signs


@dataclass(frozen=True)
class DraftKey:
    """What a code opens: the row's id and the key of its content."""

    row_id: bytes
    key: bytes = field(repr=False)


def draft_key(code: str) -> DraftKey:
    """Row id and key of the draft that belongs to `code`."""
    salt = bytes.fromhex(token_hash("response draft", code))
    both = HKDF(
        algorithm=SHA256(), length=_ID_BYTES + _KEY_BYTES, salt=salt, info=b"response draft"
    ).derive(code.encode())
    return DraftKey(both[:_ID_BYTES], both[_ID_BYTES:])


def access_hash(code: str) -> bytes:
    """What `access_tokens` keeps of a personal link's token."""
    return bytes.fromhex(token_hash("answer link", code))


def response_id(receipt: str) -> bytes:
    """The key of the response that `receipt` is the receipt of."""
    return bytes.fromhex(token_hash("receipt", receipt))


def waiting_id(receipt: str) -> bytes:
    """The key under which an anonymous answer waits; it tells nothing of `response_id`."""
    return bytes.fromhex(token_hash("waiting receipt", receipt))


def paper_receipt(code: str) -> str:
    """The receipt printed on the strip that whoever fills in the paper with `code` keeps.

    It follows from the code and the installation's key, so nobody writes it down: not on the part
    that comes back, and not in the database, whose hashes lead to neither (TRUST 50).
    """
    return code_of(bytes.fromhex(token_hash("paper receipt", code))[:PAPER_RECEIPT_BYTES])


def form_value(code: str) -> str:
    """The CSRF value of the answer pages of one code (TRUST 46: no cookie to bind it to)."""
    return token_hash("answer form", code)


@dataclass
class Draft:
    """What lies in a sealed draft. The receipt code is drawn at the start (TRUST 50)."""

    receipt: str
    answers: Answers = field(default_factory=Answers)
    answers_for: str = ""
    unit_id: int | None = None
    is_paper: bool = False  # typed by staff from a form; never kept as a draft
    language: str = ""  # or twin, in which it was answered last: what the code opens again
    until: int = 0  # on a shared tablet: the second after which nobody opens it again
    name: str = ""  # who answers, in a round with names


def seal(draft: Draft, key: DraftKey) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key.key).encrypt(nonce, padded(_data(draft)), key.row_id)


def padded(data: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> bytes:
    """JSON filled up with spaces to 4 KiB times a power of two."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    size = PAGE
    while size < len(plain):
        size *= 2
    return plain.ljust(size, b" ")


def unseal(sealed: bytes, key: DraftKey) -> Draft:
    """Raises cryptography's InvalidTag for another code's row or an altered one."""
    plain = AESGCM(key.key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], key.row_id)
    data = json.loads(plain)
    return Draft(
        receipt=data["receipt"],
        answers=Answers(data["closed"], data["texts"]),
        answers_for=data["for"],
        unit_id=data["unit"],
        language=data.get("language", ""),
        until=data.get("until", 0),
        name=data.get("name", ""),
    )


def _data(draft: Draft) -> dict[str, Any]:
    return {
        "receipt": draft.receipt,
        "for": draft.answers_for,
        "unit": draft.unit_id,
        "language": draft.language,
        "until": draft.until,
        "name": draft.name,
        **draft.answers.data(),
    }
