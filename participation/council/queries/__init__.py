"""Reads of the council. The public page reads only what members agreed to show.

The council is the whole county's: its workroom is open to its members and to coordinators
without a narrower scope. For everybody else it does not exist.
"""

from participation.council.queries.access import check_manager, check_workspace, sits_now
from participation.council.queries.decisions import (
    count_decisions_open,
    decision_of_meeting,
    decisions_of,
)
from participation.council.queries.figures import resident_seats_filled, young_people_in_forums
from participation.council.queries.meetings import (
    meeting_visible_to,
    meetings_of,
    nearest_meeting,
    next_meeting,
)
from participation.council.queries.public import CouncilPage, council_page
from participation.council.queries.representations import (
    leading_seat_ids,
    open_representations,
    representation_to_change,
    representations_of_member,
    representations_with_people,
)
from participation.council.queries.search import (
    SEARCH_SOURCE,
    statement_document,
    statement_documents,
)
from participation.council.queries.seats import (
    own_past_seats,
    own_seat,
    seat_to_change,
    seats_held_by,
    seats_of,
    seats_with_people,
    vacant_seats,
)
from participation.council.queries.statements import (
    StatementLine,
    all_statements,
    public_statement,
    sent_statements,
    statement_visible_to,
    waiting_statements,
)
from participation.council.queries.terms import current_term

__all__ = [
    "SEARCH_SOURCE",
    "CouncilPage",
    "StatementLine",
    "all_statements",
    "check_manager",
    "check_workspace",
    "council_page",
    "count_decisions_open",
    "current_term",
    "decision_of_meeting",
    "decisions_of",
    "leading_seat_ids",
    "meeting_visible_to",
    "meetings_of",
    "nearest_meeting",
    "next_meeting",
    "open_representations",
    "own_past_seats",
    "own_seat",
    "public_statement",
    "representation_to_change",
    "representations_of_member",
    "representations_with_people",
    "resident_seats_filled",
    "seat_to_change",
    "seats_held_by",
    "seats_of",
    "seats_with_people",
    "sent_statements",
    "sits_now",
    "statement_document",
    "statement_documents",
    "statement_visible_to",
    "vacant_seats",
    "waiting_statements",
    "young_people_in_forums",
]
