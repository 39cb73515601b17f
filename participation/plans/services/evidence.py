"""Saying what a line of a plan rests on, and taking it back."""

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.plans.models import FindingPlanLink, PlanEvidence, PlanNode
from participation.plans.queries.evidence import evidence_of_line, evidence_to_choose
from participation.plans.rules.evidence import Evidence, EvidenceKind


def link_evidence(session: Session, actor: Actor, node: PlanNode, value: str) -> Evidence:
    """Say that a line rests on something public; saying it twice changes nothing.

    `value`: `Evidence.value` of what is meant. Raises NotFound: it is not public.
    """
    chosen = next((one for one in evidence_to_choose(session) if one.value == value), None)
    if chosen is None:
        raise NotFound
    session.refresh(node, with_for_update=True)  # two who link at once take turns
    if value in {one.value for one in evidence_of_line(session, node)}:
        return chosen
    session.add(_link(actor, node, chosen))
    session.flush()
    log_event(session, actor, "evidence_linked", "plan_line", node.public_id, kind=chosen.kind)
    return chosen


def unlink_evidence(session: Session, actor: Actor, node: PlanNode, value: str) -> None:
    """Take one link away, whether what it leads to is public or not. Raises NotFound."""
    gone = next((one for one in evidence_of_line(session, node) if one.value == value), None)
    if gone is None:
        raise NotFound
    if gone.kind is EvidenceKind.FINDING:
        session.execute(
            delete(FindingPlanLink).where(
                FindingPlanLink.node_id == node.id, FindingPlanLink.finding_id == gone.target_id
            )
        )
    else:
        session.execute(delete(PlanEvidence).where(PlanEvidence.node_id == node.id, _is(gone)))
    log_event(session, actor, "evidence_unlinked", "plan_line", node.public_id, kind=gone.kind)


def _link(actor: Actor, node: PlanNode, chosen: Evidence) -> PlanEvidence | FindingPlanLink:
    if chosen.kind is EvidenceKind.FINDING:
        return FindingPlanLink(
            node_id=node.id, finding_id=chosen.target_id, account_id=actor.account_id
        )
    return PlanEvidence(
        node_id=node.id,
        kind=chosen.kind.value,
        account_id=actor.account_id,
        **{f"{chosen.kind}_id": chosen.target_id},
    )


def _is(one: Evidence) -> ColumnElement[bool]:
    column: ColumnElement[int] = getattr(PlanEvidence, f"{one.kind}_id")
    return column == one.target_id
