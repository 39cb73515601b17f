"""Things that happened, told upwards in the same transaction.

A service announces by name (`attendance_closed`); features above subscribe through their
`feature.py`. Names and data keys are listed here so that both sides can be checked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.providers import EventSubscriber

EVENTS: dict[str, tuple[str, ...]] = {
    "account_renamed": ("account_id",),
    "membership_confirmed": ("account_id", "member_id"),
    "membership_left": ("account_id", "member_id"),
    "draw_made": ("draw_id",),
    "place_in_draw_left": ("draw_id", "left_member_ids", "joined_member_ids"),
    "members_merged": ("kept_id", "gone_id"),  # what points at the gone one moves to the kept one
    "mail_without_mailbox": ("email_index", "template", "locale", "subject", "text"),
    "attendance_closed": ("activity_id",),
    "attendance_corrected": ("activity_id", "member_id", "present"),
    "round_closed": ("round_id",),
    "voice_withdrawn": ("text_ids",),  # just before the texts and their excerpts are deleted
    "finding_published": ("finding_id",),
    "finding_withdrawn": ("finding_id",),
    "commitment_answered": ("commitment_id",),
    "commitment_moved_on": ("commitment_id",),  # done after all, or not done after all
    "commitment_taken_back": ("commitment_id",),  # its answer: it is owed again
    "round_published": ("round_id",),
}

_subscribers: dict[str, list[EventSubscriber]] = defaultdict(list)


def replace_subscribers(subscribers: Iterable[EventSubscriber]) -> None:
    """Set who listens; called once when the application or a command is built.

    Raises ValueError for an event nobody can announce.
    """
    _subscribers.clear()
    for subscriber in subscribers:
        if subscriber.event_name not in EVENTS:
            raise ValueError(f"unknown event {subscriber.event_name}")
        _subscribers[subscriber.event_name].append(subscriber)


def announce(session: Session, event_name: str, **data: Any) -> None:
    """Tell the subscribers, in this transaction; an error in one of them stops it all."""
    if set(data) != set(EVENTS[event_name]):
        raise ValueError(f"{event_name} carries {EVENTS[event_name]}, not {tuple(data)}")
    told: Mapping[str, Any] = dict(data)
    for subscriber in _subscribers[event_name]:
        subscriber.handle(session, told)
