"""Telling those who asked that a course is offered."""

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.training.models import Course
from participation.training.queries import who_wants_to_be_told


def tell_of_offer(session: Session, course_id: int, path: str) -> int:
    """One mail to each person who wants to be told; `path` leads to the occasion.

    The mail does not name the course: it may say something about an illness. How many were told.
    """
    course = session.get_one(Course, course_id)
    told = who_wants_to_be_told(session, course)
    for account, interest in told:
        queue_mail(
            session,
            to=account.email,
            template="training/offered",
            locale=account.locale,
            context={"name": account.display_name, "link": absolute_url(path)},
            about=("course", course.public_id),
        )
        interest.told_at = now()
    session.flush()
    return len(told)
