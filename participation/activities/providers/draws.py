"""What draws need to know of an activity."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity


class ActivityBegins:
    """Lots for an activity are drawn before it begins."""

    kind = "activity"

    def begins_at(self, session: Session, owner_id: str) -> datetime | None:
        return session.scalar(select(Activity.starts_at).where(Activity.public_id == owner_id))
