"""Reads of claims. Coordinators see all that they may approve, people their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.activities.models import Activity
from participation.activities.queries import may_see_activity
from participation.assignments.models import CompensationClaim, RateTable
from participation.assignments.rules.states import ClaimState
from participation.foundation.clock import to_local
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember

CLAIM_WHOLE = (
    joinedload(CompensationClaim.activity).options(
        joinedload(Activity.organisation), joinedload(Activity.unit)
    ),
    joinedload(CompensationClaim.member),
    joinedload(CompensationClaim.rate_table).selectinload(RateTable.rates),
    joinedload(CompensationClaim.batch),
    selectinload(CompensationClaim.lines),
)
IN_LISTS = (
    joinedload(CompensationClaim.activity).joinedload(Activity.organisation),
    joinedload(CompensationClaim.member),
)


@dataclass(frozen=True, kw_only=True)
class ClaimFilters:
    """What a list of claims is narrowed by; empty means all."""

    state: str = ""
    organisation_id: int | None = None
    activity: str = ""  # public id


def claims_visible_to(actor: Actor, filters: ClaimFilters) -> Select[CompensationClaim]:
    """Claims the person may see, those that wait for approval first, as a statement for paging."""
    statement = (
        select(CompensationClaim)
        .join(Activity, Activity.id == CompensationClaim.activity_id)
        .where(_may_see(actor))
    )
    if filters.state in set(ClaimState):
        statement = statement.where(CompensationClaim.state == filters.state)
    if filters.organisation_id is not None:
        statement = statement.where(Activity.organisation_id == filters.organisation_id)
    if filters.activity:
        statement = statement.where(Activity.public_id == filters.activity)
    return statement.options(*IN_LISTS).order_by(
        (CompensationClaim.state == ClaimState.SUBMITTED).desc(),
        Activity.starts_at.desc(),
        CompensationClaim.id,
    )


def claim_visible_to(
    session: Session, actor: Actor, public_id: str, *, to_change: bool = False
) -> CompensationClaim:
    """One claim with all of it; `to_change` locks it. Raises NotFound."""
    statement = (
        select(CompensationClaim)
        .join(Activity, Activity.id == CompensationClaim.activity_id)
        .where(_may_see(actor), CompensationClaim.public_id == public_id)
        .options(*CLAIM_WHOLE)
        .execution_options(populate_existing=True)
    )
    if to_change:
        statement = statement.with_for_update(of=CompensationClaim)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def claims_to_change(
    session: Session, actor: Actor, public_ids: Collection[str]
) -> Sequence[CompensationClaim]:
    """Several claims, locked in the order of their ids."""
    return session.scalars(
        select(CompensationClaim)
        .join(Activity, Activity.id == CompensationClaim.activity_id)
        .where(_may_see(actor), CompensationClaim.public_id.in_(public_ids))
        .options(*CLAIM_WHOLE)
        .order_by(CompensationClaim.id)
        .with_for_update(of=CompensationClaim)
        .execution_options(populate_existing=True)
    ).all()


def claim_of(
    session: Session, activity_id: int, member_id: int, *, to_change: bool = False
) -> CompensationClaim:
    """The claim behind a personal link. Raises NotFound when nothing was offered."""
    statement = (
        select(CompensationClaim)
        .where(
            CompensationClaim.activity_id == activity_id,
            CompensationClaim.member_id == member_id,
        )
        .options(*CLAIM_WHOLE)
        .execution_options(populate_existing=True)
    )
    if to_change:
        statement = statement.with_for_update(of=CompensationClaim)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def approved_claims(session: Session, actor: Actor) -> Sequence[CompensationClaim]:
    """What goes into the next payroll batch, locked, in the order of ids."""
    return session.scalars(
        select(CompensationClaim)
        .join(Activity, Activity.id == CompensationClaim.activity_id)
        .where(
            CompensationClaim.state == ClaimState.APPROVED,
            may_see_activity(actor, Permission.EXPORT_PAYROLL),
        )
        .options(*CLAIM_WHOLE)
        .order_by(CompensationClaim.id)
        .with_for_update(of=CompensationClaim)
        .execution_options(populate_existing=True)
    ).all()


def waiting_counts(session: Session, actor: Actor) -> tuple[int, date | None, int]:
    """(claims the person may approve, the day the oldest was sent in, claims of their own)."""
    own = or_(
        BankMember.account_id == actor.account_id,
        func.coalesce(CompensationClaim.filed_by_account_id, 0) == actor.account_id,
    )
    row = session.execute(
        select(
            func.count().filter(~own),
            func.min(CompensationClaim.submitted_at).filter(~own),
            func.count().filter(own),
        )
        .select_from(CompensationClaim)
        .join(BankMember, BankMember.id == CompensationClaim.member_id)
        .join(Activity, Activity.id == CompensationClaim.activity_id)
        .where(_may_see(actor), CompensationClaim.state == ClaimState.SUBMITTED)
    ).one()
    return row[0], to_local(row[1]).date() if row[1] else None, row[2]


def count_approved(session: Session, actor: Actor) -> int:
    """How many claims wait for payroll."""
    return (
        session.scalar(
            select(func.count())
            .select_from(CompensationClaim)
            .join(Activity, Activity.id == CompensationClaim.activity_id)
            .where(
                CompensationClaim.state == ClaimState.APPROVED,
                may_see_activity(actor, Permission.EXPORT_PAYROLL),
            )
        )
        or 0
    )


def _may_see(actor: Actor) -> ColumnElement[bool]:
    return may_see_activity(actor, Permission.APPROVE_CLAIMS)
