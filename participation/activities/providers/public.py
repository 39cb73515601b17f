"""What is open to everybody now."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.activities.models import Activity
from participation.activities.queries import occasions_of_course, public_activities
from participation.foundation.clock import to_local
from participation.foundation.i18n import format_clock, format_day
from participation.foundation.providers import Address, Notice

NOTICE_LENGTH = 160


class OpenActivities:
    """Theme dialogues and trainings that anybody can come to."""

    def notices(self, session: Session) -> Iterable[Notice]:
        return (_notice(activity) for activity in public_activities(session))


class CourseOccasions:
    """Coming occasions of a course that anybody can come to."""

    def offers(self, session: Session, course_id: int) -> Iterable[Notice]:
        return (_notice(activity) for activity in occasions_of_course(session, course_id))


def _notice(activity: Activity) -> Notice:
    return Notice(
        when=format_day(activity.starts_at),
        when_detail=f"{format_clock(activity.starts_at)}–{format_clock(activity.ends_at)}",
        title=activity.title,
        text=_shortened(activity.description),
        address=Address(
            endpoint="activities.public_page", values={"public_id": activity.public_id}
        ),
        sort_on=to_local(activity.starts_at).date(),
    )


def _shortened(text: str) -> str:
    first = text.split("\n", 1)[0]
    return first if len(first) <= NOTICE_LENGTH else first[:NOTICE_LENGTH].rsplit(" ", 1)[0] + " …"
