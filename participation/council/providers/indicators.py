"""What the council counts for the county's indicators."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from participation.council import queries
from participation.foundation.i18n import to_translate


class SeatsFilled:
    key = "resident_seats_filled"
    label = to_translate("Seats for resident representatives that are filled")
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return queries.resident_seats_filled(session, years)


class YoungInForums:
    key = "young_people_in_forums"
    label = to_translate("Young people in decision-making forums")
    # The council's members are named beside it, so a small number would tell who is young.
    is_about_people = True

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return queries.young_people_in_forums(session, years)
