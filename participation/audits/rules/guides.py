"""The guide of an interview: written questions to start from, and how hard they are to read. Pure.

The questions are data/guide_library.yaml, ours. What is copied into a guide is the auditors' own
from then on.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.lint import HARD_EASY, lix

FILE = Path(__file__).parent.parent / "data" / "guide_library.yaml"
ENOUGH = 8  # questions for an hour
THEMES: Mapping[str, Any] = {
    "daily_life": _l("Everyday life"),
    "meeting": _l("How people are met"),
    "influence": _l("To decide oneself"),
    "information": _l("To know and understand"),
    "together": _l("When several help"),
    "safety": _l("Safety"),
    "next_of_kin": _l("For next of kin"),
    "last": _l("To end with"),
}
Item = TypeVar("Item")


@dataclass(frozen=True)
class WrittenQuestion:
    """One question of the library: usual words, easy words, and what to ask further."""

    key: str
    theme: str
    text: str
    easy: str
    follow_up: str


@cache
def written_questions() -> tuple[WrittenQuestion, ...]:
    """The whole library, in its order."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(WrittenQuestion(**row) for row in rows)


def chosen(keys: Iterable[str], *, is_easy: bool) -> list[tuple[str, str]]:
    """(question, follow-up) of the chosen ones, in the library's order; unknown keys are nothing.

    >>> chosen(["last_word", "nope"], is_easy=True)
    [('Vad har vi glömt att fråga?', '')]
    """
    wanted = set(keys)
    return [
        (one.easy if is_easy else one.text, one.follow_up)
        for one in written_questions()
        if one.key in wanted
    ]


def moved(items: Sequence[Item], number: int, by: int) -> list[Item]:
    """The items with the one at `number` (from 1) one or more places further on; ends hold.

    >>> moved("abc", 3, -1), moved("abc", 1, -1), moved("abc", 1, 5)
    (['a', 'c', 'b'], ['a', 'b', 'c'], ['b', 'c', 'a'])
    """
    rest = list(items)
    item = rest.pop(number - 1)
    rest.insert(max(0, number - 1 + by), item)
    return rest


def is_hard(text: str) -> bool:
    """Whether a question said aloud is hard to follow. Source: LIX, Björnsson 1968.

    >>> is_hard("Hur upplever du samverkan mellan verksamheternas olika professioner generellt?")
    True
    """
    value = lix(text)
    return value is not None and value > HARD_EASY


def mark_of(text: str) -> str:
    """Says in a form which question was meant, where a colleague may have put others in its place.

    >>> mark_of("Hur?") == mark_of("Hur?"), len(mark_of("Hur?"))
    (True, 12)
    """
    return hashlib.sha256(text.encode()).hexdigest()[:12]
