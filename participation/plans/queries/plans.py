"""Action plans, their lines and the newest status of each plan action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.foundation.errors import NotFound
from participation.foundation.providers import Address, SearchDocument
from participation.plans.models import ActionPlan, PlanActionStatus, PlanNode
from participation.plans.queries.evidence import evidence_by_node
from participation.plans.rules.evidence import Evidence, EvidenceKind
from participation.plans.rules.plans import (
    PlanLine,
    PlanStatus,
    Row,
    count_by_status,
    plan_actions,
    tree,
)

SEARCH_SOURCE = "plans"


@dataclass(frozen=True)
class PlanHead:
    """A plan in a list: whose it is, and how many plan actions stand where."""

    plan: ActionPlan
    group: Group
    counts: dict[PlanStatus, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class PlanPage:
    """One plan with its tree of lines."""

    plan: ActionPlan
    group: Group
    tops: Sequence[PlanLine]

    @property
    def actions(self) -> list[PlanLine]:
        return plan_actions(self.tops)

    @property
    def counts(self) -> dict[PlanStatus, int]:
        return count_by_status(self.actions)


@dataclass(frozen=True)
class StatusEntry:
    """One line of a plan action's history; `number` counts from the first that was told."""

    status: PlanStatus
    entry: PlanActionStatus
    number: int


@dataclass(frozen=True)
class ToldAction:
    """A plan action whose newest status was told in a period."""

    text: str
    status: PlanStatus
    status_on: date
    status_text: str


@dataclass(frozen=True)
class ActionPage:
    """One plan action with its history, newest first."""

    node: PlanNode
    plan: ActionPlan
    group: Group
    history: Sequence[StatusEntry]
    findings: Sequence[Evidence]
    rests_on: Sequence[Evidence]

    @property
    def newest(self) -> StatusEntry | None:
        return next((one for one in self.history if one.entry.corrected_at is None), None)


def plan_heads(session: Session, group_id: int | None = None) -> list[PlanHead]:
    """Current plans, newest period first. Two queries."""
    statement = (
        select(ActionPlan, Group)
        .join(Group, Group.id == ActionPlan.group_id)
        .where(ActionPlan.is_current)
        .order_by(ActionPlan.period_from.desc(), ActionPlan.position, ActionPlan.id)
    )
    if group_id is not None:
        statement = statement.where(ActionPlan.group_id == group_id)
    counts = _counts_by_plan(session)
    return [
        PlanHead(plan, group, counts.get(plan.id, {})) for plan, group in session.execute(statement)
    ]


def _counts_by_plan(session: Session) -> dict[int, dict[PlanStatus, int]]:
    newest = newest_status()
    status = func.coalesce(newest.c.status, PlanStatus.NOT_LOADED.value)
    rows = session.execute(
        select(PlanNode.plan_id, status, func.count())
        .outerjoin(newest, newest.c.node_id == PlanNode.id)
        .where(PlanNode.kind == "plan_action", PlanNode.is_current)
        .group_by(PlanNode.plan_id, status)
    )
    counts: dict[int, dict[PlanStatus, int]] = {}
    for plan_id, word, count in rows:
        counts.setdefault(plan_id, {})[PlanStatus(word)] = count
    return counts


def plan_page(session: Session, public_id: str) -> PlanPage:
    """One plan with all its lines. Three queries. Raises NotFound."""
    found = session.execute(
        select(ActionPlan, Group)
        .join(Group, Group.id == ActionPlan.group_id)
        .where(ActionPlan.public_id == public_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    plan, group = found
    return PlanPage(plan, group, plan_tree(session, plan.id))


def plan_tree(session: Session, plan_id: int) -> list[PlanLine]:
    """The lines of a plan, with statuses and, in public form, what they rest on. Two queries."""
    newest = newest_status()
    rows = session.execute(
        select(PlanNode, newest.c.status, newest.c.status_on, newest.c.text)
        .outerjoin(newest, newest.c.node_id == PlanNode.id)
        .where(PlanNode.plan_id == plan_id, PlanNode.is_current)
        .order_by(PlanNode.position, PlanNode.id)
    )
    linked = evidence_by_node(session, plan_id)
    return tree(
        Row(
            node.id,
            node.parent_id,
            PlanLine(
                public_id=node.public_id,
                kind=node.kind,
                text=node.text,
                purpose=node.purpose,
                time_frame=node.time_frame,
                responsible=node.responsible,
                indicator_key=node.indicator_key,
                status=_status(node.kind, status),
                status_on=status_on,
                status_text=text or "",
                findings=[(one.title, one.public_id) for one in _findings(linked.get(node.id, []))],
                rests_on=_others(linked.get(node.id, [])),
            ),
        )
        for node, status, status_on, text in rows
    )


def actions_told(session: Session, since: date, until: date) -> dict[int, list[ToldAction]]:
    """By plan, what was told of its plan actions from `since` to `until`, by day. One query."""
    newest = newest_status()
    rows = session.execute(
        select(PlanNode.plan_id, PlanNode.text, newest.c.status, newest.c.status_on, newest.c.text)
        .join(newest, newest.c.node_id == PlanNode.id)
        .where(
            PlanNode.kind == "plan_action",
            PlanNode.is_current,
            newest.c.status_on.between(since, until),
        )
        .order_by(newest.c.status_on, PlanNode.position, PlanNode.id)
    )
    told: dict[int, list[ToldAction]] = {}
    for plan_id, text, status, day, words in rows:
        told.setdefault(plan_id, []).append(ToldAction(text, PlanStatus(status), day, words or ""))
    return told


def _status(kind: str, status: str | None) -> PlanStatus | None:
    if kind != "plan_action":
        return None
    return PlanStatus(status) if status else PlanStatus.NOT_LOADED


def _findings(linked: Sequence[Evidence]) -> list[Evidence]:
    return [one for one in linked if one.kind is EvidenceKind.FINDING]


def _others(linked: Sequence[Evidence]) -> list[Evidence]:
    return [one for one in linked if one.kind is not EvidenceKind.FINDING]


def plan_documents(session: Session) -> Iterable[SearchDocument]:
    """Every current plan with its lines, for the search index: public."""
    for plan in session.scalars(
        select(ActionPlan).where(ActionPlan.is_current).order_by(ActionPlan.id)
    ):
        yield plan_document(session, plan)


def plan_document(session: Session, plan: ActionPlan) -> SearchDocument:
    """One plan with its lines, for the search index."""
    lines = session.scalars(
        select(PlanNode.text)
        .where(PlanNode.plan_id == plan.id, PlanNode.is_current)
        .order_by(PlanNode.position, PlanNode.id)
    )
    return SearchDocument(
        source=SEARCH_SOURCE,
        object_id=plan.public_id,
        title=plan.title,
        body=" ".join([plan.overall_goal or "", *lines]),
        address=Address(endpoint="plans.plan", values={"public_id": plan.public_id}),
    )


def current_plan(session: Session, group_id: int) -> ActionPlan | None:
    """The group's newest plan whose content is loaded, else its newest plan."""
    return session.scalar(
        select(ActionPlan)
        .where(ActionPlan.group_id == group_id, ActionPlan.is_current)
        .order_by(
            (ActionPlan.content_state == "loaded").desc(),
            ActionPlan.period_from.desc(),
            ActionPlan.id.desc(),
        )
        .limit(1)
    )


def action_page(session: Session, public_id: str) -> ActionPage:
    """One plan action with its history. Three queries. Raises NotFound."""
    found = session.execute(
        select(PlanNode, ActionPlan, Group)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .join(Group, Group.id == ActionPlan.group_id)
        .where(PlanNode.public_id == public_id, PlanNode.kind == "plan_action")
    ).one_or_none()
    if found is None:
        raise NotFound
    node, plan, group = found
    rests_on = evidence_by_node(session, plan.id).get(node.id, [])
    return ActionPage(
        node=node,
        plan=plan,
        group=group,
        history=history_of(session, node.id),
        findings=_findings(rests_on),
        rests_on=_others(rests_on),
    )


def history_of(session: Session, node_id: int) -> list[StatusEntry]:
    """Every status that was told of a plan action, the newest first. One query."""
    told = session.scalars(
        select(PlanActionStatus)
        .where(PlanActionStatus.node_id == node_id)
        .order_by(PlanActionStatus.id)
    )
    history = [
        StatusEntry(PlanStatus(entry.status), entry, number) for number, entry in enumerate(told, 1)
    ]
    return sorted(history, key=lambda one: (one.entry.status_on, one.number), reverse=True)


def newest_status() -> Subquery:
    """The newest status row of each plan action, by date, then id; corrected ones do not count."""
    place = func.row_number().over(
        partition_by=PlanActionStatus.node_id,
        order_by=(PlanActionStatus.status_on.desc(), PlanActionStatus.id.desc()),
    )
    statuses = select(
        PlanActionStatus.node_id,
        PlanActionStatus.status,
        PlanActionStatus.status_on,
        PlanActionStatus.text,
        place.label("place"),
    )
    numbered = statuses.where(PlanActionStatus.corrected_at.is_(None)).subquery()
    return select(numbered).where(numbered.c.place == 1).subquery()
