"""Reads of courses and of who has completed them."""

from participation.training.queries.completions import (
    Trained,
    certificate_of,
    completion_of_course,
    completions_of,
    lacking,
    people_trained,
    refreshers_due,
    trained_for,
    trained_of_course,
    training_of,
)
from participation.training.queries.courses import (
    CourseLine,
    course_by_key,
    course_by_public_id,
    course_lines,
    courses,
    is_interested,
    required_courses,
    who_wants_to_be_told,
)

__all__ = [
    "CourseLine",
    "Trained",
    "certificate_of",
    "completion_of_course",
    "completions_of",
    "course_by_key",
    "course_by_public_id",
    "course_lines",
    "courses",
    "is_interested",
    "lacking",
    "people_trained",
    "refreshers_due",
    "required_courses",
    "trained_for",
    "trained_of_course",
    "training_of",
    "who_wants_to_be_told",
]
