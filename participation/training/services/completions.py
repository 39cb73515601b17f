"""Who has completed a course: from attendance, or written by hand with a reason."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import SYSTEM, Actor
from participation.training.models import Course, CourseCompletion, CourseInterest
from participation.training.queries import Trained, refreshers_due
from participation.training.rules.validity import valid_until

REMINDED_EVERY = timedelta(days=30)


def record_attendance(
    session: Session,
    course_id: int,
    account_ids: Collection[int],
    *,
    on: date,
    activity_public_id: str,
    actor: Actor = SYSTEM,
) -> int:
    """Everybody who was at an occasion of the course has completed it; how many are new."""
    course = session.get_one(Course, course_id)
    known = _completed_on(session, course, on)
    fresh = sorted(set(account_ids) - known)
    for account_id in fresh:
        _record(session, actor, course, account_id, on=on, activity_public_id=activity_public_id)
    return len(fresh)


def record_completion(
    session: Session, actor: Actor, course: Course, account_id: int, *, on: date, reason: str
) -> CourseCompletion:
    """Write down by hand that somebody has completed a course, and on what ground.

    Raises Conflict when the day has not come, or when it is written down already.
    """
    if on > today() or account_id in _completed_on(session, course, on):
        raise Conflict
    return _record(session, actor, course, account_id, on=on, reason=reason)


def withdraw_completion(
    session: Session, actor: Actor, completion: CourseCompletion, reason: str
) -> None:
    """Somebody had not completed the course after all; the log keeps the reason."""
    log_event(
        session,
        actor,
        "completion_withdrawn",
        "course_completion",
        completion.public_id,
        subject_account_id=completion.account_id,
        reason=reason,
    )
    session.delete(completion)
    session.flush()


def remind_refreshers(session: Session) -> int:
    """A mail to everybody whose course ends soon or has ended, once a month; how many mails."""
    due = [one for one in refreshers_due(session) if _may_be_reminded(one)]
    for one in due:
        _mail_refresher(session, one)
        one.completion.reminded_at = now()
    session.flush()
    return len(due)


def forget_training(session: Session, account_id: int) -> None:
    """Somebody is erased: what they completed and wanted goes."""
    for model in (CourseInterest, CourseCompletion):
        session.execute(delete(model).where(model.account_id == account_id))


def forget_interests(session: Session, account_id: int) -> None:
    """Somebody left the bank: they are told of no more offers."""
    session.execute(delete(CourseInterest).where(CourseInterest.account_id == account_id))


def _record(
    session: Session,
    actor: Actor,
    course: Course,
    account_id: int,
    *,
    on: date,
    activity_public_id: str | None = None,
    reason: str = "",
) -> CourseCompletion:
    completion = CourseCompletion(
        course_id=course.id,
        account_id=account_id,
        completed_on=on,
        valid_until=valid_until(on, course.valid_months),
        activity_public_id=activity_public_id,
        reason=reason,
        recorded_by_account_id=actor.account_id,
    )
    session.add(completion)
    session.execute(
        delete(CourseInterest).where(
            CourseInterest.course_id == course.id, CourseInterest.account_id == account_id
        )
    )
    session.flush()
    log_event(
        session,
        actor,
        "course_completed",
        "course_completion",
        completion.public_id,
        subject_account_id=account_id,
    )
    return completion


def _completed_on(session: Session, course: Course, on: date) -> set[int]:
    return set(
        session.scalars(
            select(CourseCompletion.account_id).where(
                CourseCompletion.course_id == course.id, CourseCompletion.completed_on == on
            )
        )
    )


def _may_be_reminded(one: Trained) -> bool:
    reminded_at = one.completion.reminded_at
    return reminded_at is None or now() - reminded_at >= REMINDED_EVERY


def _mail_refresher(session: Session, one: Trained) -> None:
    account: Account = one.account
    queue_mail(
        session,
        to=account.email,
        template="training/refresher",
        locale=account.locale,
        context={
            "name": account.display_name,
            "valid_until": one.completion.valid_until,
            "link": absolute_url(f"/training/{one.completion.course.public_id}"),
        },
        about=("course_completion", one.completion.public_id),
    )
