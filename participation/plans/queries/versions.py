"""Versions of a plan, as they were decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.foundation.clock import to_local
from participation.foundation.errors import NotFound
from participation.plans.models import ActionPlan, PlanActionStatus, PlanNode, PlanVersion
from participation.plans.rules.drafts import VersionLine
from participation.plans.rules.plans import PlanLine, PlanStatus, Row, tree


@dataclass(frozen=True)
class VersionPage:
    """A version with its lines as a tree; `newest` is the number of the one in force."""

    plan: ActionPlan
    group: Group
    version: PlanVersion
    tops: Sequence[PlanLine]
    newest: int


def newest_number(session: Session, plan_id: int) -> int:
    """The number of the newest version; 0 when nothing was decided here yet."""
    return (
        session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan_id))
        or 0
    )


def versions_of(session: Session, plan_id: int) -> Sequence[PlanVersion]:
    """Every decided version, the newest first, without its lines. One query."""
    return session.scalars(
        select(PlanVersion)
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.number.desc(), PlanVersion.id)
    ).all()


def version_page(session: Session, public_id: str, number: int) -> VersionPage:
    """One version. Two queries. Raises NotFound."""
    found = session.execute(
        select(ActionPlan, Group, PlanVersion)
        .join(Group, Group.id == ActionPlan.group_id)
        .join(PlanVersion, PlanVersion.plan_id == ActionPlan.id)
        .where(ActionPlan.public_id == public_id, PlanVersion.number == number)
    ).one_or_none()
    if found is None:
        raise NotFound
    plan, group, version = found
    lines = [VersionLine(**{"parent": None, **line}) for line in version.content["lines"]]
    newest = newest_number(session, plan.id)
    return VersionPage(plan, group, version, version_tree(lines), newest)


def decided_between(
    session: Session, since: datetime, until: datetime
) -> list[tuple[PlanVersion, ActionPlan]]:
    """Versions that were put in force here in a time. What was in force before is no news."""
    rows = session.execute(
        select(PlanVersion, ActionPlan)
        .join(ActionPlan, ActionPlan.id == PlanVersion.plan_id)
        .where(
            ActionPlan.is_current,
            PlanVersion.created_at >= since,
            PlanVersion.created_at < until,
        )
        .order_by(PlanVersion.created_at.desc(), PlanVersion.id.desc())
    )
    return [
        (version, plan)
        for version, plan in rows
        if version.number > 1 or version.changes.get("added", 0)
    ]


def statuses_told_between(
    session: Session, since: datetime, until: datetime
) -> list[tuple[ActionPlan, datetime, list[str]]]:
    """Plan actions whose status was told in a time: each plan and day once, with their words."""
    rows = session.execute(
        select(PlanActionStatus.created_at, PlanNode.text, ActionPlan)
        .join(PlanNode, PlanNode.id == PlanActionStatus.node_id)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .where(
            ~PlanActionStatus.is_from_file,
            PlanActionStatus.corrected_at.is_(None),
            PlanNode.is_current,
            ActionPlan.is_current,
            PlanActionStatus.created_at >= since,
            PlanActionStatus.created_at < until,
        )
        .order_by(PlanActionStatus.created_at.desc(), PlanActionStatus.id.desc())
    )
    days: dict[tuple[int, date], tuple[ActionPlan, datetime, list[str]]] = {}
    for told_at, text, plan in rows:
        day = days.setdefault((plan.id, to_local(told_at).date()), (plan, told_at, []))
        if text not in day[2]:
            day[2].append(text)
    return list(days.values())


def version_tree(lines: Sequence[VersionLine]) -> list[PlanLine]:
    """Kept lines as a tree; what a version keeps has no status: that lives on with the line."""
    numbers = {line.key: number for number, line in enumerate(lines)}
    return tree(
        Row(
            numbers[line.key],
            None if line.parent is None else numbers[line.parent],
            PlanLine(
                public_id=line.key,
                kind=line.kind,
                text=line.text,
                purpose=line.purpose,
                time_frame=line.time_frame,
                responsible=line.responsible,
                indicator_key=line.indicator_key,
                status=PlanStatus.NOT_LOADED if line.kind == "plan_action" else None,
            ),
        )
        for line in lines
    )
