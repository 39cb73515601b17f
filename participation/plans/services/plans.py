"""Writing plan status and linking findings to plan actions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.plans.models import ActionPlan, FindingPlanLink, PlanActionStatus, PlanNode
from participation.plans.rules.plans import CHOOSABLE, GOAL_KINDS, PlanStatus
from participation.results.models import Finding


def plan_action_for(session: Session, actor: Actor, public_id: str) -> tuple[PlanNode, ActionPlan]:
    """A plan action whose status the person may tell: coordinators, and members of its group.

    Raises NotFound for everybody else.
    """
    found = session.execute(
        select(PlanNode, ActionPlan)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .where(PlanNode.public_id == public_id, PlanNode.kind == "plan_action")
    ).one_or_none()
    if found is None or not may_tell_status(actor, found[1]):
        raise NotFound
    return found[0], found[1]


def may_tell_status(actor: Actor, plan: ActionPlan) -> bool:
    """Coordinators everywhere, group members for their own group's plan."""
    return actor.scope(Permission.MANAGE_PLANS).has_group(plan.group_id) or actor.scope(
        Permission.READ_GROUP
    ).has_group(plan.group_id)


def tell_status(
    session: Session, actor: Actor, node: PlanNode, *, status: PlanStatus, text: str, on: date
) -> PlanActionStatus:
    """Add a status to the history. "No" needs its reason.

    Raises Conflict: no reason for a no, a day that has not come, or a status nobody can choose.
    """
    if status not in CHOOSABLE:
        raise Conflict(_("Choose how it is going."))
    if status is PlanStatus.DECLINED and not text:
        raise Conflict(_("Write why not."))
    if on > today():
        raise Conflict(_("The date must not lie ahead."))
    entry = PlanActionStatus(
        node_id=node.id, status=status.value, status_on=on, text=text, account_id=actor.account_id
    )
    session.add(entry)
    session.flush()
    log_event(session, actor, "plan_status_told", "plan_action", node.public_id, status=status)
    return entry


def choose_goals(
    session: Session, actor: Actor, finding: Finding, nodes: Sequence[PlanNode]
) -> None:
    """Say for which goals a finding speaks, instead of those that were said before.

    What plan actions answer to stays as it is.
    """
    session.refresh(finding, with_for_update=True)  # two who choose at once take turns
    goals = select(PlanNode.id).where(PlanNode.kind.in_(GOAL_KINDS))
    kept = {node.id for node in nodes}
    session.execute(
        delete(FindingPlanLink).where(
            FindingPlanLink.finding_id == finding.id,
            FindingPlanLink.node_id.in_(goals),
            FindingPlanLink.node_id.not_in(kept),
        )
    )
    for node in nodes:
        link_finding(session, actor, node, finding)
    log_event(session, actor, "finding_goals_chosen", "finding", finding.public_id)


def link_finding(session: Session, actor: Actor, node: PlanNode, finding: Finding) -> None:
    """Say that a plan action answers to a published finding; saying it twice changes nothing."""
    known = session.scalar(
        select(FindingPlanLink.id).where(
            FindingPlanLink.finding_id == finding.id, FindingPlanLink.node_id == node.id
        )
    )
    if known is None:
        session.add(
            FindingPlanLink(finding_id=finding.id, node_id=node.id, account_id=actor.account_id)
        )
        session.flush()
        log_event(session, actor, "finding_linked", "plan_action", node.public_id)
