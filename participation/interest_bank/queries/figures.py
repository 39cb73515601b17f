"""Counts over the whole bank."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import from_local, today
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import IN_THE_BANK, MemberState


@dataclass(frozen=True)
class BankFigures:
    """Counts over the whole bank: never about a person."""

    members: int
    resting: int
    joined_this_year: int


def bank_figures(session: Session) -> BankFigures:
    """How many are in the bank, how many of them rest, how many joined this year. One query."""
    year_start = from_local(datetime(today().year, 1, 1))  # noqa: DTZ001 - a wall time
    row = session.execute(
        select(
            func.count(),
            func.count().filter(BankMember.state == MemberState.PAUSED),
            func.count().filter(BankMember.confirmed_at >= year_start),
        ).where(BankMember.state.in_(IN_THE_BANK))
    ).one()
    return BankFigures(*row)
