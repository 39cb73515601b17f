"""What stands in an issue, under which heading, and how its mailed links are known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from participation.foundation.i18n import lazy_gettext as _l

CONFIRM_WITHIN = timedelta(days=7)
MAIL_KIND = "newsletter"  # what an issue's mails are about, in the outbox
SECTIONS = {
    "said": _l("What people have said"),
    "answered": _l("What was answered"),
    "decided": _l("What was decided"),
    "late": _l("Where we are late"),
    "coming": _l("Coming up"),
}
# Where an item of news is put, by its kind; a kind that is not named here was decided.
SECTION_OF: Mapping[str, str] = {
    "finding": "said",
    "round": "said",
    "audit": "said",
    "answer": "answered",
    "late": "late",
    "coming": "coming",
}


@dataclass(frozen=True)
class ShownItem:
    """An item as readers see it."""

    title: str
    text: str
    path: str


@dataclass(frozen=True)
class ShownSection:
    """A heading with its items."""

    key: str
    items: Sequence[ShownItem]

    @property
    def title(self) -> str:
        return str(SECTIONS[self.key])


def sections_of(items: Iterable[tuple[str, ShownItem]]) -> list[ShownSection]:
    """Items, each with its section, under their headings in the headings' order."""
    order = list(SECTIONS)
    placed = sorted(items, key=lambda pair: order.index(pair[0]))
    return [
        ShownSection(key, [item for _section, item in found])
        for key, found in groupby(placed, key=lambda pair: pair[0])
    ]


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter.

    >>> quarter_of(date(2026, 11, 28))
    (2026, 4)
    """
    return day.year, (day.month - 1) // 3 + 1


def is_issue_due(last_sent_on: date | None, day: date) -> bool:
    """Whether a quarter has ended since the last issue, so that the next is owed.

    Where none was ever sent nobody has begun with it, and nothing is owed.

    Source: DOMAIN.md, a newsletter goes out four times a year.

    >>> is_issue_due(date(2026, 7, 2), date(2026, 9, 30))
    False
    >>> is_issue_due(date(2026, 7, 2), date(2026, 10, 1))
    True
    """
    return last_sent_on is not None and quarter_of(last_sent_on) < quarter_of(day)
