"""Goals of plans that a finding speaks for, as the links between them say."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.plans.models import ActionPlan, FindingPlanLink, PlanNode
from participation.plans.rules.plans import GOAL_KINDS
from participation.results.models import Finding, FindingGroup


@dataclass(frozen=True)
class Goal:
    """A line of a plan that says what is to be reached."""

    node: PlanNode
    plan: ActionPlan


def _goals() -> Select[PlanNode, ActionPlan]:
    return (
        select(PlanNode, ActionPlan)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .where(PlanNode.kind.in_(GOAL_KINDS))
    )


def goals_of_finding(session: Session, finding_id: int) -> list[Goal]:
    """The goals a finding speaks for, in the order of their plans. One query."""
    rows = session.execute(
        _goals()
        .join(FindingPlanLink, FindingPlanLink.node_id == PlanNode.id)
        .where(FindingPlanLink.finding_id == finding_id)
        .order_by(ActionPlan.position, ActionPlan.id, PlanNode.position, PlanNode.id)
    )
    return [Goal(*row) for row in rows]


def goals_to_choose(session: Session, finding: Finding) -> list[tuple[Goal, Group]]:
    """Goals in force of the groups that the finding concerns, or of all where it concerns none, and
    those that are chosen already. One query.
    """
    concerned = select(FindingGroup.group_id).where(FindingGroup.finding_id == finding.id)
    chosen = select(FindingPlanLink.node_id).where(FindingPlanLink.finding_id == finding.id)
    rows = session.execute(
        _goals()
        .join(Group, Group.id == ActionPlan.group_id)
        .add_columns(Group)
        .where(
            PlanNode.is_current,
            ActionPlan.is_current,
            or_(
                ActionPlan.group_id.in_(concerned),
                ~concerned.exists(),
                PlanNode.id.in_(chosen),
            ),
        )
        .order_by(ActionPlan.position, ActionPlan.id, PlanNode.position, PlanNode.id)
    )
    return [(Goal(node, plan), group) for node, plan, group in rows]


def goal_ids_of(session: Session, finding_id: int) -> Sequence[str]:
    """The public ids of the goals a finding speaks for."""
    return [one.node.public_id for one in goals_of_finding(session, finding_id)]
