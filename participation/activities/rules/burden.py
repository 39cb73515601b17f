"""Who may be asked now, and why somebody rests. Nobody is skipped in silence. Pure.

Source: SELECTION.md, "Burden".
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

# Days between two invitations to one person, over all organisations.
REST_DAYS = 30


class RestReason(StrEnum):
    CEILING = "ceiling"
    PAUSED = "paused"
    RECENTLY_ASKED = "recently_asked"
    NEEDS_TRAINING = "needs_training"


REST_LABELS: dict[str, Any] = {
    RestReason.CEILING: _l("Has reached their own ceiling for the year"),
    RestReason.PAUSED: _l("Has paused"),
    RestReason.RECENTLY_ASKED: _l("Was asked less than 30 days ago"),
    RestReason.NEEDS_TRAINING: _l("Needs training first"),
}


@dataclass(frozen=True)
class Burden:
    """What was asked of one person so far: invitations this year and the day of the last one."""

    asked_this_year: int = 0
    last_asked_on: date | None = None


@dataclass(frozen=True)
class Rest:
    """Why somebody is held back, and from when they can be asked again (None: when they wish).

    `what`: the course they lack, where that is the reason.
    """

    reason: RestReason
    again_on: date | None
    what: str = ""


def rest_for(
    burden: Burden,
    *,
    today: date,
    is_resting: bool,
    paused_until: date | None,
    yearly_ceiling: int | None,
) -> Rest | None:
    """The reason to hold somebody back today, or None. The longest-lasting reason wins.

    >>> rest_for(Burden(3, date(2026, 11, 1)), today=date(2026, 11, 22), is_resting=False,
    ...          paused_until=None, yearly_ceiling=3).again_on
    datetime.date(2027, 1, 1)
    """
    if is_resting:
        return Rest(RestReason.PAUSED, paused_until + timedelta(days=1) if paused_until else None)
    if yearly_ceiling is not None and burden.asked_this_year >= yearly_ceiling:
        return Rest(RestReason.CEILING, date(today.year + 1, 1, 1))
    if burden.last_asked_on is not None:
        again = burden.last_asked_on + timedelta(days=REST_DAYS)
        if again > today:
            return Rest(RestReason.RECENTLY_ASKED, again)
    return None
