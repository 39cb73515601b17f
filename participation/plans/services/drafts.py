"""Writing a new plan, or the next version of one: nothing is public before it is decided."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.plans.models import ActionPlan, PlanDraft, PlanDraftLine, PlanNode
from participation.plans.queries.drafts import draft_lines, open_draft_of
from participation.plans.rules.drafts import DETAILS, LINE_COLUMNS, PLAN_COLUMNS, kinds_below
from participation.plans.rules.plan_file import PlanFacts


class ChangedMeanwhile(Conflict):
    """Somebody else has changed the same words; `line` or `draft` has what they wrote."""


def create_draft(session: Session, actor: Actor, group: Group, facts: PlanFacts) -> PlanDraft:
    """A draft of a new plan of `group` with the lines of `facts`, without keys and statuses."""
    columns = {name: getattr(facts, name) for name in PLAN_COLUMNS}
    draft = _new(session, actor, group.id, columns, is_fictional=facts.is_fictional)
    ids: dict[str, int] = {}
    for position, line in enumerate(facts.lines, 1):
        row = PlanDraftLine(
            draft_id=draft.id,
            parent_id=ids[line.parent] if line.parent else None,
            position=position,
            **{name: getattr(line, name) for name in LINE_COLUMNS},
        )
        session.add(row)
        session.flush()
        ids[line.key] = row.id
    return draft


def begin_draft(session: Session, actor: Actor, plan: ActionPlan) -> PlanDraft:
    """The draft of the plan's next version: the one that is open, or a copy of what is in force."""
    session.refresh(plan, with_for_update=True)
    known = open_draft_of(session, plan.id)
    if known is not None:
        return known
    draft = _copy(session, actor, plan, keeps_lines=True)
    draft.plan_id = plan.id
    session.flush()
    return draft


def begin_plan(
    session: Session, actor: Actor, group: Group, form: str, *, period: tuple[int, int], title: str
) -> PlanDraft:
    """A draft of a new plan without any line."""
    first, last = period
    columns = {"title": title, "form": form, "period_from": first, "period_to": last}
    return _new(session, actor, group.id, columns, is_fictional=group.is_fictional)


def begin_next_plan(
    session: Session,
    actor: Actor,
    group: Group,
    plan: ActionPlan,
    *,
    period: tuple[int, int],
    title: str,
) -> PlanDraft:
    """A draft of a new plan for another period that begins with the lines of an earlier one."""
    draft = _copy(session, actor, plan, keeps_lines=False)
    draft.group_id, draft.is_fictional = group.id, group.is_fictional
    (draft.period_from, draft.period_to), draft.title = period, title
    session.flush()
    return draft


def change_about(session: Session, draft: PlanDraft, seen: int, **columns: Any) -> None:
    """What the plan says of itself. `seen`: the draft's revision that the person had before them.

    Raises ChangedMeanwhile when what the plan says of itself was changed after that.
    """
    hold_draft(session, draft)
    differing = {name: value for name, value in columns.items() if getattr(draft, name) != value}
    if differing and draft.revision != seen:
        raise ChangedMeanwhile(_("Somebody else has changed the draft. Look at what it says now."))
    for name, value in differing.items():
        setattr(draft, name, value)
    _touch(session, draft)


def add_line(
    session: Session,
    draft: PlanDraft,
    parent: PlanDraftLine | None,
    kind: str,
    **words: str | None,
) -> PlanDraftLine:
    """A line at the end of what stands below `parent`. Raises Conflict: it may not stand there."""
    hold_draft(session, draft)
    if kind not in kinds_below(draft.form, parent.kind if parent else None):
        raise Conflict(_("Such a line cannot stand there."))
    last = session.scalar(
        select(func.max(PlanDraftLine.position)).where(PlanDraftLine.draft_id == draft.id)
    )
    line = PlanDraftLine(
        draft_id=draft.id,
        parent_id=parent.id if parent else None,
        kind=kind,
        position=(last or 0) + 1,
        **_said(kind, words),
    )
    session.add(line)
    _touch(session, draft)
    return line


def change_line(
    session: Session,
    draft: PlanDraft,
    line: PlanDraftLine,
    seen: int,
    **words: str | None,
) -> None:
    """Other words for a line. `seen`: the line's revision that the person had before them.

    Raises ChangedMeanwhile when somebody else changed the line after that.
    """
    hold_draft(session, draft)
    session.refresh(line)
    said = _said(line.kind, words)
    if all(getattr(line, name) == value for name, value in said.items()):
        return
    if line.revision != seen:
        raise ChangedMeanwhile(_("Somebody else has changed this line. Look at what it says now."))
    for name, value in said.items():
        setattr(line, name, value)
    line.revision += 1
    _touch(session, draft)


def move_line(session: Session, draft: PlanDraft, line: PlanDraftLine, step: int) -> None:
    """One place up (-1) or down (+1) among the lines of its kind beside it; at the end: stays."""
    hold_draft(session, draft)
    beside = [
        one
        for one in draft_lines(session, draft.id)
        if one.parent_id == line.parent_id and one.kind == line.kind
    ]
    here = next(number for number, one in enumerate(beside) if one.id == line.id)
    there = here + step
    if 0 <= there < len(beside):
        other = beside[there]
        line.position, other.position = other.position, line.position
        _touch(session, draft)


def remove_line(session: Session, draft: PlanDraft, line: PlanDraftLine) -> int:
    """Take a line and all below it away; they may come back. Returns how many lines went."""
    hold_draft(session, draft)
    _touch(session, draft)
    gone = [line.id, *_ids_below(draft_lines(session, draft.id), line.id)]
    session.execute(
        update(PlanDraftLine).where(PlanDraftLine.id.in_(gone)).values(removed_at=draft.revision)
    )
    session.expire(line)
    return len(gone)


def restore_last_removed(session: Session, draft: PlanDraft) -> int:
    """Bring back what was taken away last, and what went with it. Returns how many lines came."""
    hold_draft(session, draft)
    last = session.scalar(
        select(func.max(PlanDraftLine.removed_at)).where(PlanDraftLine.draft_id == draft.id)
    )
    if last is None:
        return 0
    came = select(PlanDraftLine.id).where(
        PlanDraftLine.draft_id == draft.id, PlanDraftLine.removed_at == last
    )
    ids = session.scalars(came).all()
    session.execute(update(PlanDraftLine).where(PlanDraftLine.id.in_(ids)).values(removed_at=None))
    _touch(session, draft)
    return len(ids)


def discard_draft(session: Session, actor: Actor, draft: PlanDraft) -> None:
    """Throw a draft away. What is in force stays as it is."""
    hold_draft(session, draft)
    log_event(session, actor, "plan_draft_discarded", "plan_draft", draft.public_id)
    session.delete(draft)
    session.flush()


def _new(
    session: Session, actor: Actor, group_id: int, columns: dict[str, Any], *, is_fictional: bool
) -> PlanDraft:
    draft = PlanDraft(
        group_id=group_id, is_fictional=is_fictional, account_id=actor.account_id, **columns
    )
    session.add(draft)
    session.flush()
    log_event(session, actor, "plan_draft_begun", "plan_draft", draft.public_id)
    return draft


def _copy(session: Session, actor: Actor, plan: ActionPlan, *, keeps_lines: bool) -> PlanDraft:
    """`keeps_lines`: they go on as the same lines, with their status and what is linked to them."""
    columns = {name: getattr(plan, name) for name in PLAN_COLUMNS}
    draft = _new(session, actor, plan.group_id, columns, is_fictional=plan.is_fictional)
    nodes = session.scalars(
        select(PlanNode)
        .where(PlanNode.plan_id == plan.id, PlanNode.is_current)
        .order_by(PlanNode.position, PlanNode.id)
    )
    ids: dict[int, int] = {}
    for position, node in enumerate(nodes, 1):
        line = PlanDraftLine(
            draft_id=draft.id,
            parent_id=ids[node.parent_id] if node.parent_id else None,
            node_id=node.id if keeps_lines else None,
            position=position,
            **{name: getattr(node, name) for name in LINE_COLUMNS},
        )
        session.add(line)
        session.flush()
        ids[node.id] = line.id
    return draft


def _said(kind: str, words: dict[str, str | None]) -> dict[str, Any]:
    """The text and the details that a line of this kind has; empty ones are None."""
    details = {name: words.get(name) or None for name in DETAILS.get(kind, ())}
    return {"text": words["text"], **details}


def hold_draft(session: Session, draft: PlanDraft) -> None:
    """Two who change a draft at once take turns. Raises NotFound: it is gone meanwhile."""
    held = session.scalar(
        select(PlanDraft)
        .where(PlanDraft.id == draft.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if held is None:
        raise NotFound


def _touch(session: Session, draft: PlanDraft) -> None:
    draft.revision += 1
    session.flush()


def _ids_below(lines: Iterable[PlanDraftLine], line_id: int) -> list[int]:
    found: list[int] = []
    for one in lines:  # parents come before what stands below them
        if one.parent_id is not None and one.parent_id in {line_id, *found}:
            found.append(one.id)
    return found
