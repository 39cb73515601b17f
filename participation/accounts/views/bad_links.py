"""What every mailed link does when it leads nowhere."""

from flask import request

from participation.accounts.rules.throttling import ADDRESS_FAILURES
from participation.accounts.services import check_throttle, count_try
from participation.foundation.web import after_response, db

GONE = 410


def count_bad_link() -> None:
    """Note a link that is unknown, used or too old against the address it was tried from.

    Raises Throttled when too many were tried from there (TRUST 23). Whoever shows the page that
    follows says the same about each of them, so that nothing tells which it was.
    """
    address = request.remote_addr or ""
    check_throttle(db(), ADDRESS_FAILURES, address)
    after_response(lambda short: count_try(short, ADDRESS_FAILURES, address))
