"""Writes of the council; views, the demo and the floors above import from here."""

from participation.council.services.meetings import (
    add_agenda_item,
    approve_minutes,
    attach_meeting,
    finish_decision,
    plan_meeting,
    record_decision,
    remove_agenda_item,
    set_agenda,
    write_minutes,
)
from participation.council.services.seats import (
    appoint_representation,
    end_past_terms,
    end_representation,
    hide_seat,
    leave_council,
    open_term,
    seat_member,
    show_seat,
    vacate_seat,
)
from participation.council.services.statements import (
    change_statement,
    draft_statement,
    reindex_statement,
    send_statement,
    throw_away_statement,
)

__all__ = [
    "add_agenda_item",
    "appoint_representation",
    "approve_minutes",
    "attach_meeting",
    "change_statement",
    "draft_statement",
    "end_past_terms",
    "end_representation",
    "finish_decision",
    "hide_seat",
    "leave_council",
    "open_term",
    "plan_meeting",
    "record_decision",
    "reindex_statement",
    "remove_agenda_item",
    "seat_member",
    "send_statement",
    "set_agenda",
    "show_seat",
    "throw_away_statement",
    "vacate_seat",
    "write_minutes",
]
