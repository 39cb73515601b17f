"""People who want to be called: what came of it, and how long a number is kept. Pure."""

from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=30)  # said on the form; a promise, not an archive rule


class CallOutcome(StrEnum):
    """What came of a try to call. `NO_ANSWER` keeps the request on the list."""

    TALKED = "talked"
    NOT_NEEDED = "not_needed"
    NO_ANSWER = "no_answer"
    TOO_LATE = "too_late"
