"""Meetings for tests: planned, opened, with tables that have agreed."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.meetings.models import Meeting
from participation.meetings.queries import AtTable, at_table
from participation.meetings.rules.codes import table_code
from participation.meetings.services import MeetingDraft, agree, open_meeting, plan_meeting

LEADER = Actor(grants=(Grant(Role.COORDINATOR),), is_strong=True)


def make_meeting(session: Session, **overrides: Any) -> Meeting:
    """A planned meeting with two tables of six."""
    told = {
        "kind": "dialogue",
        "theme": "Vad gör ett första möte bra?",
        "held_on": date(2026, 11, 2),
        "dots_each": 2,
        "tables": 2,
        "places": 6,
        **overrides,
    }
    return plan_meeting(session, LEADER, MeetingDraft(**told))


def make_open_meeting(session: Session, **overrides: Any) -> Meeting:
    """The same, open, and both tables have agreed."""
    meeting = make_meeting(session, **overrides)
    open_meeting(session, SYSTEM, meeting)
    for number in (1, 2):
        agree(session, sit_at(session, meeting, number))
    return meeting


def sit_at(session: Session, meeting: Meeting, number: int = 1, edition: int = 1) -> AtTable:
    at = at_table(session, table_code(meeting.public_id, number, edition))
    assert at is not None
    return at
