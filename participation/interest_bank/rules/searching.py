"""What the coordinator's list can be narrowed and sorted by. Only what stands here is heard."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    YOUNGEST = "youngest"
    ELDEST = "eldest"
    LEAST_ASKED = "least_asked"
    MUNICIPALITY = "municipality"


class Asked(StrEnum):
    """When somebody was last invited."""

    NEVER = "never"
    THIS_YEAR = "this_year"
    NOT_THIS_YEAR = "not_this_year"


class ExperienceConsent(StrEnum):
    GIVEN = "given"
    NOT_GIVEN = "not_given"


SORT_LABELS: Mapping[str, Any] = {
    Sort.NEWEST: _l("Newest first"),
    Sort.OLDEST: _l("Longest in the bank first"),
    Sort.LEAST_ASKED: _l("Longest since they were asked"),
    Sort.YOUNGEST: _l("Youngest first"),
    Sort.ELDEST: _l("Oldest first"),
    Sort.MUNICIPALITY: _l("By municipality"),
}
ASKED_LABELS: Mapping[str, Any] = {
    Asked.NEVER: _l("Never"),
    Asked.THIS_YEAR: _l("This year"),
    Asked.NOT_THIS_YEAR: _l("Not this year"),
}
CONSENT_LABELS: Mapping[str, Any] = {
    ExperienceConsent.GIVEN: _l("Has agreed"),
    ExperienceConsent.NOT_GIVEN: _l("Has not agreed"),
}

# Ages somebody reaches this year, from and to; None: and older.
AGE_BANDS: Mapping[str, tuple[int, int | None]] = {
    "0-17": (0, 17),
    "18-29": (18, 29),
    "30-44": (30, 44),
    "45-64": (45, 64),
    "65-79": (65, 79),
    "80-": (80, None),
}


def birth_years(band: str, year: int) -> tuple[int | None, int]:
    """The birth years of an age band during `year`: earliest (None: any) and latest.

    >>> birth_years("18-29", 2026), birth_years("80-", 2026)
    ((1997, 2008), (None, 1946))
    """
    youngest, oldest = AGE_BANDS[band]
    return (None if oldest is None else year - oldest), year - youngest
