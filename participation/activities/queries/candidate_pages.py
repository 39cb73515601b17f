"""Who fits an activity, a page at a time: counted, ordered and cut by the database.

The same rules as `candidates`, for banks of any size. Source: SELECTION.md, "Burden".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    case,
    false,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)
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

FREE_PER_PAGE = 25
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
    """Those free to be asked in fair turn, those who rest, those who lack a course: a page each.

    And how many they are.
    """

    free: Page[Candidate]
    resting: Page[Candidate]
    untrained: Page[Candidate]
    already_asked: int
    fitting: int


class _Group(StrEnum):
    """Where somebody who fits stands on the page."""

    FREE = "free"
    RESTS = "rests"
    UNTRAINED = "untrained"
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
    untrained_page: int = 1,
    free_per_page: int = FREE_PER_PAGE,
) -> CandidatePage:
    """Who fits the activity, as the invite page shows it. Two queries, four for what needs courses.

    `narrowed` shortens the list of those free to be asked, and nothing else.
    """
    wanted = {
        _Group.FREE: (free_page, free_per_page),
        _Group.RESTS: (resting_page, RESTING_PER_PAGE),
        _Group.UNTRAINED: (untrained_page, RESTING_PER_PAGE),
    }
    rows = session.execute(_pages_and_sizes(session, actor, activity, narrowed, wanted)).all()
    sizes = {row.group: row.id for row in rows if row.is_size}
    shown = sorted((row for row in rows if not row.is_size), key=_turn)
    found = _candidates(session, activity, shown)
    pages = {
        group: Page(
            [found[row.id] for row in shown if row.group == group],
            number,
            per_page,
            sizes.get(group, 0),
        )
        for group, (number, per_page) in wanted.items()
    }
    return CandidatePage(
        free=pages[_Group.FREE],
        resting=pages[_Group.RESTS],
        untrained=pages[_Group.UNTRAINED],
        already_asked=sizes.get(_Group.ASKED, 0),
        fitting=sum(sizes.values()),
    )


Wanted = Mapping[_Group, tuple[int, int]]  # group → (page number, people on a page)


def _turn(row: Any) -> tuple[Any, ...]:
    """Fair turn: least asked this year, longest ago, then by id."""
    return (row.this_year, row.last is not None, row.last, row.id)


def _pages_and_sizes(
    session: Session, actor: Actor, activity: Activity, narrowed: Filters | None, wanted: Wanted
) -> CompoundSelect[Any]:
    """The people on the pages wanted, in fair turn, and a row with the size of each group.

    Everybody who fits is gone through once; only the groups' first so many are sorted.
    """
    burden = _burden(activity)
    group = case(
        (func.coalesce(burden.c.here, 0) > 0, _Group.ASKED.value),
        (_rests(burden), _Group.RESTS.value),
        (_lacks_training(session, activity), _Group.UNTRAINED.value),
        (_is_shown(actor, narrowed), _Group.FREE.value),
        else_=_Group.HIDDEN.value,
    )
    people = (
        fitting_members(actor, criteria_of(activity))
        .outerjoin(burden, burden.c.member_id == BankMember.id)
        .with_only_columns(
            BankMember.id,
            func.coalesce(burden.c.this_year, 0).label("this_year"),
            burden.c.last,
            group.label("group"),
        )
        .order_by(None)
        .cte("people")
    )
    pages = [
        select(people, false().label("is_size"))
        .where(people.c.group == name.value)
        .order_by(people.c.this_year, people.c.last.nulls_first(), people.c.id)
        .limit(per_page)
        .offset((number - 1) * per_page)
        .subquery()
        for name, (number, per_page) in wanted.items()
    ]
    sizes = select(func.count(), null(), null(), people.c.group, true()).group_by(people.c.group)
    return union_all(*(select(page) for page in pages), sizes)


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


def _rests(burden: Any) -> ColumnElement[bool]:
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
