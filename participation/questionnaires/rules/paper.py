"""Answers on paper: typed twice, compared question by question, sealed until they agree."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from participation.foundation.crypto import NONCE_BYTES
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.sealing import DraftKey, draft_key, padded

ANSWERS_FOR = "answers_for"  # compared like a question
NAME = "__name"  # too, in a round with names; no question has such a key
SECOND = "second"


@dataclass(frozen=True)
class Entry:
    """What one person typed from a paper. `typed_by`: the account's number."""

    answers: Answers
    answers_for: str
    locale: str
    typed_by: int
    name: str = ""  # of who answered, in a round with names


@dataclass(frozen=True)
class Typed:
    """The entries of one paper so far: one, or two that differ."""

    first: Entry
    second: Entry | None = None


@dataclass(frozen=True)
class Difference:
    """One question answered in two ways; what is empty was left out."""

    key: str
    first: Any
    second: Any


def paper_key(code: str) -> DraftKey:
    """Row id and key of what was typed from the paper with this code."""
    return draft_key(f"paper {code}")


def differences(first: Entry, second: Entry) -> list[Difference]:
    """Where two entries disagree. Spaces and capitals in own words are no difference."""
    one, other = _flat(first), _flat(second)
    return [
        Difference(key, one.get(key), other.get(key))
        for key in dict.fromkeys([*one, *other])
        if _plain(one.get(key)) != _plain(other.get(key))
    ]


def settled(typed: Typed, chosen: Mapping[str, str]) -> Entry:
    """One entry out of two: `chosen` says by question whether the second is right."""
    assert typed.second is not None
    answers = Answers(dict(typed.first.answers.closed), dict(typed.first.answers.texts))
    stated, name = typed.first.answers_for, typed.first.name
    for one in differences(typed.first, typed.second):
        if chosen.get(one.key) != SECOND:
            continue
        if one.key == ANSWERS_FOR:
            stated = typed.second.answers_for
            continue
        if one.key == NAME:
            name = typed.second.name
            continue
        for kept, right in (
            (answers.closed, typed.second.answers.closed),
            (answers.texts, typed.second.answers.texts),
        ):
            _take(kept, right, one.key)
    return Entry(answers, stated, typed.second.locale, typed.second.typed_by, name)


def _take(kept: dict[str, Any], right: Mapping[str, Any], key: str) -> None:
    if key in right:
        kept[key] = right[key]
    else:
        kept.pop(key, None)


def _flat(entry: Entry) -> dict[str, Any]:
    stated = {ANSWERS_FOR: entry.answers_for} if entry.answers_for else {}
    named = {NAME: entry.name} if entry.name else {}
    return {**named, **stated, **entry.answers.closed, **entry.answers.texts}


def _plain(value: Any) -> str:
    return " ".join(str("" if value is None else value).split()).casefold()


# -- sealing ---------------------------------------------------------------------------------


def seal_typed(typed: Typed, key: DraftKey) -> bytes:
    """Filled up like a draft: the length would tell which stored answer it became (TRUST 45a)."""
    entries = [typed.first] if typed.second is None else [typed.first, typed.second]
    data = [
        {
            **e.answers.data(),
            "for": e.answers_for,
            "locale": e.locale,
            "by": e.typed_by,
            "name": e.name,
        }
        for e in entries
    ]
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key.key).encrypt(nonce, padded(data), key.row_id)


def unseal_typed(sealed: bytes, key: DraftKey) -> Typed:
    """Raises cryptography's InvalidTag for another code's row."""
    plain = AESGCM(key.key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], key.row_id)
    entries = [
        Entry(Answers(d["closed"], d["texts"]), d["for"], d["locale"], d["by"], d.get("name", ""))
        for d in json.loads(plain)
    ]
    return Typed(*entries)
