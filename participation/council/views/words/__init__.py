"""Sentences about the council, one file per kind; templates use them as `words`."""

from participation.council.queries import CouncilPage
from participation.council.views.words.fees import fees
from participation.council.views.words.meetings import (
    activity_address,
    decision_mark,
    file_problem,
    inside_names,
    is_late,
    is_promised_by,
    is_to_come,
    meeting_label,
    meeting_mark,
    minutes_mark,
    minutes_state_of,
    open_words,
    owner_inside,
    owner_word,
    people_named,
    waits_for,
)
from participation.council.views.words.names import inside_name
from participation.council.views.words.places import (
    empty_places,
    place_people,
    place_title,
    places_words,
)
from participation.council.views.words.seats import (
    alternate_label,
    empty_mark,
    lead_seats,
    may_appoint,
    offer_mark,
    public_names,
    seat_label,
    seats_description,
    term_words,
    vacancy,
    vacancy_reason,
)
from participation.council.views.words.statements import (
    answer_mark,
    answer_word,
    state_mark,
    waiting_words,
)

__all__ = [
    "activity_address",
    "alternate_label",
    "answer_mark",
    "answer_word",
    "decision_mark",
    "empty_mark",
    "empty_places",
    "fees",
    "file_problem",
    "inside_name",
    "inside_names",
    "is_late",
    "is_promised_by",
    "is_to_come",
    "lead",
    "lead_seats",
    "may_appoint",
    "meeting_label",
    "meeting_mark",
    "minutes_mark",
    "minutes_state_of",
    "offer_mark",
    "open_words",
    "owner_inside",
    "owner_word",
    "people_named",
    "place_people",
    "place_title",
    "places_words",
    "public_names",
    "seat_label",
    "seats_description",
    "state_mark",
    "term_words",
    "vacancy",
    "vacancy_reason",
    "waiting_words",
    "waits_for",
]


def lead(page: CouncilPage) -> str:
    """The page's news in a sentence or two."""
    return f"{lead_seats(page)} {waiting_words(page.waiting, page.late)}"
