"""What the pages about the people of an activity share."""

from collections.abc import Sequence

from participation.activities.models import Activity, Invitation
from participation.activities.queries import activity_visible_to
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, log_access_to


def managed(public_id: str) -> Activity:
    """The activity, for who manages it. Raises NotFound."""
    return activity_visible_to(db(), actor(), public_id, Permission.MANAGE_ACTIVITIES)


def log_reading(found: Activity, shown: Sequence[Invitation]) -> None:
    """Note whose answers the person saw."""
    accounts = [invitation.member.account_id for invitation in shown]
    log_access_to(accounts, "answers_seen", "activity", found.public_id)
