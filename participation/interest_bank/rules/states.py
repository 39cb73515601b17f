"""The states of a membership, how it moves between them, and how long each may last."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

CONFIRMATION_LASTS = timedelta(days=7)
# Somebody who never confirmed is forgotten after this many days.
UNCONFIRMED_DAYS = 14
LONGEST_PAUSE_DAYS = 2 * 366
TOKEN_PURPOSE = "bank confirmation"  # noqa: S105 - a name, not a secret


class MemberState(StrEnum):
    """unconfirmed → (awaiting a guardian →) active ⇄ paused; every state → left.

    A new sign-up brings somebody who left back to unconfirmed.
    """

    UNCONFIRMED = "unconfirmed"
    AWAITING = "awaiting"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


MOVES: Mapping[MemberState, frozenset[MemberState]] = {
    MemberState.UNCONFIRMED: frozenset(
        {MemberState.ACTIVE, MemberState.AWAITING, MemberState.LEFT}
    ),
    MemberState.AWAITING: frozenset({MemberState.ACTIVE, MemberState.LEFT}),
    MemberState.ACTIVE: frozenset({MemberState.PAUSED, MemberState.LEFT}),
    MemberState.PAUSED: frozenset({MemberState.ACTIVE, MemberState.PAUSED, MemberState.LEFT}),
    MemberState.LEFT: frozenset({MemberState.UNCONFIRMED}),
}
IN_THE_BANK = (MemberState.ACTIVE, MemberState.PAUSED)


def may_move(current: str, wanted: MemberState) -> bool:
    return wanted in MOVES[MemberState(current)]
