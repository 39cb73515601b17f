"""What a personal link opens: only for somebody who takes part. Unknown links are counted."""

from flask import request

from participation.accounts.rules.throttling import ADDRESS_FAILURES
from participation.accounts.services import check_throttle, count_try
from participation.activities.models import Invitation
from participation.activities.queries import invitation_by_token
from participation.activities.rules.states import TAKES_PART
from participation.foundation.errors import NotFound
from participation.foundation.web import after_response, db


def opened(token: str) -> Invitation:
    """The invitation behind the link. Raises NotFound, also for somebody who does not take part."""
    try:
        found = invitation_by_token(db(), token)
    except NotFound:
        address = request.remote_addr or ""
        check_throttle(db(), ADDRESS_FAILURES, address)
        after_response(lambda short: count_try(short, ADDRESS_FAILURES, address))
        raise
    if found.state not in TAKES_PART:
        raise NotFound
    return found
