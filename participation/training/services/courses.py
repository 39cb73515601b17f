"""Courses: loaded from the county file or kept by coordinators; and who wants to be told."""

import re
import unicodedata
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.county.models import KEY_LENGTH
from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Node
from participation.county.services import SectionCounts, Upsert
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.training.models import BY_HAND, Course, CourseInterest
from participation.training.rules.course_file import SHAPES, CourseFacts, read_courses
from participation.training.rules.details import CourseDetails


class CoursesSection:
    """`courses:` of the county file."""

    name = "courses"
    shapes = SHAPES

    def read(self, section: Node, _known: KnownKeys) -> list[CourseFacts]:
        return read_courses(section)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        upsert = Upsert(session, layer, Course, (Course.key,))
        for position, facts in enumerate(content or [], 1):
            columns = {**vars(facts), "required_for": list(facts.required_for)}
            upsert.put(position=position, **columns)
        return upsert.retire_rest()


def add_course(session: Session, actor: Actor, details: CourseDetails) -> Course:
    """A course that coordinators keep themselves."""
    last = session.scalar(select(func.max(Course.position))) or 0
    course = Course(layer=BY_HAND, key=_key(details.name), position=last + 1, **_columns(details))
    session.add(course)
    session.flush()
    log_event(session, actor, "course_added", "course", course.public_id)
    return course


def change_course(session: Session, actor: Actor, course: Course, details: CourseDetails) -> None:
    """Change a course of one's own; what people have completed holds as long as it did.

    Raises Conflict for a course of the county file.
    """
    _check_by_hand(course)
    for name, value in _columns(details).items():
        setattr(course, name, value)
    session.flush()
    log_event(session, actor, "course_changed", "course", course.public_id)


def retire_course(session: Session, actor: Actor, course: Course) -> None:
    """The course is no longer offered or demanded; who has completed it keeps that.

    Raises Conflict for a course of the county file.
    """
    _check_by_hand(course)
    course.is_current = False
    session.flush()
    log_event(session, actor, "course_retired", "course", course.public_id)


def want_to_be_told(session: Session, actor: Actor, course: Course) -> None:
    """The person gets a mail when the course is offered; asking twice changes nothing."""
    if actor.account_id is None:
        raise NotFound
    if session.get(CourseInterest, (course.id, actor.account_id)) is None:
        session.add(CourseInterest(course_id=course.id, account_id=actor.account_id))
    session.flush()


def want_to_be_told_no_more(session: Session, actor: Actor, course: Course) -> None:
    """The person has changed their mind."""
    session.execute(
        delete(CourseInterest).where(
            CourseInterest.course_id == course.id, CourseInterest.account_id == actor.account_id
        )
    )


def _check_by_hand(course: Course) -> None:
    if not course.is_by_hand:
        raise Conflict("the course comes from the county file")


def _key(name: str) -> str:
    """A readable key that no county file will use: it ends in random signs."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "course"
    return f"{words[: KEY_LENGTH - 13]}-{new_public_id()}"


def _columns(details: CourseDetails) -> dict[str, Any]:
    return {**vars(details), "required_for": list(details.required_for)}
