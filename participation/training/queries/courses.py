"""The courses there are, and who wants to be told about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.errors import NotFound
from participation.training.models import Course, CourseCompletion, CourseInterest


@dataclass(frozen=True)
class CourseLine:
    """A course with how many people have completed it and how many want to be told."""

    course: Course
    trained: int
    interested: int


def courses(session: Session, *, include_earlier: bool = False) -> Sequence[Course]:
    """The courses, in their order."""
    statement = select(Course)
    if not include_earlier:
        statement = statement.where(Course.is_current)
    return session.scalars(
        statement.order_by(Course.is_fictional, Course.position, Course.id)
    ).all()


def course_lines(session: Session) -> list[CourseLine]:
    """The courses with their counts. Three queries."""
    trained = {
        row[0]: row[1]
        for row in session.execute(
            select(
                CourseCompletion.course_id, func.count(func.distinct(CourseCompletion.account_id))
            ).group_by(CourseCompletion.course_id)
        )
    }
    interested = {
        row[0]: row[1]
        for row in session.execute(
            select(CourseInterest.course_id, func.count()).group_by(CourseInterest.course_id)
        )
    }
    return [
        CourseLine(course, trained.get(course.id, 0), interested.get(course.id, 0))
        for course in courses(session, include_earlier=True)
    ]


def course_by_public_id(session: Session, public_id: str) -> Course:
    """One course. Raises NotFound."""
    found = session.scalar(select(Course).where(Course.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def course_by_key(session: Session, key: str) -> Course:
    """One course by its key. Raises NotFound."""
    found = session.scalar(select(Course).where(Course.key == key))
    if found is None:
        raise NotFound
    return found


def required_courses(session: Session, kind: str) -> list[Course]:
    """The courses that a kind of activity demands, in their order. One query."""
    return [course for course in courses(session) if kind in course.required_for]


def is_interested(session: Session, course: Course, account_id: int | None) -> bool:
    """Whether somebody wants to be told about a course."""
    return (
        account_id is not None and session.get(CourseInterest, (course.id, account_id)) is not None
    )


def who_wants_to_be_told(
    session: Session, course: Course
) -> Sequence[tuple[Account, CourseInterest]]:
    """Everybody who wants to be told about a course, the first to ask first."""
    rows = session.execute(
        select(Account, CourseInterest)
        .join(CourseInterest, CourseInterest.account_id == Account.id)
        .where(CourseInterest.course_id == course.id, Account.is_active)
        .order_by(CourseInterest.created_at, Account.id)
    )
    return [(account, interest) for account, interest in rows]
