"""Deciding a draft: it becomes what is in force, and the version before it stays readable."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.search.services import index_document
from participation.plans.models import (
    BY_HAND,
    ActionPlan,
    PlanDraft,
    PlanDraftLine,
    PlanNode,
    PlanVersion,
)
from participation.plans.queries.drafts import draft_lines, lines_in_force, lines_of_draft
from participation.plans.queries.plans import plan_document
from participation.plans.queries.versions import newest_number
from participation.plans.rules.drafts import (
    LINE_COLUMNS,
    PLAN_COLUMNS,
    Changes,
    VersionLine,
    changes_between,
    columns_that_differ,
    with_about,
)
from participation.plans.services.drafts import ChangedMeanwhile, hold_draft


def changes_of(session: Session, draft: PlanDraft) -> Changes:
    """What deciding the draft would change in what is in force; all is new in a new plan."""
    after = lines_of_draft(session, draft)
    if draft.plan_id is None:
        return changes_between((), after)
    plan = session.get_one(ActionPlan, draft.plan_id)
    about = columns_that_differ(_columns(plan), _columns(draft))
    return with_about(changes_between(lines_in_force(session, plan.id), after), about)


def decide_draft(
    session: Session,
    actor: Actor,
    draft: PlanDraft,
    *,
    seen: int,
    decided_on: date,
    decided_by: str,
    reason: str = "",
) -> PlanVersion:
    """Put a decided draft in force. `seen`: the draft's revision that was read before deciding.

    Lines that go on keep their status, their history and what is linked to them; lines that the
    draft no longer has are kept, but stand in no plan.

    Raises:
        ChangedMeanwhile: the draft has changed since it was read.
        Conflict: it has no lines, or the decision lies ahead.
    """
    hold_draft(session, draft)
    if draft.revision != seen:
        raise ChangedMeanwhile(_("The draft has changed since you read it. Read it once more."))
    if decided_on > today():
        raise Conflict(_("The date must not lie ahead."))
    lines = draft_lines(session, draft.id)
    if not lines:
        raise Conflict(_("The plan has no lines yet."))
    changes = changes_of(session, draft)
    plan = _plan_of(session, actor, draft)
    _put_in_force(session, plan, lines)
    for name, value in _columns(draft).items():
        setattr(plan, name, value)
    plan.decided, plan.decided_by = decided_on.isoformat(), decided_by
    plan.content_state, plan.layer, plan.is_current = "loaded", BY_HAND, True
    session.delete(draft)
    session.flush()
    version = _keep_version(session, actor, plan, changes, reason)
    index_document(session, plan_document(session, plan))
    log_event(session, actor, "plan_decided", "plan", plan.public_id, number=version.number)
    return version


def _plan_of(session: Session, actor: Actor, draft: PlanDraft) -> ActionPlan:
    """The plan the draft goes on with, its version in force kept; or a new one."""
    if draft.plan_id is None:
        last = session.scalar(select(func.max(ActionPlan.position))) or 0
        plan = ActionPlan(
            layer=BY_HAND,
            key=f"own-{draft.public_id}",
            group_id=draft.group_id,
            content_state="loaded",
            is_fictional=draft.is_fictional,
            position=last + 1,
            **_columns(draft),
        )
        session.add(plan)
        session.flush()
        return plan
    plan = session.get_one(ActionPlan, draft.plan_id, with_for_update=True)
    if plan.content_state == "loaded" and newest_number(session, plan.id) == 0:
        _keep_version(session, actor, plan, Changes(), "")
    return plan


def _put_in_force(session: Session, plan: ActionPlan, lines: Sequence[PlanDraftLine]) -> None:
    nodes = {
        node.id: node
        for node in session.scalars(select(PlanNode).where(PlanNode.plan_id == plan.id))
    }
    for node in nodes.values():
        node.layer, node.is_current = BY_HAND, False
    became: dict[int, int] = {}
    for position, line in enumerate(lines, 1):
        node = nodes.get(line.node_id or 0) or PlanNode(
            plan_id=plan.id, key=f"own-{line.public_id}", layer=BY_HAND
        )
        for name in LINE_COLUMNS:
            setattr(node, name, getattr(line, name))
        node.parent_id = became[line.parent_id] if line.parent_id else None
        node.position, node.is_current = position, True
        session.add(node)
        session.flush()
        became[line.id] = node.id


def _keep_version(
    session: Session, actor: Actor, plan: ActionPlan, changes: Changes, reason: str
) -> PlanVersion:
    lines = lines_in_force(session, plan.id)
    version = PlanVersion(
        plan_id=plan.id,
        number=newest_number(session, plan.id) + 1,
        decided=plan.decided,
        decided_by=plan.decided_by,
        reason=reason,
        content={"plan": _columns(plan), "lines": [_stored(line) for line in lines]},
        changes=changes.counts,
        account_id=actor.account_id,
    )
    session.add(version)
    session.flush()
    return version


def _stored(line: VersionLine) -> dict[str, str]:
    return {name: value for name, value in asdict(line).items() if value is not None}


def _columns(row: ActionPlan | PlanDraft) -> dict[str, object]:
    return {name: getattr(row, name) for name in PLAN_COLUMNS}
