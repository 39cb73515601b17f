"""Who fits an activity, in fair turn, and what was asked of them so far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity, Invitation
from participation.activities.rules.burden import Burden, Rest, RestReason, rest_for
from participation.activities.rules.states import NO_BURDEN
from participation.foundation.clock import to_local, today, year_start
from participation.foundation.i18n import format_and
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import (
    Criteria,
    Filters,
    fitting_members,
    matching_members,
    members_visible_to,
)
from participation.interest_bank.rules import MemberState
from participation.training.models import Course
from participation.training.queries import lacking

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Candidate:
    """Somebody who fits, with what was asked of them so far."""

    member: BankMember
    burden: Burden
    rest: Rest | None = None


@dataclass(frozen=True)
class Askable:
    """Somebody who may be asked now, and how they are reached."""

    member_id: int
    public_id: str
    account_id: int
    name: str
    email: str
    locale: str


@dataclass(frozen=True)
class Candidates:
    """Everybody who fits an activity. Nobody is left out in silence: who rests is listed with why.

    `free` stands in fair turn: least asked this year first.
    """

    free: Sequence[Candidate] = field(default_factory=tuple)
    resting: Sequence[Candidate] = field(default_factory=tuple)
    already_asked: int = 0

    @property
    def fitting(self) -> int:
        return len(self.free) + len(self.resting) + self.already_asked


def candidates(
    session: Session, actor: Actor, activity: Activity, narrowed: Filters | None = None
) -> Candidates:
    """Who fits the activity: free to be asked, resting, or asked already. Constant queries.

    `narrowed` shortens the list of those free to be asked, and nothing else.
    """
    fitting = matching_members(session, actor, criteria_of(activity))
    burdens, asked = _burdens(session, activity.id)
    shown = None if narrowed is None else _ids_of(session, actor, narrowed)
    lacked = lacking(
        session,
        activity.kind,
        [member.account_id for member in fitting],
        to_local(activity.starts_at).date(),
    )
    found = [
        Candidate(
            member, burden, rest_of(member, burden) or untrained(lacked.get(member.account_id))
        )
        for member in fitting
        if member.id not in asked
        for burden in (burdens.get(member.id, Burden()),)
    ]
    return Candidates(
        free=sorted(
            (c for c in found if c.rest is None and (shown is None or c.member.id in shown)),
            key=lambda c: (
                c.burden.asked_this_year,
                c.burden.last_asked_on or date.min,
                c.member.id,
            ),
        ),
        resting=[c for c in found if c.rest is not None],
        already_asked=sum(member.id in asked for member in fitting),
    )


def who_fits(actor: Actor, activity: Activity) -> Select[int]:
    """The ids of everybody who fits, whether they can be asked now or rest."""
    return fitting_members(actor, criteria_of(activity)).with_only_columns(BankMember.id)


def askable(
    session: Session, actor: Actor, activity: Activity, public_ids: Sequence[str]
) -> Mapping[str, Askable]:
    """Those of the chosen who may be asked now, by public id: rows alone, for many at once."""
    rows: Any = session.execute(
        fitting_members(actor, criteria_of(activity)).with_only_columns(
            BankMember.id,
            BankMember.public_id,
            BankMember.account_id,
            BankMember.state,
            BankMember.paused_until,
            BankMember.yearly_ceiling,
        )
    )
    burdens, asked = _burdens(session, activity.id)
    wanted = set(public_ids)
    chosen = [row for row in rows if row.public_id in wanted and row.id not in asked]
    lacked = lacking(
        session,
        activity.kind,
        [row.account_id for row in chosen],
        to_local(activity.starts_at).date(),
    )
    free = [
        row.id
        for row in chosen
        if row.account_id not in lacked and rest_of(row, burdens.get(row.id, Burden())) is None
    ]
    return {person.public_id: person for person in _reached(session, free)}


def _reached(session: Session, member_ids: Sequence[int]) -> Iterator[Askable]:
    for start in range(0, len(member_ids), ROWS_AT_ONCE):
        rows: Any = session.execute(
            select(
                BankMember.id,
                BankMember.public_id,
                BankMember.account_id,
                BankMember.name,
                Account.email,
                Account.locale,
            )
            .join(Account, Account.id == BankMember.account_id)
            .where(BankMember.id.in_(member_ids[start : start + ROWS_AT_ONCE]))
        )
        yield from (Askable(*row) for row in rows)


def criteria_of(activity: Activity) -> Criteria:
    """What the activity asks of people."""
    return Criteria(
        area_id=activity.area_id,
        roles=activity.wanted_roles,
        municipality_codes=activity.wanted_municipalities,
        ways=activity.wanted_ways,
    )


def _ids_of(session: Session, actor: Actor, narrowed: Filters) -> set[int]:
    statement = members_visible_to(actor, narrowed).with_only_columns(BankMember.id)
    return set(session.scalars(statement.order_by(None)))


def rest_of(member: BankMember | Any, burden: Burden) -> Rest | None:
    """`member` is one, or a row with these three columns of one."""
    return rest_for(
        burden,
        today=today(),
        is_resting=member.state == MemberState.PAUSED
        and (member.paused_until is None or today() <= member.paused_until),
        paused_until=member.paused_until,
        yearly_ceiling=member.yearly_ceiling,
    )


def untrained(lacked: Sequence[Course] | None) -> Rest | None:
    """Who lacks a course that the kind of activity demands is shown with it, never skipped."""
    if not lacked:
        return None
    return Rest(RestReason.NEEDS_TRAINING, None, format_and([course.name for course in lacked]))


def burdens(session: Session) -> Mapping[int, Burden]:
    """What was asked of everybody so far, by member id. One query."""
    return _burdens(session, activity_id=0)[0]


def _burdens(session: Session, activity_id: int) -> tuple[Mapping[int, Burden], set[int]]:
    """What was asked of everybody, over all organisations, and who was asked to this activity.

    One query. Invitations that were taken back, and coming without one, are no burden.
    """
    start = year_start(today().year)
    counts = Invitation.state.not_in(NO_BURDEN)
    rows: Any = session.execute(
        select(
            Invitation.member_id,
            func.count().filter(counts, Invitation.created_at >= start),
            func.max(Invitation.created_at).filter(counts),
            func.count().filter(Invitation.activity_id == activity_id),
        ).group_by(Invitation.member_id)
    ).all()
    burdens = {
        member_id: Burden(count, None if last is None else to_local(last).date())
        for member_id, count, last, _here in rows
    }
    return burdens, {member_id for member_id, _count, _last, here in rows if here}
