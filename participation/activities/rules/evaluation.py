"""The short evaluation after an activity: its questions and when totals may be seen. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from participation.disclosure.rules.tables import BASE_MINIMUM
from participation.foundation.i18n import lazy_gettext as _l

# Totals are shown when this is over, so that nobody can see whose answer came last.
OPEN_FOR = timedelta(days=14)


class Thought(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNSURE = "unsure"


THOUGHT_LABELS: dict[str, Any] = {
    Thought.YES: _l("Yes"),
    Thought.PARTLY: _l("Partly"),
    Thought.NO: _l("No"),
    Thought.UNSURE: _l("I don't know"),
}
QUESTIONS: dict[str, Any] = {
    "understood": _l("Was it easy to understand?"),
    "listened": _l("Were you listened to?"),
    "again": _l("Would you take part again?"),
}


class Share(StrEnum):
    """How many said yes, in words, where exact counts would show single people."""

    NEARLY_ALL = "nearly_all"
    MOST = "most"
    HALF = "half"
    FEWER = "fewer"


SHARE_LABELS: dict[str, Any] = {
    Share.NEARLY_ALL: _l("All or nearly all said yes"),
    Share.MOST: _l("Most said yes"),
    Share.HALF: _l("About half said yes"),
    Share.FEWER: _l("Fewer than half said yes"),
}
_FROM = ((0.85, Share.NEARLY_ALL), (0.6, Share.MOST), (0.4, Share.HALF), (0.0, Share.FEWER))


@dataclass(frozen=True)
class Total:
    """One question's outcome: exact counts, or (none) only how many said yes in words."""

    share: Share
    counts: Mapping[str, int] | None


def totals(answers: Iterable[Mapping[str, str]]) -> Mapping[str, Total]:
    """Totals of a finished list of answers, by question; nothing below five answers.

    Exact counts only where nobody stands in a group of one to four.

    >>> totals([{"understood": "yes", "listened": "no", "again": "yes"}])
    {}
    >>> five = [{"understood": "yes", "listened": "yes", "again": "yes"}] * 4
    >>> totals([*five, {"understood": "yes", "listened": "no", "again": "yes"}])["listened"]
    Total(share=<Share.MOST: 'most'>, counts=None)
    """
    rows = list(answers)
    if len(rows) < BASE_MINIMUM:
        return {}
    return {name: _total(Counter(row[name] for row in rows)) for name in QUESTIONS}


def _total(counts: Counter[str]) -> Total:
    part = counts[Thought.YES] / counts.total()
    share = next(share for least, share in _FROM if part >= least)
    may_be_told = min(counts.values()) >= BASE_MINIMUM
    return Total(share, dict(counts) if may_be_told else None)
