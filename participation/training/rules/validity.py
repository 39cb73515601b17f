"""How long a completed course holds, and when a refresher is due. Pure."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

REFRESHER_BEFORE = timedelta(days=60)
MONTHS_IN_YEAR = 12


class Validity(StrEnum):
    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


VALIDITY_LABELS: dict[str, Any] = {
    Validity.HOLDS: _l("Holds"),
    Validity.ENDS_SOON: _l("Refresher due"),
    Validity.ENDED: _l("No longer holds"),
}
VALIDITY_SHAPES: dict[str, str] = {
    Validity.HOLDS: "done",
    Validity.ENDS_SOON: "soon",
    Validity.ENDED: "late",
}


def valid_until(completed_on: date, months: int | None) -> date | None:
    """The last day a course holds; None: for good.

    The same day of the month, or the month's last day when it has no such day.

    >>> valid_until(date(2024, 2, 29), 12), valid_until(date(2027, 2, 28), 12)
    (datetime.date(2025, 2, 28), datetime.date(2028, 2, 28))
    """
    if months is None:
        return None
    years, month_index = divmod(completed_on.month - 1 + months, MONTHS_IN_YEAR)
    year, month = completed_on.year + years, month_index + 1
    return date(year, month, min(completed_on.day, monthrange(year, month)[1]))


def validity(until: date | None, today: date) -> Validity:
    """How it stands today; on the last day the course still holds.

    >>> validity(date(2026, 11, 12), date(2026, 11, 12)).value
    'ends_soon'
    """
    if until is None or today < until - REFRESHER_BEFORE:
        return Validity.HOLDS
    return Validity.ENDS_SOON if today <= until else Validity.ENDED
