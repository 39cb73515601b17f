"""A guardian's approval: its states, its links and how long they work. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

# Purposes of the mailed links: one can never be used as the other.
APPROVAL_PURPOSE = "guardian approval"
WITHDRAWAL_PURPOSE = "guardian withdrawal"
APPROVAL_LASTS = timedelta(days=14)


class ApprovalState(StrEnum):
    """noted (the child has not confirmed yet) → asked → approved or refused; approved → withdrawn.

    lapsed: nobody answered, or the child asked somebody else, left or grew past the age.
    """

    NOTED = "noted"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


APPROVAL_MOVES: Mapping[ApprovalState, frozenset[ApprovalState]] = {
    ApprovalState.NOTED: frozenset({ApprovalState.ASKED, ApprovalState.LAPSED}),
    ApprovalState.ASKED: frozenset(
        {ApprovalState.APPROVED, ApprovalState.REFUSED, ApprovalState.LAPSED}
    ),
    ApprovalState.APPROVED: frozenset({ApprovalState.WITHDRAWN, ApprovalState.LAPSED}),
    ApprovalState.REFUSED: frozenset(),
    ApprovalState.WITHDRAWN: frozenset(),
    ApprovalState.LAPSED: frozenset(),
}
# While it is in one of these, the guardian's address is needed.
NEEDS_ADDRESS = (ApprovalState.NOTED, ApprovalState.ASKED)
OPEN_STATES = (ApprovalState.NOTED, ApprovalState.ASKED, ApprovalState.APPROVED)


def may_become(current: str, wanted: ApprovalState) -> bool:
    return wanted in APPROVAL_MOVES[ApprovalState(current)]
