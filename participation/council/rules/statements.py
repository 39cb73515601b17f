"""A statement on its way: drafted, agreed, sent, answered, followed up. Pure."""

from enum import StrEnum


class StatementState(StrEnum):
    """draft → agreed (in a meeting) → sent → answered (by the group) → followed_up.

    A change to what was agreed makes it a draft again.
    """

    DRAFT = "draft"
    AGREED = "agreed"
    SENT = "sent"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"


def statement_state(
    *, is_agreed: bool, is_sent: bool, is_answered: bool, is_followed_up: bool
) -> StatementState:
    """How far a statement has come.

    >>> statement_state(is_agreed=True, is_sent=True, is_answered=False, is_followed_up=False)
    <StatementState.SENT: 'sent'>
    """
    if is_followed_up:
        return StatementState.FOLLOWED_UP
    if is_answered:
        return StatementState.ANSWERED
    if is_sent:
        return StatementState.SENT
    return StatementState.AGREED if is_agreed else StatementState.DRAFT
