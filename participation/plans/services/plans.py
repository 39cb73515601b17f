"""Writing plan status and linking findings to plan actions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import ROLE_PERMISSIONS, Actor, Permission, Role
from participation.plans.models import ActionPlan, FindingPlanLink, PlanActionStatus, PlanNode
from participation.plans.queries.plans import history_of
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


def entry_to_correct(session: Session, node: PlanNode, number: int) -> PlanActionStatus:
    """An entry of the history that still counts. Raises NotFound."""
    for told in history_of(session, node.id):
        if told.number == number and told.entry.corrected_at is None:
            return told.entry
    raise NotFound


def correct_status(
    session: Session,
    actor: Actor,
    node: PlanNode,
    wrong: PlanActionStatus,
    *,
    status: PlanStatus,
    text: str,
    on: date,
) -> PlanActionStatus:
    """Tell anew what was told wrongly; what stood there stays in the history, marked.

    Raises Conflict: as `tell_status`, or somebody else was first.
    """
    session.refresh(wrong, with_for_update=True)
    if wrong.corrected_at is not None:
        raise Conflict(_("Somebody else has just corrected it."))
    entry = tell_status(session, actor, node, status=status, text=text, on=on)
    wrong.corrected_at = now()
    session.flush()
    log_event(session, actor, "plan_status_corrected", "plan_action", node.public_id)
    return entry


def role_of(actor: Actor, group_id: int) -> Role | None:
    """As what the person tells of the group's plan: the role for just this group comes first."""
    grants = [g for g in actor.usable_grants() if Permission.READ_GROUP in ROLE_PERMISSIONS[g.role]]
    for grant in grants:
        if grant.group_id == group_id:
            return grant.role
    return next((grant.role for grant in grants if grant.is_everywhere), None)


def tell_status(
    session: Session, actor: Actor, node: PlanNode, *, status: PlanStatus, text: str, on: date
) -> PlanActionStatus:
    """Add a status to the history, with the role it is told as. "No" needs its reason.

    Raises Conflict: no reason for a no, a day that has not come, or a status nobody can choose.
    """
    if status not in CHOOSABLE:
        raise Conflict(_("Choose how it is going."))
    if status is PlanStatus.DECLINED and not text:
        raise Conflict(_("Write why not."))
    if on > today():
        raise Conflict(_("The date must not lie ahead."))
    entry = PlanActionStatus(
        node_id=node.id,
        status=status.value,
        status_on=on,
        text=text,
        account_id=actor.account_id,
        told_as=role_of(actor, session.get_one(ActionPlan, node.plan_id).group_id),
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
