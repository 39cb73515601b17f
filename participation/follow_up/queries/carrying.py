"""Plan actions that may carry what a group answered."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.plans.models import ActionPlan, FindingPlanLink, PlanNode
from participation.results.models import Finding


@dataclass(frozen=True)
class Carrying:
    """A plan action of the group that owes, and whether it is said to carry the answer."""

    node: PlanNode
    plan: ActionPlan
    is_linked: bool


def finding_answered(session: Session, commitment: Commitment) -> Finding | None:
    """The published finding that a group's commitment answers."""
    if commitment.subject_kind != "finding" or commitment.owed_by_group_id is None:
        return None
    return session.scalar(
        select(Finding).where(
            Finding.public_id == commitment.subject_public_id, Finding.state == "published"
        )
    )


def actions_to_choose(session: Session, commitment: Commitment, finding: Finding) -> list[Carrying]:
    """Plan actions in force of the group's plans, in their order. One query."""
    linked = exists().where(
        FindingPlanLink.finding_id == finding.id, FindingPlanLink.node_id == PlanNode.id
    )
    rows = session.execute(
        select(PlanNode, ActionPlan, linked)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .where(
            PlanNode.kind == "plan_action",
            PlanNode.is_current,
            ActionPlan.is_current,
            ActionPlan.group_id == commitment.owed_by_group_id,
        )
        .order_by(ActionPlan.position, ActionPlan.id, PlanNode.position, PlanNode.id)
    )
    return [Carrying(node, plan, bool(is_linked)) for node, plan, is_linked in rows]
