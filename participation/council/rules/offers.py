"""A seat that is offered, and how the offer ends. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.clock import from_local
from participation.foundation.crypto import keys
from participation.foundation.i18n import lazy_gettext as _l

TOKEN_PURPOSE = "council seat"  # noqa: S105 - a name, not a secret
REPLY_DAYS = 14  # what a new offer proposes
SEAT_LINK = "/s/"
END_OF_DAY = time(23, 59, 59)


class OfferState(StrEnum):
    """asked → accepted, declined, lapsed (the last moment passed) or withdrawn."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


MOVES: Mapping[OfferState, frozenset[OfferState]] = {
    OfferState.ASKED: frozenset(OfferState) - {OfferState.ASKED},
    OfferState.ACCEPTED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.LAPSED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
}
GAVE_UP = (OfferState.DECLINED, OfferState.LAPSED)
OFFER_LABELS: Mapping[str, Any] = {
    OfferState.ASKED: _l("Asked"),
    OfferState.ACCEPTED: _l("Said yes"),
    OfferState.DECLINED: _l("Said no"),
    OfferState.LAPSED: _l("Did not answer in time"),
    OfferState.WITHDRAWN: _l("Taken back"),
}


def may_move(current: str, wanted: OfferState) -> bool:
    return wanted in MOVES[OfferState(current)]


def can_answer(state: str, reply_by: datetime, moment: datetime) -> bool:
    """Whether the person may still say yes or no.

    >>> noon = datetime(2026, 11, 12, 12)
    >>> can_answer("asked", noon, noon), can_answer("asked", noon, noon + timedelta(seconds=1))
    (True, False)
    """
    return state == OfferState.ASKED and moment <= reply_by


def reply_by_from(day: date) -> datetime:
    """The last moment to answer (UTC): the end of the fourteenth day, by Stockholm's clock."""
    return from_local(datetime.combine(day + timedelta(days=REPLY_DAYS), END_OF_DAY))


def offer_token(public_id: str) -> str:
    """The secret in an offer's link; the database alone opens none."""
    return keys().token_hash("council seat link", public_id)
