"""When a request must be answered, and when it must be completed. Pure.

An organisation gets its answer within a week: the seventh day, or the next day that offices are
open. Source: foundation/working_days.py.
"""

from datetime import date, datetime, timedelta

from participation.foundation.working_days import next_working_day

ANSWER_WITHIN = timedelta(days=7)
COMPLETION_WITHIN = timedelta(days=14)
REMINDED_EVERY = timedelta(days=7)


def answer_due_on(sent_on: date) -> date:
    """The last day for a coordinator's answer.

    >>> answer_due_on(date(2026, 12, 17))  # the seventh day is Christmas Eve
    datetime.date(2026, 12, 28)
    """
    return next_working_day(sent_on + ANSWER_WITHIN)


def completion_due_on(returned_on: date) -> date:
    """The last day for the organisation to complete what it asked.

    >>> completion_due_on(date(2026, 6, 5))  # the fourteenth day is Midsummer Eve
    datetime.date(2026, 6, 22)
    """
    return next_working_day(returned_on + COMPLETION_WITHIN)


def may_be_reminded(reminded_at: datetime | None, moment: datetime) -> bool:
    """At most once a week for each request."""
    return reminded_at is None or moment - reminded_at >= REMINDED_EVERY
