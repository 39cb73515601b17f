"""Why a seat becomes empty, and who steps in. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l


class VacancyKind(StrEnum):
    """Why somebody left a seat; seen by coordinators and the person only, never in public."""

    OWN_WISH = "own_wish"
    DIED = "died"
    LEFT_BANK = "left_bank"
    MOVED_UP = "moved_up"  # an alternate who became ordinary
    OTHER = "other"


VACANCY_LABELS: Mapping[str, Any] = {
    VacancyKind.OWN_WISH: _l("Wants to leave"),
    VacancyKind.DIED: _l("Has died"),
    VacancyKind.LEFT_BANK: _l("Left the interest bank"),
    VacancyKind.MOVED_UP: _l("Stepped in as ordinary member"),
    VacancyKind.OTHER: _l("Another reason"),
}
# What a coordinator can note; the others happen by themselves.
NOTED_BY_HAND = (VacancyKind.OWN_WISH, VacancyKind.DIED, VacancyKind.OTHER)


def next_alternate(numbers_held: Iterable[int]) -> int | None:
    """The alternate who steps in: the lowest number that somebody holds.

    >>> next_alternate([3, 2]), next_alternate([])
    (2, None)
    """
    return min(numbers_held, default=None)
