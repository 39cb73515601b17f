"""Drafts of plans with their lines, for those who may write plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.indicators.models import Indicator
from participation.plans.models import ActionPlan, PlanDraft, PlanDraftLine, PlanNode
from participation.plans.rules.drafts import LINE_COLUMNS, VersionLine


@dataclass(frozen=True)
class DraftHead:
    """A draft in a list, with whose plan it is to be."""

    draft: PlanDraft
    group: Group


@dataclass
class DraftBranch:
    """A line of a draft with what stands below it."""

    line: PlanDraftLine
    below: list["DraftBranch"]

    def of_kind(self, kind: str) -> list["DraftBranch"]:
        return [branch for branch in self.below if branch.line.kind == kind]


def may_write(actor: Actor, group_id: int) -> bool:
    """Whether the person may write the group's plans."""
    return actor.scope(Permission.MANAGE_PLANS).has_group(group_id)


def plan_to_write(session: Session, actor: Actor, public_id: str) -> ActionPlan:
    """A plan whose next version the person may write. Raises NotFound."""
    plan = session.scalar(select(ActionPlan).where(ActionPlan.public_id == public_id))
    if plan is None or not may_write(actor, plan.group_id):
        raise NotFound
    return plan


def draft_for(session: Session, actor: Actor, public_id: str) -> PlanDraft:
    """A draft that the person may write. Raises NotFound."""
    draft = session.scalar(select(PlanDraft).where(PlanDraft.public_id == public_id))
    if draft is None or not may_write(actor, draft.group_id):
        raise NotFound
    return draft


def line_of(session: Session, draft: PlanDraft, public_id: str) -> PlanDraftLine:
    """A line of the draft that is not taken away. Raises NotFound."""
    line = session.scalar(
        select(PlanDraftLine).where(
            PlanDraftLine.public_id == public_id,
            PlanDraftLine.draft_id == draft.id,
            PlanDraftLine.removed_at.is_(None),
        )
    )
    if line is None:
        raise NotFound
    return line


def open_drafts(session: Session, actor: Actor) -> list[DraftHead]:
    """The drafts that the person may write, the one changed last first. One query."""
    rows = session.execute(
        select(PlanDraft, Group)
        .join(Group, Group.id == PlanDraft.group_id)
        .order_by(PlanDraft.changed_at.desc(), PlanDraft.id.desc())
    )
    return [DraftHead(*row) for row in rows if may_write(actor, row[1].id)]


def open_draft_of(session: Session, plan_id: int) -> PlanDraft | None:
    """The draft of a plan's next version, if one is open."""
    return session.scalar(select(PlanDraft).where(PlanDraft.plan_id == plan_id))


def draft_lines(session: Session, draft_id: int) -> Sequence[PlanDraftLine]:
    """The lines that are not taken away, each after the line above it, in the plan's order."""
    found = session.scalars(
        select(PlanDraftLine)
        .where(PlanDraftLine.draft_id == draft_id, PlanDraftLine.removed_at.is_(None))
        .order_by(PlanDraftLine.position, PlanDraftLine.id)
    )
    below: dict[int | None, list[PlanDraftLine]] = {}
    for line in found:
        below.setdefault(line.parent_id, []).append(line)
    return _in_order(below, None)


def _in_order(
    below: dict[int | None, list[PlanDraftLine]], parent_id: int | None
) -> list[PlanDraftLine]:
    ordered = []
    for line in below.get(parent_id, ()):
        ordered += [line, *_in_order(below, line.id)]
    return ordered


def draft_tree(session: Session, draft_id: int) -> list[DraftBranch]:
    """The top lines of the draft with everything below them. One query."""
    branches: dict[int, DraftBranch] = {}
    tops = []
    for line in draft_lines(session, draft_id):
        branches[line.id] = branch = DraftBranch(line, [])
        if line.parent_id is None:
            tops.append(branch)
        else:
            branches[line.parent_id].below.append(branch)
    return tops


def removed_count(session: Session, draft_id: int) -> int:
    """How many lines can be brought back."""
    return (
        session.scalar(
            select(func.count()).where(
                PlanDraftLine.draft_id == draft_id, PlanDraftLine.removed_at.is_not(None)
            )
        )
        or 0
    )


def indicator_names(session: Session) -> dict[str, str]:
    """The names of the indicators that a line can be measured by, by key. One query."""
    rows = session.execute(select(Indicator.key, Indicator.name).where(Indicator.is_current))
    return {row[0]: row[1] for row in rows}


def lines_in_force(session: Session, plan_id: int) -> list[VersionLine]:
    """What is in force, as a version keeps it; lines are named by their public ids. One query."""
    nodes = session.scalars(
        select(PlanNode)
        .where(PlanNode.plan_id == plan_id, PlanNode.is_current)
        .order_by(PlanNode.position, PlanNode.id)
    ).all()
    names = {node.id: node.public_id for node in nodes}
    return [
        VersionLine(
            key=node.public_id,
            parent=names.get(node.parent_id) if node.parent_id else None,
            **{name: getattr(node, name) for name in LINE_COLUMNS},
        )
        for node in nodes
    ]


def lines_of_draft(session: Session, draft: PlanDraft) -> list[VersionLine]:
    """The draft as a version would keep it; a line that goes on has its name. Two queries."""
    lines = draft_lines(session, draft.id)
    nodes = {
        row[0]: row[1]
        for row in session.execute(
            select(PlanNode.id, PlanNode.public_id).where(
                PlanNode.id.in_([line.node_id for line in lines if line.node_id])
            )
        )
    }
    names = {line.id: nodes.get(line.node_id or 0, line.public_id) for line in lines}
    return [
        VersionLine(
            key=names[line.id],
            parent=names.get(line.parent_id) if line.parent_id else None,
            **{name: getattr(line, name) for name in LINE_COLUMNS},
        )
        for line in lines
    ]
