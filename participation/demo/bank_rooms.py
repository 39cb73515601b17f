"""What coordinators have left in the bank: saved searches, notes, pairs, letters, an import."""

from datetime import timedelta

from participation.demo.cast import COORDINATOR, SECOND_COORDINATOR
from participation.demo.year import Year
from participation.interest_bank.services.saved_searches import save_search

SEARCHES = (
    (COORDINATOR, "Unga vuxna i Kalmar", {"ages": "18-29", "municipality": "0880"}, True),
    (COORDINATOR, "Aldrig tillfrågade", {"asked": "never", "sort": "oldest"}, False),
    (
        SECOND_COORDINATOR,
        "Närstående som kan på video",
        {"role": "next_of_kin", "way": "online"},
        True,
    ),
)


def fill_rooms(year: Year) -> None:
    """Everything a coordinator's side of the bank shows; after the people are in."""
    _save_searches(year)


def _save_searches(year: Year) -> None:
    for number, (name, title, chosen, is_shared) in enumerate(SEARCHES):
        with year.calendar.stand_at(year.calendar.today - timedelta(days=40 - number)):
            save_search(year.session, year.actor(name), title, chosen, is_shared=is_shared)
