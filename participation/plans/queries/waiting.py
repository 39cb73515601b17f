"""Plan actions in force that nobody has told anything of for half a year."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Subquery, case, func, or_, select
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.foundation.clock import day_start
from participation.foundation.permissions import Actor, Permission
from participation.plans.models import ActionPlan, PlanActionStatus, PlanNode
from participation.plans.queries.plans import newest_status
from participation.plans.rules.plans import PlanStatus
from participation.plans.rules.waiting import ENDED, too_old_before


@dataclass(frozen=True)
class WaitingAction:
    """A plan action with what was told last; NOT_LOADED without a day: nothing ever was."""

    node: PlanNode
    plan: ActionPlan
    status: PlanStatus
    status_on: date | None


@dataclass(frozen=True)
class WaitingGroup:
    """A group with the plan actions whose status is to be told, in the plan's order."""

    group: Group
    actions: list[WaitingAction]


def waiting_for(session: Session, actor: Actor, day: date) -> list[WaitingGroup]:
    """What the person's groups have to tell. One query; none for whoever tells nothing."""
    scope = actor.scope(Permission.READ_GROUP)
    if not (scope.everywhere or scope.group_ids):
        return []
    return [one for one in waiting_groups(session, day) if scope.has_group(one.group.id)]


def waiting_groups(session: Session, day: date) -> list[WaitingGroup]:
    """Every group with something to tell, by plans whose time began long enough ago. One query."""
    newest, told, old = newest_status(), _told(), too_old_before(day)
    rows = session.execute(
        select(Group, PlanNode, ActionPlan, newest.c.status, newest.c.status_on)
        .join(ActionPlan, ActionPlan.group_id == Group.id)
        .join(PlanNode, PlanNode.plan_id == ActionPlan.id)
        .outerjoin(newest, newest.c.node_id == PlanNode.id)
        .outerjoin(told, told.c.node_id == PlanNode.id)
        .where(
            ActionPlan.is_current,
            ActionPlan.content_state == "loaded",
            ActionPlan.period_from <= old.year,
            ActionPlan.period_to >= day.year,
            PlanNode.is_current,
            PlanNode.kind == "plan_action",
            or_(newest.c.status.is_(None), newest.c.status.not_in(ENDED)),
            or_(told.c.here_at.is_(None), told.c.here_at < day_start(old)),
            or_(told.c.in_file_on.is_(None), told.c.in_file_on < old),
        )
        .order_by(Group.position, Group.id, ActionPlan.id, PlanNode.position, PlanNode.id)
    ).all()
    return [
        WaitingGroup(group, [_action(*rest) for _, *rest in of_group])
        for group, of_group in groupby(rows, key=lambda row: row[0])
    ]


def _action(
    node: PlanNode, plan: ActionPlan, status: str | None, status_on: date | None
) -> WaitingAction:
    found = PlanStatus(status) if status else PlanStatus.NOT_LOADED
    return WaitingAction(node, plan, found, status_on)


def _told() -> Subquery:
    """When each plan action was last told of: here by the moment, in the county's file by its day.

    Somebody who says today that it began last year has told something new today.
    """
    from_file = PlanActionStatus.is_from_file
    return (
        select(
            PlanActionStatus.node_id,
            func.max(case((~from_file, PlanActionStatus.created_at))).label("here_at"),
            func.max(case((from_file, PlanActionStatus.status_on))).label("in_file_on"),
        )
        .where(PlanActionStatus.corrected_at.is_(None))
        .group_by(PlanActionStatus.node_id)
        .subquery()
    )
