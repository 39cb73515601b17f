"""What is published so that anybody can replay a lottery.

Before the draw: `commitment` (a salted hash of the whole pool, kept secret with its salt until an
observer asks) and the `replay_file`: every equally likely panel by random candidate numbers, where
the seed will come from and when, and the seal of the successors' keys (`sealed_keys`). After it:
the seed; for each successor by lot a `successor_file` and the key. `verify` does what
`replay_script` does, for a page of our own; the script can be downloaded (`script_text`).

The file holds no value of any feature, no name, no type: only numbers drawn for this lottery.
Source: SELECTION.md, "Explained and replayable".
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from participation.selection.rules import replay_script
from participation.selection.rules.lottery import Lottery
from participation.selection.rules.pool import Pool
from participation.selection.rules.replay_script import FORMAT, VERSION, Stream, canonical

SALT_HEX_DIGITS = 32  # 128 bits: too many to try, so the hash tells nothing of the pool


@dataclass(frozen=True)
class Replayed:
    """What a seed draws from a published file: panel number `index` (0 …) and its candidates."""

    fingerprint: str
    index: int
    panel: tuple[int, ...]


def commitment(pool: Pool, salt: str) -> str:
    """SHA-256 (64 hexadecimal digits) of the salt and everything that decides the chances.

    People (number, values, who lives together), seats and quotas. Order and the names of
    households do not matter. Raises ValueError when the salt is shorter than SALT_HEX_DIGITS.
    """
    if len(salt) < SALT_HEX_DIGITS:
        raise ValueError("the salt is too short to protect the pool")
    people = sorted(pool.people, key=lambda person: person.number)
    homes: dict[str, list[int]] = {}
    for person in people:
        if person.household is not None:
            homes.setdefault(person.household, []).append(person.number)
    together = [numbers for numbers in homes.values() if len(numbers) > 1]
    content = {
        "people": [[person.number, dict(person.values)] for person in people],
        "together": sorted(together),
        "seats": pool.seats,
        "quotas": {
            key: {value: [quota.minimum, quota.maximum] for value, quota in values.items()}
            for key, values in pool.quotas.items()
        },
        "salt": salt,
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def candidate_numbers(keys: Sequence[str], secret: str) -> dict[str, int]:
    """Random numbers 1 … n for the people behind `keys`, told by nobody without the secret.

    The same keys and secret give the same numbers, whatever the order of `keys`.
    """
    mixed = Stream("", "candidate numbers", secret).shuffled(sorted(keys))
    numbers = {key: number for number, key in enumerate(mixed, start=1)}
    return {key: numbers[key] for key in sorted(keys)}


def replay_file(
    panels: Sequence[Sequence[int]],
    *,
    commitment: str,
    seed_source: str,
    seed_known_on: str,
    successors_seal: str,
) -> dict[str, Any]:
    """The file to publish before the seed is known; `canonical` turns it into bytes.

    `panels`: every panel once per ticket, each as sorted candidate numbers. `seed_source`: whose
    number it will be, in words ("Lotto 1, seven numbers in the order drawn"); `seed_known_on`:
    the day or time in ISO 8601. `successors_seal`: of the keys that successors are drawn with.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "commitment": commitment,
        "seed": {"source": seed_source, "known_on": seed_known_on},
        "successors_seal": successors_seal,
        "fingerprint": replay_script.fingerprint(panels),
        "panels": [list(panel) for panel in panels],
    }


def successor_file(
    lottery: Lottery, *, seed_of_draw: str, seal: str, place: int, left: Sequence[int]
) -> dict[str, Any]:
    """The file about a successor by lot, published with the key that opened its place in the seal.

    A "panel" here is who would come: those who stayed on the panel are on none of them.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "successor": {
            "seed_of_draw": seed_of_draw,
            "seal": seal,
            "place": place,
            "left": sorted(left),
        },
        "fingerprint": lottery.fingerprint,
        "panels": [list(panel) for panel in lottery.panels],
    }


def verify(file: Mapping[str, Any], seed: str) -> Replayed:
    """Replay a published file. Raises ValueError when it is not one or was changed."""
    mark, index, panel = replay_script.replay(dict(file), seed)
    return Replayed(mark, index, tuple(panel))


def script_text() -> str:
    """The stand-alone script, for download beside the file."""
    return Path(replay_script.__file__).read_text(encoding="utf-8")
