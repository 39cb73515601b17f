"""What those who took part are told of an answer, each once. Pure.

An answer that was taken back and given anew is a new event: whoever read the wrong one reads the
right one too. A correction of a standing answer is none.
"""

from enum import StrEnum

EVENT_LENGTH = 40
MOST_AT_ONCE = 200  # more are told by the worker


class Told(StrEnum):
    """The kinds of events."""

    ANSWERED = "answered"
    DONE = "done"
    DECLINED = "declined"
    MEASURED = "measured"


def event_of(kind: Told, which: str | int = "") -> str:
    """The event's name, kept with whoever was told.

    >>> event_of(Told.ANSWERED, 0), event_of(Told.ANSWERED, 1), event_of(Told.MEASURED, "k7f3")
    ('answered', 'answered:1', 'measured:k7f3')
    """
    return f"{kind.value}:{which}" if which else kind.value


def kind_of(event: str) -> Told:
    """
    >>> kind_of("measured:k7f3xk7f3xk7").name
    'MEASURED'
    """
    return Told(event.partition(":")[0])
