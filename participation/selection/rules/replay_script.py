#!/usr/bin/env python3
"""Replays a published lottery. Needs Python 3.8 or newer and nothing else.

    python3 replay_script.py lottery.json "the seed as it became known"

It prints the fingerprint of the file, the number that the seed draws, and the panel with that
number. Compare the fingerprint with the one that was published before the seed was known.

A successor has a file and a seed of their own. That seed is the draw's, a slash, and a key. The
key was secret, but its seal stands in the draw's file: the key hashed with SHA-256 as many times
as the file says gives the seal. The program checks that; compare the seal with the draw's file.

How the seed becomes a number: SHA-256 of `fingerprint ⏎ purpose ⏎ seed ⏎ 0` (then 1, 2, …), read
as a whole number of 256 bits. A number that would make low results likelier is skipped.
"""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar

FORMAT, VERSION = "fair-selection-lottery", 1
_SPAN = 1 << 256
Item = TypeVar("Item")


class Stream:
    """Whole numbers from a seed: the same on every machine and in every version of Python."""

    def __init__(self, fingerprint: str, purpose: str, seed: str) -> None:
        self._start = "\n".join((fingerprint, purpose, tidy_seed(seed), ""))
        self._next = 0

    def below(self, limit: int) -> int:
        """A number 0 … limit − 1, each equally likely."""
        while True:
            text = self._start + str(self._next)
            self._next += 1
            number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big")
            if number < _SPAN - _SPAN % limit:
                return number % limit

    def shuffled(self, items: "Sequence[Item]") -> "list[Item]":
        """The items in an order drawn by the seed (Fisher–Yates, from the last place down)."""
        mixed = list(items)
        for place in range(len(mixed) - 1, 0, -1):
            other = self.below(place + 1)
            mixed[place], mixed[other] = mixed[other], mixed[place]
        return mixed


def tidy_seed(seed: str) -> str:
    """Spaces around and between do not matter, nor how an å is composed."""
    return " ".join(unicodedata.normalize("NFC", seed).split())


def canonical(content: Any) -> bytes:
    """JSON with sorted keys and no spaces, as UTF-8: the same content gives the same bytes."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def fingerprint(panels: "Sequence[Sequence[int]]") -> str:
    """SHA-256 (hexadecimal) of the list of panels: what the draw depends on, besides the seed."""
    return hashlib.sha256(canonical([list(panel) for panel in panels])).hexdigest()


def hashed(text: str, times: int) -> str:
    """SHA-256 of the text, of that (hexadecimal) again, and so on."""
    for _ in range(times):
        text = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return text


def opens_seal(seed: str, draws_seed: str, seal: str, place: int) -> bool:
    """Whether a successor's seed is the draw's own with the key that this place has."""
    begin, _, key = tidy_seed(seed).rpartition(" / ")
    return begin == tidy_seed(draws_seed) and hashed(key, place) == seal


def drawn_index(mark: str, panels: int, seed: str) -> int:
    """Which panel (0 …) of a lottery with this fingerprint the seed draws."""
    return Stream(mark, "panel", seed).below(panels)


def replay(file: "dict[str, Any]", seed: str) -> "tuple[str, int, list[int]]":
    """Fingerprint, index of the drawn panel (0 …) and its candidate numbers.

    Raises ValueError when the file is not a lottery of this version or does not match its own
    fingerprint, or when the seed of a successor does not open the seal.
    """
    if file.get("format") != FORMAT or file.get("version") != VERSION:
        raise ValueError("this is not a lottery that this script can read")
    panels = file["panels"]
    mark = fingerprint(panels)
    if mark != file["fingerprint"]:
        raise ValueError("the panels were changed: they do not match the file's own fingerprint")
    after = file.get("successor")
    if after and not opens_seal(seed, after["seed_of_draw"], after["seal"], after["place"]):
        raise ValueError("the key in the seed does not open the seal that was published before")
    index = drawn_index(mark, len(panels), seed)
    return mark, index, list(panels[index])


def main(arguments: "list[str]") -> int:
    if len(arguments) != 2:
        sys.stderr.write(str(__doc__))
        return 2
    with open(arguments[0], encoding="utf-8") as opened:
        file = json.load(opened)
    mark, index, panel = replay(file, arguments[1])
    seal = (file.get("successor") or {}).get("seal") or file.get("successors_seal", "none")
    sys.stdout.write(
        "fingerprint  {}\nseal         {}\nnumber       {} of {}\npanel        {}\n".format(
            mark, seal, index + 1, len(file["panels"]), " ".join(map(str, panel))
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
