"""Writes of accounts; the floors above import from here."""

from participation.accounts.services.people import (
    deactivate_account,
    ensure_account,
    grant_role,
    mark_confirmed,
    reactivate_account,
    revoke_role,
    revoke_role_of,
    set_strong_sign_in,
)
from participation.accounts.services.sessions import (
    end_all_sessions,
    end_session,
    start_session,
)
from participation.accounts.services.signing_in import request_sign_in_link
from participation.accounts.services.throttling import check_throttle, count_try

__all__ = [
    "check_throttle",
    "count_try",
    "deactivate_account",
    "end_all_sessions",
    "end_session",
    "ensure_account",
    "grant_role",
    "mark_confirmed",
    "reactivate_account",
    "request_sign_in_link",
    "revoke_role",
    "revoke_role_of",
    "set_strong_sign_in",
    "start_session",
]
