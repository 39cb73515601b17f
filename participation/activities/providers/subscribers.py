"""What happens elsewhere and matters to activities."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.activities.models import Activity
from participation.activities.queries import accounts_that_came
from participation.activities.services import forget_member, tell_what_it_led_to
from participation.activities.services.merging import move_history
from participation.activities.services.seat_draws import seat_those_drawn
from participation.commitments.queries import commitment_by_id
from participation.foundation.clock import to_local
from participation.selection.queries import draw_by_id
from participation.training.services import record_attendance


class SomebodyLeft:
    """Open invitations of somebody who left the bank end; their seats go to those who wait."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_member(session, data["member_id"])


class EntriesMerged:
    """Invitations and attendance follow to the entry that stays."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_history(session, data["kept_id"], data["gone_id"])


class AnswerCame:
    """Those who took part get to know what it led to."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        tell_what_it_led_to(session, commitment_by_id(session, data["commitment_id"]))


class SeatsDrawn:
    """A draw is made: where it was about an activity's seats, they are given out."""

    event_name = "draw_made"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        seat_those_drawn(session, draw_by_id(session, data["draw_id"]))


class CourseCompleted:
    """Everybody who was at an occasion of a course has completed it."""

    event_name = "attendance_closed"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        activity = session.get_one(Activity, data["activity_id"])
        if activity.course_id is None:
            return
        record_attendance(
            session,
            activity.course_id,
            accounts_that_came(session, activity.id),
            on=to_local(activity.starts_at).date(),
            activity_public_id=activity.public_id,
        )
