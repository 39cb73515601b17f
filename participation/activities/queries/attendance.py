"""Reads of who was there."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity, Attendance, Invitation
from participation.activities.rules.states import ActivityState
from participation.foundation.clock import to_local, year_start
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import IN_THE_BANK


def attendances_of(session: Session, activity_id: int) -> Mapping[int, bool]:
    """Who was there, by member id."""
    rows = session.execute(
        select(Attendance.member_id, Attendance.present).where(
            Attendance.activity_id == activity_id
        )
    )
    return {row.member_id: row.present for row in rows}


def those_who_came(session: Session, activity_id: int) -> Sequence[Invitation]:
    """The invitations of those who were there."""
    return session.scalars(
        select(Invitation)
        .join(
            Attendance,
            (Attendance.activity_id == Invitation.activity_id)
            & (Attendance.member_id == Invitation.member_id),
        )
        .where(Invitation.activity_id == activity_id, Attendance.present)
        .order_by(Invitation.id)
    ).all()


def accounts_that_came(session: Session, activity_id: int) -> Sequence[int]:
    """The accounts of those who were there."""
    return session.scalars(
        select(BankMember.account_id)
        .join(Attendance, Attendance.member_id == BankMember.id)
        .where(Attendance.activity_id == activity_id, Attendance.present)
        .order_by(BankMember.account_id)
    ).all()


def addresses_of_those_who_came(session: Session, activity_id: int) -> list[dict[str, str]]:
    """Name, address and language of those who were there and are still in the bank. One query."""
    rows = session.execute(
        select(
            Invitation.public_id.label("invitation_public_id"),
            BankMember.name,
            Account.email,
            Account.locale,
        )
        .join(
            Attendance,
            (Attendance.activity_id == Invitation.activity_id)
            & (Attendance.member_id == Invitation.member_id),
        )
        .join(BankMember, BankMember.id == Invitation.member_id)
        .join(Account, Account.id == BankMember.account_id)
        .where(
            Invitation.activity_id == activity_id,
            Attendance.present,
            BankMember.state.in_(IN_THE_BANK),
        )
        .order_by(Invitation.id)
    )
    return [dict(row) for row in rows.mappings()]


def completed_with_participation(session: Session, years: range) -> dict[int, int | None]:
    """Completed activities in which somebody from the bank took part, by year. One query."""
    came = select(Attendance.activity_id).where(Attendance.present)
    moments = session.scalars(
        select(Activity.starts_at).where(
            Activity.state == ActivityState.COMPLETED,
            Activity.starts_at >= year_start(years.start),
            Activity.starts_at < year_start(years.stop),
            Activity.id.in_(came),
        )
    )
    by_year = Counter(to_local(moment).year for moment in moments)
    return {year: by_year[year] for year in years}


def activities_of_year(session: Session, year: int) -> Sequence[tuple[Activity, bool]]:
    """Every activity that begins in the year, and whether somebody of the bank was there."""
    came = select(Attendance.activity_id).where(Attendance.present)
    rows = session.execute(
        select(Activity, Activity.id.in_(came))
        .where(
            Activity.starts_at >= year_start(year),
            Activity.starts_at < year_start(year + 1),
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    return [(activity, bool(has_come)) for activity, has_come in rows]
