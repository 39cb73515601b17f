"""Writes of training; the floors above import from here."""

from participation.training.services.completions import (
    forget_interests,
    forget_training,
    record_attendance,
    record_completion,
    remind_refreshers,
    withdraw_completion,
)
from participation.training.services.courses import (
    CoursesSection,
    add_course,
    change_course,
    retire_course,
    want_to_be_told,
    want_to_be_told_no_more,
)
from participation.training.services.telling import tell_of_offer

__all__ = [
    "CoursesSection",
    "add_course",
    "change_course",
    "forget_interests",
    "forget_training",
    "record_attendance",
    "record_completion",
    "remind_refreshers",
    "retire_course",
    "tell_of_offer",
    "want_to_be_told",
    "want_to_be_told_no_more",
    "withdraw_completion",
]
