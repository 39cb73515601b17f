"""Loading the county file's plans; nothing that is missing is ever deleted."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.county.queries import ids_by_key
from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Node
from participation.county.services import SectionCounts, Upsert
from participation.plans.models import BY_HAND, ActionPlan, PlanActionStatus, PlanNode
from participation.plans.rules import plan_file
from participation.plans.rules.plan_file import LineFacts, PlanFacts

NOT_COLUMNS = {"group", "lines"}


class ActionPlansSection:
    """`action_plans:` of the county file."""

    name = "action_plans"
    shapes = plan_file.SHAPES

    def read(self, section: Node, known: KnownKeys) -> list[PlanFacts]:
        return plan_file.read_plans(section, known)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        plans: list[PlanFacts] = content or []
        groups = ids_by_key(session, Group)
        upsert = Upsert(session, layer, ActionPlan, (ActionPlan.key,))
        lines = Upsert(session, layer, PlanNode, (PlanNode.plan_id, PlanNode.key))
        kept = _decided_here(session)
        for position, plan in enumerate(plans, 1):
            if plan.key in kept:
                continue
            columns = {k: v for k, v in vars(plan).items() if k not in NOT_COLUMNS}
            row = upsert.put(position=position, group_id=groups[plan.group], **columns)
            _load_lines(session, lines, row.id, plan.lines)
        counts = upsert.retire_rest()
        counts += lines.retire_rest()
        return counts


def _decided_here(session: Session) -> set[str]:
    """Plans that were decided on the platform: the file they came from has nothing more to say."""
    return set(session.scalars(select(ActionPlan.key).where(ActionPlan.layer == BY_HAND)))


def _load_lines(
    session: Session, upsert: Upsert, plan_id: int, lines: tuple[LineFacts, ...]
) -> None:
    ids: dict[str, int] = {}
    for position, line in enumerate(lines, 1):
        row = upsert.put(
            plan_id=plan_id,
            key=line.key,
            parent_id=ids[line.parent] if line.parent else None,
            kind=line.kind,
            text=line.text,
            purpose=line.purpose,
            time_frame=line.time_frame,
            responsible=line.responsible,
            indicator_key=line.indicator_key,
            position=position,
        )
        ids[line.key] = row.id
        if line.status is not None:
            _load_status(session, row.id, line)


def _load_status(session: Session, node_id: int, line: LineFacts) -> None:
    """Add the file's status to the history, once."""
    assert line.status is not None
    known = session.scalar(
        select(PlanActionStatus.id)
        .where(
            PlanActionStatus.node_id == node_id,
            PlanActionStatus.is_from_file,
            PlanActionStatus.status == line.status.status,
            PlanActionStatus.status_on == line.status.status_on,
        )
        .limit(1)
    )
    if known is None:
        session.add(PlanActionStatus(node_id=node_id, is_from_file=True, **vars(line.status)))
        session.flush()
