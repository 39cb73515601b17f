"""Places residents hold, year by year, for the indicators."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import CompoundSelect, Date, cast, null, select, union_all
from sqlalchemy.orm import Session

from participation.council.models import CouncilSeat, Representation, SeatPast
from participation.council.rules.places import Held, is_young, reference_day
from participation.foundation.clock import today
from participation.interest_bank.models import BankMember


def resident_seats_filled(session: Session, years: range) -> dict[int, int | None]:
    """Places residents hold: in the council (alternates not counted) and in the groups.

    Counted on the year's last day, or today. None for a year to come or before any council.
    """
    held = _held(session)

    def filled(day: date) -> int | None:
        begun = any(place.since <= day for place in held)
        return sum(place.on(day) for place in held) if begun else None

    return _by_year(years, filled)


def young_people_in_forums(session: Session, years: range) -> dict[int, int | None]:
    """Places held by somebody of at most 25 years, counted as `resident_seats_filled`."""
    held = _held(session)

    def young(day: date) -> int:
        return sum(place.on(day) and is_young(place.birth_year, day) for place in held)

    return _by_year(years, young)


def _by_year(years: range, counted: Callable[[date], int | None]) -> dict[int, int | None]:
    days = ((year, reference_day(year, today())) for year in years)
    return {year: None if day is None else counted(day) for year, day in days}


def _held(session: Session) -> list[Held]:
    """Every place somebody holds or held, as spans of days. One query."""
    held_now = (
        select(CouncilSeat.since, cast(null(), Date), BankMember.birth_year)
        .join(BankMember, BankMember.id == CouncilSeat.member_id)
        .where(~CouncilSeat.is_alternate)
    )
    held_before = (
        select(SeatPast.since, SeatPast.until, BankMember.birth_year)
        .join(BankMember, BankMember.id == SeatPast.member_id)
        .join(CouncilSeat, CouncilSeat.id == SeatPast.seat_id)
        .where(~CouncilSeat.is_alternate)
    )
    represents = select(Representation.from_on, Representation.to_on, BankMember.birth_year).join(
        BankMember, BankMember.id == Representation.member_id
    )
    places: CompoundSelect[date | None, date | None, int | None]
    places = union_all(held_now, held_before, represents)
    return [
        Held(since=since or date.max, until=until, birth_year=born)
        for since, until, born in session.execute(places)
    ]
