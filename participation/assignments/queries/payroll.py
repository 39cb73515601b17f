"""Reads of payroll batches and of what participation cost, per organisation and year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, true
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from participation.accounts.models import Account
from participation.activities.models import Activity
from participation.activities.queries import may_see_activity
from participation.assignments.models import CompensationClaim, PayrollBatch
from participation.assignments.rules.rates import Sums
from participation.assignments.rules.states import AGREED, ClaimState
from participation.county.models import Organisation
from participation.foundation.clock import to_local, today, year_start
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission


def payroll_batches(actor: Actor) -> Select[PayrollBatch]:
    """Batches the person may see, newest first, as a statement for paging."""
    return (
        select(PayrollBatch)
        .where(_may_see(actor))
        .order_by(PayrollBatch.number.desc(), PayrollBatch.id.desc())
    )


def payroll_batch(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    with_content: bool = False,
    to_change: bool = False,
) -> PayrollBatch:
    """One batch; `to_change` locks it. Raises NotFound."""
    statement = select(PayrollBatch).where(_may_see(actor), PayrollBatch.public_id == public_id)
    if with_content:
        statement = statement.options(undefer(PayrollBatch.content))
    if to_change:
        statement = statement.with_for_update()
    found = session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def _may_see(actor: Actor) -> ColumnElement[bool]:
    """Whoever pays out for one organisation sees the batches they made for it, and no others.

    A batch of a time when they paid for somebody else is closed to them since.
    """
    scope = actor.scope(Permission.EXPORT_PAYROLL)
    if scope.everywhere:
        return true()
    elsewhere = exists().where(
        CompensationClaim.batch_id == PayrollBatch.id,
        Activity.id == CompensationClaim.activity_id,
        Activity.organisation_id.not_in(scope.organisation_ids),
    )
    return and_(PayrollBatch.created_by_account_id == actor.account_id, ~elsewhere)


def claims_in(session: Session, batch_id: int) -> Sequence[CompensationClaim]:
    """The claims of one batch with their people and lines, as they stand in the file."""
    return session.scalars(
        select(CompensationClaim)
        .where(CompensationClaim.batch_id == batch_id)
        .options(
            joinedload(CompensationClaim.activity).joinedload(Activity.organisation),
            joinedload(CompensationClaim.member),
            selectinload(CompensationClaim.lines),
        )
        .order_by(CompensationClaim.id)
    ).all()


@dataclass(frozen=True)
class OrganisationTotal:
    """What one organisation's activities of a year gave in compensation; never to whom."""

    name: str
    activities: int
    claims: int
    sums: Sums
    paid_ore: int


def totals_of_year(session: Session, actor: Actor, year: int) -> list[OrganisationTotal]:
    """Approved compensation for the activities held in a year, per organisation. One query."""
    total = CompensationClaim.taxed_ore + CompensationClaim.untaxed_ore
    is_paid = CompensationClaim.state == ClaimState.PAID
    rows = session.execute(
        select(
            Organisation.name,
            func.count(Activity.id.distinct()),
            func.count(CompensationClaim.id),
            func.sum(CompensationClaim.taxed_ore),
            func.sum(CompensationClaim.untaxed_ore),
            func.sum(case((is_paid, total), else_=0)),
        )
        .join(Activity, Activity.organisation_id == Organisation.id)
        .join(CompensationClaim, CompensationClaim.activity_id == Activity.id)
        .where(
            may_see_activity(actor, Permission.READ_COSTS),
            CompensationClaim.state.in_(AGREED),
            Activity.starts_at >= year_start(year),
            Activity.starts_at < year_start(year + 1),
        )
        .group_by(Organisation.id, Organisation.name)
        .order_by(Organisation.name, Organisation.id)
    )
    return [
        OrganisationTotal(name, activities, claims, Sums(int(taxed), int(untaxed)), int(paid))
        for name, activities, claims, taxed, untaxed, paid in rows
    ]


def years_with_claims(session: Session, actor: Actor) -> list[int]:
    """The years that have something to show and this year, newest first. One query."""
    first, last = session.execute(
        select(func.min(Activity.starts_at), func.max(Activity.starts_at))
        .join(CompensationClaim, CompensationClaim.activity_id == Activity.id)
        .where(may_see_activity(actor, Permission.READ_COSTS), CompensationClaim.state.in_(AGREED))
    ).one()
    this_year = today().year
    if first is None:
        return [this_year]
    oldest, newest = to_local(first).year, max(this_year, to_local(last).year)
    return list(range(newest, oldest - 1, -1))


def staff_names(session: Session, account_ids: Collection[int]) -> Mapping[int, str]:
    """Who made or paid a batch, or approved a claim. One query."""
    rows = session.execute(
        select(Account.id, Account.display_name).where(Account.id.in_(account_ids))
    )
    return {row.id: row.display_name for row in rows}
