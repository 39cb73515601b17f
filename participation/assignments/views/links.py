"""What a personal link opens: only for somebody who takes part. Unknown links are counted."""

from participation.accounts.views.bad_links import count_bad_link
from participation.activities.models import Invitation
from participation.activities.queries import invitation_by_token
from participation.activities.rules.states import TAKES_PART
from participation.foundation.errors import NotFound
from participation.foundation.web import db


def opened(token: str) -> Invitation:
    """The invitation behind the link. Raises NotFound, also for somebody who does not take part."""
    try:
        found = invitation_by_token(db(), token)
    except NotFound:
        count_bad_link()
        raise
    if found.state not in TAKES_PART:
        raise NotFound
    return found
