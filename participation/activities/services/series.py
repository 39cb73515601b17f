"""Series: several occasions planned at once, and changing one together with those that follow."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, ActivitySeries
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.series import (
    Repeats,
    moved_along,
    occasion_days,
    occasion_times,
)
from participation.activities.rules.states import STILL_TO_COME
from participation.activities.services.activities import change_activity, create_activity
from participation.foundation.clock import to_local
from participation.foundation.permissions import Actor


def create_series(
    session: Session, actor: Actor, details: ActivityDetails, repeats: Repeats, count: int
) -> list[Activity]:
    """Plan `count` occasions with shared texts, each an activity of its own.

    All begin at the same time of day by Swedish clocks, whatever the clocks do between.
    """
    series = ActivitySeries(
        organisation_id=details.organisation_id, title=details.title, repeats=repeats
    )
    session.add(series)
    session.flush()
    days = occasion_days(to_local(details.starts_at).date(), repeats, count)
    made = []
    for starts_at, ends_at in occasion_times(details.starts_at, details.ends_at, days):
        occasion = create_activity(
            session, actor, replace(details, starts_at=starts_at, ends_at=ends_at)
        )
        occasion.series_id = series.id
        made.append(occasion)
    session.flush()
    return made


def change_this_and_following(
    session: Session, actor: Actor, activity: Activity, details: ActivityDetails
) -> int:
    """Change an occasion, and those of its series that come after it; how many were changed.

    Texts, seats and place become the same. Days move by as many days as this one's, times of day
    become this one's; so an occasion that was moved by itself keeps its own day. The day of a draw
    stays each one's own.

    Raises Conflict as `change_activity` does, for any of them.
    """
    following = _following(session, activity)
    was_start, was_end = activity.starts_at, activity.ends_at
    change_activity(session, actor, activity, details)
    for occasion in following:
        starts_at = moved_along(occasion.starts_at, was_start, details.starts_at)
        ends_at = moved_along(occasion.ends_at, was_end, details.ends_at)
        change_activity(
            session,
            actor,
            occasion,
            replace(details, starts_at=starts_at, ends_at=ends_at, draw_on=occasion.draw_on),
        )
    return 1 + len(following)


def _following(session: Session, activity: Activity) -> Sequence[Activity]:
    if activity.series_id is None:
        return ()
    return session.scalars(
        select(Activity)
        .where(
            Activity.series_id == activity.series_id,
            Activity.id != activity.id,
            Activity.starts_at > activity.starts_at,
            Activity.state.in_(STILL_TO_COME),
        )
        .order_by(Activity.starts_at, Activity.id)
    ).all()
