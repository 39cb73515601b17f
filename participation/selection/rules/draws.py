"""A draw's states, moves and words. Pure.

Source: SELECTION.md, "Explained and replayable".
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

MOST_SEATS = 500
MOST_ALTERNATES = 200
MOST_CANDIDATES = 20_000


class DrawState(StrEnum):
    """preparing ⇄ agreed → published → seeded → drawn → closed; every state but closed → cancelled.

    Once published nothing can be changed: quotas, pool and chances stand as their hash says.
    """

    PREPARING = "preparing"
    AGREED = "agreed"
    PUBLISHED = "published"
    SEEDED = "seeded"
    DRAWN = "drawn"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_S = DrawState
DRAW_MOVES: Mapping[DrawState, frozenset[DrawState]] = {
    _S.PREPARING: frozenset({_S.AGREED, _S.CANCELLED}),
    _S.AGREED: frozenset({_S.PREPARING, _S.PUBLISHED, _S.CANCELLED}),
    _S.PUBLISHED: frozenset({_S.SEEDED, _S.CANCELLED}),
    _S.SEEDED: frozenset({_S.DRAWN, _S.CANCELLED}),
    _S.DRAWN: frozenset({_S.CLOSED, _S.CANCELLED}),
    _S.CLOSED: frozenset(),
    _S.CANCELLED: frozenset(),
}
OPEN_STATES = (_S.PREPARING, _S.AGREED, _S.PUBLISHED, _S.SEEDED)
HAS_PANEL = (_S.DRAWN, _S.CLOSED)


def may_move(current: str, wanted: DrawState) -> bool:
    return wanted in DRAW_MOVES[DrawState(current)]


class PlaceKind(StrEnum):
    """What somebody who was drawn got."""

    PANEL = "panel"
    ALTERNATE = "alternate"


class CameBy(StrEnum):
    """How somebody came to a place: with the draw, from the alternates, or as a successor."""

    DRAW = "draw"
    ALTERNATE = "alternate"
    REPLACEMENT = "replacement"
    SWAP = "swap"


class ReplacementState(StrEnum):
    """searching → done (one for one), or → proposed (a swap to say yes or no to), or impossible."""

    SEARCHING = "searching"
    PROPOSED = "proposed"
    DONE = "done"
    REFUSED = "refused"
    IMPOSSIBLE = "impossible"


class LivingTogether(StrEnum):
    """How a coordinator knows that people share a home."""

    PHONE = "phone"
    DECLARED = "declared"


STATE_LABELS: dict[str, Any] = {
    _S.PREPARING: _l("Being prepared"),
    _S.AGREED: _l("Quotas agreed"),
    _S.PUBLISHED: _l("Sealed and published"),
    _S.SEEDED: _l("The number is in"),
    _S.DRAWN: _l("Drawn"),
    _S.CLOSED: _l("Closed"),
    _S.CANCELLED: _l("Cancelled"),
}
STATE_SHAPES: dict[str, str] = {
    _S.PREPARING: "new",
    _S.AGREED: "going",
    _S.PUBLISHED: "soon",
    _S.SEEDED: "soon",
    _S.DRAWN: "done",
    _S.CLOSED: "done",
    _S.CANCELLED: "no",
}
