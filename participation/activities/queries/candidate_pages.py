"""Who fits an activity, a page at a time: counted, ordered and cut by the database.

The same rules as `candidates`, for banks of any size. Source: SELECTION.md, "Burden".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import Session, defer, joinedload

from participation.activities.models import Activity, Invitation
from participation.activities.queries.matching import (
    Candidate,
    criteria_of,
    rest_of,
    untrained,
)
from participation.activities.rules.burden import REST_DAYS, Burden
from participation.activities.rules.states import NO_BURDEN
from participation.foundation.clock import from_local, to_local, today, year_start
from participation.foundation.paging import Page
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import Filters, fitting_members
from participation.interest_bank.queries.lists import narrowed as narrowed_to
from participation.interest_bank.rules import MemberState
from participation.training.queries import lacking, trained_for

FREE_PER_PAGE = 50
RESTING_PER_PAGE = 25
# A match shows no contacts and no experiences: only that they fit.
SHOWN = (
    joinedload(BankMember.roles),
    joinedload(BankMember.municipality),
    *(
        defer(column, raiseload=True)
        for column in (
            BankMember.name,
            BankMember.phone,
            BankMember.gender_text,
            BankMember.experience_text,
        )
    ),
)


@dataclass(frozen=True)
class CandidatePage:
    """A page of those free to be asked in fair turn, a page of those who rest, and the counts."""

    free: Page[Candidate]
    resting: Page[Candidate]
    already_asked: int
    fitting: int


@dataclass(frozen=True)
class _Terms:
    """The conditions of one activity, over `BankMember` joined with what was asked of them."""

    burden: Any
    asked_here: ColumnElement[bool]
    rests: ColumnElement[bool]
    shown: ColumnElement[bool]

    @property
    def free(self) -> ColumnElement[bool]:
        return and_(not_(self.asked_here), not_(self.rests), self.shown)

    @property
    def resting(self) -> ColumnElement[bool]:
        return and_(not_(self.asked_here), self.rests)


def candidate_page(
    session: Session,
    actor: Actor,
    activity: Activity,
    narrowed: Filters | None = None,
    *,
    free_page: int = 1,
    resting_page: int = 1,
    free_per_page: int = FREE_PER_PAGE,
) -> CandidatePage:
    """Who fits the activity, as the invite page shows it. Four queries, six for what needs courses.

    `narrowed` shortens the list of those free to be asked, and nothing else.
    """
    terms = _terms(session, actor, activity, narrowed)
    fitting = fitting_members(actor, criteria_of(activity)).outerjoin(
        terms.burden, terms.burden.c.member_id == BankMember.id
    )
    counts = session.execute(
        fitting.with_only_columns(
            func.count(),
            func.count().filter(terms.asked_here),
            func.count().filter(terms.free),
            func.count().filter(terms.resting),
        )
    ).one()
    total, asked, free_count, resting_count = counts
    free_rows = _rows(session, fitting.where(terms.free), terms, free_page, free_per_page)
    resting_rows = (
        _rows(session, fitting.where(terms.resting), terms, resting_page, RESTING_PER_PAGE)
        if resting_count
        else []
    )
    found = _candidates(session, activity, [*free_rows, *resting_rows])
    return CandidatePage(
        free=Page([found[row.id] for row in free_rows], free_page, free_per_page, free_count),
        resting=Page(
            [found[row.id] for row in resting_rows],
            resting_page,
            RESTING_PER_PAGE,
            resting_count,
        ),
        already_asked=asked,
        fitting=total,
    )


def _terms(session: Session, actor: Actor, activity: Activity, narrowed: Filters | None) -> _Terms:
    counts = Invitation.state.not_in(NO_BURDEN)
    burden = (
        select(
            Invitation.member_id,
            func.count()
            .filter(counts, Invitation.created_at >= year_start(today().year))
            .label("this_year"),
            func.max(Invitation.created_at).filter(counts).label("last"),
            func.count().filter(Invitation.activity_id == activity.id).label("here"),
        )
        .group_by(Invitation.member_id)
        .subquery("burden")
    )
    this_year = func.coalesce(burden.c.this_year, 0)
    member = BankMember
    rests = or_(
        and_(
            member.state == MemberState.PAUSED,
            or_(member.paused_until.is_(None), member.paused_until >= today()),
        ),
        and_(
            member.yearly_ceiling.is_not(None), this_year >= func.coalesce(member.yearly_ceiling, 0)
        ),
        func.coalesce(burden.c.last >= _recent(), false()),
        _lacks_training(session, activity),
    )
    shown = (
        true()
        if narrowed is None
        else member.id.in_(narrowed_to(select(member.id), actor, narrowed))
    )
    return _Terms(burden, func.coalesce(burden.c.here, 0) > 0, rests, shown)


def _recent() -> datetime:
    """Whoever was asked at this moment or later still rests: so many days, counted by days."""
    first = today() - timedelta(days=REST_DAYS - 1)
    return from_local(datetime.combine(first, time()))


def _lacks_training(session: Session, activity: Activity) -> ColumnElement[bool]:
    trained = trained_for(session, activity.kind, to_local(activity.starts_at).date())
    return false() if trained is None else BankMember.account_id.not_in(trained)


def _rows(
    session: Session, statement: Any, terms: _Terms, number: int, per_page: int
) -> Sequence[Any]:
    """Ids with what was asked of each, in fair turn: least asked this year first."""
    this_year = func.coalesce(terms.burden.c.this_year, 0)
    found: Sequence[Any] = session.execute(
        statement.with_only_columns(
            BankMember.id, this_year.label("this_year"), terms.burden.c.last
        )
        .order_by(this_year, terms.burden.c.last.nulls_first(), BankMember.id)
        .limit(per_page)
        .offset((number - 1) * per_page)
    ).all()
    return found


def _candidates(
    session: Session, activity: Activity, rows: Sequence[Any]
) -> Mapping[int, Candidate]:
    """The people of the rows with why they rest, by id."""
    members = session.scalars(
        select(BankMember).where(BankMember.id.in_([row.id for row in rows])).options(*SHOWN)
    ).unique()
    by_id = {member.id: member for member in members}
    day = to_local(activity.starts_at).date()
    lacked = lacking(session, activity.kind, [m.account_id for m in by_id.values()], day)
    found = {}
    for row in rows:
        member = by_id[row.id]
        burden = Burden(row.this_year, None if row.last is None else to_local(row.last).date())
        rest = rest_of(member, burden) or untrained(lacked.get(member.account_id))
        found[row.id] = Candidate(member, burden, rest)
    return found
