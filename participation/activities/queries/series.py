"""Reads of series and their occasions."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, ActivitySeries
from participation.activities.queries.activities import ACTIVITY_WHOLE
from participation.activities.queries.scope import may_see_activity
from participation.activities.rules.states import STILL_TO_COME
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission


def series_visible_to(
    session: Session, actor: Actor, public_id: str
) -> tuple[ActivitySeries, Sequence[Activity]]:
    """A series and those of its occasions the person may see, in order. Raises NotFound."""
    series = session.scalar(select(ActivitySeries).where(ActivitySeries.public_id == public_id))
    if series is None:
        raise NotFound
    occasions = session.scalars(
        select(Activity)
        .where(
            Activity.series_id == series.id,
            may_see_activity(actor, Permission.READ_ACTIVITIES),
        )
        .options(*ACTIVITY_WHOLE)
        .order_by(Activity.starts_at, Activity.id)
    ).all()
    if not occasions:
        raise NotFound
    return series, occasions


def following_count(session: Session, activity: Activity) -> int:
    """How many occasions of its series come after this one and can still be changed."""
    if activity.series_id is None:
        return 0
    return (
        session.scalar(
            select(func.count(Activity.id)).where(
                Activity.series_id == activity.series_id,
                Activity.starts_at > activity.starts_at,
                Activity.state.in_(STILL_TO_COME),
            )
        )
        or 0
    )
