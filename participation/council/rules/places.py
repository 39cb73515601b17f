"""Seats, representations and answers: what counts, what is owed, what is late. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

# Source: DOMAIN.md, model point 4: twelve people asked out of the bank.
SEATS = 12
ANSWER_DAYS = 42  # what a new statement proposes; the council may choose another day
YOUNG_UNTIL_AGE = 25  # "young" in the indicator of decision-making forums; a decision to confirm
SUBJECT_KIND = "statement"  # what a commitment about a statement says it is about


class RepresentationKind(StrEnum):
    ORDINARY = "ordinary"
    ALTERNATE = "alternate"


KIND_LABELS: Mapping[str, Any] = {
    RepresentationKind.ORDINARY: _l("Ordinary"),
    RepresentationKind.ALTERNATE: _l("Alternate"),
}
# Which of a group's seats in the county file a representation fills.
SEAT_KINDS: Mapping[str, str] = {
    RepresentationKind.ORDINARY: "resident",
    RepresentationKind.ALTERNATE: "resident_alternate",
}
KIND_OF_SEAT: Mapping[str, RepresentationKind] = {
    kind: RepresentationKind(name) for name, kind in SEAT_KINDS.items()
}
COUNCIL_KIND = "council"  # the council among the county's groups
# A place in a group of this kind is a place in the county's lead.
LEADING_GROUP_KIND = "management"


@dataclass(frozen=True, kw_only=True)
class Held:
    """Somebody held a place from `since` to `until` (the last day; None: still)."""

    since: date
    until: date | None = None
    birth_year: int | None = None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def reference_day(year: int, today: date) -> date | None:
    """The day a year is counted on: its last, or today in the year that goes on; None: to come.

    >>> reference_day(2025, date(2026, 11, 12)), reference_day(2026, date(2026, 11, 12))
    (datetime.date(2025, 12, 31), datetime.date(2026, 11, 12))
    """
    if year > today.year:
        return None
    return today if year == today.year else date(year, 12, 31)


def is_young(birth_year: int | None, day: date) -> bool:
    """Whether somebody turns at most 25 in the year of `day`; an unknown year is not young."""
    return birth_year is not None and day.year - birth_year <= YOUNG_UNTIL_AGE


def days_late(due_on: date | None, answered_on: date | None, today: date) -> int:
    """By how many days an answer is late now; 0 when it has come, or is not due yet."""
    if due_on is None or answered_on is not None:
        return 0
    return max(0, (today - due_on).days)
