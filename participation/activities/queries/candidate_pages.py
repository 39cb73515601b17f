"""Who fits an activity, a page at a time: counted, ordered and cut by the database.

The same rules as `candidates`, for banks of any size. Source: SELECTION.md, "Burden".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
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


class _Group(StrEnum):
    """Where somebody who fits stands on the page."""

    FREE = "free"
    RESTS = "rests"
    ASKED = "asked"
    HIDDEN = "hidden"  # free, but narrowed away


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
    """Who fits the activity, as the invite page shows it. Two queries, four for what needs courses.

    `narrowed` shortens the list of those free to be asked, and nothing else.
    """
    wanted = {
        _Group.FREE: (free_page, free_per_page),
        _Group.RESTS: (resting_page, RESTING_PER_PAGE),
    }
    rows = session.execute(_ranked(session, actor, activity, narrowed, wanted)).all()
    counts = {row.group: row.size for row in rows if row.rank == 1}
    shown = [row for row in rows if _is_on_page(row, wanted)]
    found = _candidates(session, activity, shown)
    pages = {
        group: Page(
            [found[row.id] for row in shown if row.group == group],
            number,
            per_page,
            counts.get(group, 0),
        )
        for group, (number, per_page) in wanted.items()
    }
    return CandidatePage(
        free=pages[_Group.FREE],
        resting=pages[_Group.RESTS],
        already_asked=counts.get(_Group.ASKED, 0),
        fitting=sum(counts.values()),
    )


Wanted = Mapping[_Group, tuple[int, int]]  # group → (page number, people on a page)


def _is_on_page(row: Any, wanted: Wanted) -> bool:
    number, per_page = wanted.get(row.group, (0, 0))
    return bool((number - 1) * per_page < row.rank <= number * per_page)


def _ranked(
    session: Session, actor: Actor, activity: Activity, narrowed: Filters | None, wanted: Wanted
) -> Select[Any]:
    """Everybody who fits, in groups and ranked in fair turn; only the pages wanted come out.

    The first of each group always comes along, since it tells the group's size.
    """
    burden = _burden(activity)
    this_year = func.coalesce(burden.c.this_year, 0)
    group = case(
        (func.coalesce(burden.c.here, 0) > 0, _Group.ASKED.value),
        (_rests(session, activity, burden), _Group.RESTS.value),
        (_is_shown(actor, narrowed), _Group.FREE.value),
        else_=_Group.HIDDEN.value,
    )
    people = (
        fitting_members(actor, criteria_of(activity))
        .outerjoin(burden, burden.c.member_id == BankMember.id)
        .with_only_columns(
            BankMember.id, this_year.label("this_year"), burden.c.last, group.label("group")
        )
        .subquery("people")
    )
    turn = (people.c.this_year, people.c.last.nulls_first(), people.c.id)
    ranked = select(
        people,
        func.row_number().over(partition_by=people.c.group, order_by=turn).label("rank"),
        func.count().over(partition_by=people.c.group).label("size"),
    ).subquery("ranked")
    on_pages = (
        and_(
            ranked.c.group == name.value,
            ranked.c.rank > (number - 1) * per_page,
            ranked.c.rank <= number * per_page,
        )
        for name, (number, per_page) in wanted.items()
    )
    return select(ranked).where(or_(ranked.c.rank == 1, *on_pages)).order_by(ranked.c.rank)


def _burden(activity: Activity) -> Any:
    """What was asked of everybody, over all organisations, and whether to this activity."""
    counts = Invitation.state.not_in(NO_BURDEN)
    return (
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


def _rests(session: Session, activity: Activity, burden: Any) -> ColumnElement[bool]:
    """As `rest_for` of the rules, said to the database."""
    member = BankMember
    asked = func.coalesce(burden.c.this_year, 0)
    return or_(
        and_(
            member.state == MemberState.PAUSED,
            or_(member.paused_until.is_(None), member.paused_until >= today()),
        ),
        and_(member.yearly_ceiling.is_not(None), asked >= func.coalesce(member.yearly_ceiling, 0)),
        func.coalesce(burden.c.last >= _recent(), false()),
        _lacks_training(session, activity),
    )


def _is_shown(actor: Actor, narrowed: Filters | None) -> ColumnElement[bool]:
    if narrowed is None:
        return true()
    return BankMember.id.in_(narrowed_to(select(BankMember.id), actor, narrowed))


def _recent() -> datetime:
    """Whoever was asked at this moment or later still rests: so many days, counted by days."""
    first = today() - timedelta(days=REST_DAYS - 1)
    return from_local(datetime.combine(first, time()))


def _lacks_training(session: Session, activity: Activity) -> ColumnElement[bool]:
    trained = trained_for(session, activity.kind, to_local(activity.starts_at).date())
    return false() if trained is None else BankMember.account_id.not_in(trained)


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
