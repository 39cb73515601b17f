"""Courses and completions for tests."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.training.models import BY_HAND, Course, CourseCompletion


def make_course(session: Session, **overrides: Any) -> Course:
    """A course that auditors need and that holds for two years; flushed, not committed."""
    course = Course(
        **{
            "layer": BY_HAND,
            "key": "granska",
            "name": "Lär dig granska",
            "about": "Tre dagar om att fråga och lyssna.",
            "for_whom": "För dig som vill bli revisor.",
            "hours": 18,
            "valid_months": 24,
            "required_for": ["user_audit"],
            **overrides,
        }
    )
    session.add(course)
    session.flush()
    return course


def make_completion(
    session: Session, course: Course, account_id: int, *, valid_until: date | None = None
) -> CourseCompletion:
    """A completion a year ago that holds a year more, or until that day; flushed."""
    completion = CourseCompletion(
        course_id=course.id,
        account_id=account_id,
        completed_on=today() - timedelta(days=365),
        valid_until=valid_until or today() + timedelta(days=365),
        reason="Har intyg.",
    )
    session.add(completion)
    session.flush()
    return completion
