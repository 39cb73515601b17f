"""Tables of courses, who has completed them, and who wants to be told."""

from participation.training.models.completions import CourseCompletion
from participation.training.models.courses import BY_HAND, Course, CourseInterest

__all__ = ["BY_HAND", "Course", "CourseCompletion", "CourseInterest"]
