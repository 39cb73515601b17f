"""What lines of plans rest on, in its public form only."""

from collections.abc import Sequence

from sqlalchemy import CompoundSelect, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from participation.audits.models import Audit
from participation.council.models import Statement
from participation.disclosure.models import Release
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.indicators.models import Indicator
from participation.plans.models import ActionPlan, FindingPlanLink, PlanEvidence, PlanNode
from participation.plans.rules.evidence import Evidence, EvidenceKind
from participation.questionnaires.models import SurveyRound, SurveySeries
from participation.results.models import Finding

Things = Select[str, int, str, str]  # kind, id, title, public id of the page that everybody reads


def line_for(session: Session, actor: Actor, public_id: str) -> tuple[PlanNode, ActionPlan]:
    """A line in force of a plan that the person may change. Raises NotFound."""
    found = session.execute(
        select(PlanNode, ActionPlan)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .where(PlanNode.public_id == public_id, PlanNode.is_current)
    ).one_or_none()
    if found is None or not actor.scope(Permission.MANAGE_PLANS).has_group(found[1].group_id):
        raise NotFound
    return found[0], found[1]


def evidence_by_node(session: Session, plan_id: int) -> dict[int, list[Evidence]]:
    """What everybody may see that the lines of a plan rest on, findings too. One query."""
    links, things = _links().subquery(), _public_things().subquery()
    rows = session.execute(
        select(links.c.node_id, things)
        .join(things, and_(things.c.kind == links.c.kind, things.c.id == links.c.target_id))
        .join(PlanNode, PlanNode.id == links.c.node_id)
        .where(PlanNode.plan_id == plan_id)
        .order_by(things.c.kind, things.c.title, things.c.id)
    )
    found: dict[int, list[Evidence]] = {}
    for node_id, *thing in rows:
        found.setdefault(node_id, []).append(_evidence(*thing))
    return found


def evidence_of_line(session: Session, node: PlanNode) -> list[Evidence]:
    """All that is linked to a line; what is not public any more has no name. One query."""
    links, things = _links().subquery(), _public_things().subquery()
    rows = session.execute(
        select(links.c.kind, links.c.target_id, things.c.title, things.c.public_id)
        .outerjoin(things, and_(things.c.kind == links.c.kind, things.c.id == links.c.target_id))
        .where(links.c.node_id == node.id)
        .order_by(links.c.kind, things.c.title, links.c.target_id)
    )
    return [
        _evidence(kind, target_id, title or "", public_id or "")
        for kind, target_id, title, public_id in rows
    ]


def evidence_to_choose(session: Session) -> list[Evidence]:
    """Everything public that a line may rest on. One query."""
    things = _public_things().subquery()
    rows = session.execute(select(things).order_by(things.c.kind, things.c.title, things.c.id))
    return [_evidence(*row) for row in rows]


def lines_with_counts(session: Session, plan: ActionPlan) -> Sequence[tuple[PlanNode, int]]:
    """Every line in force with how much is linked to it. One query."""
    links = _links().subquery()
    counted = (
        select(links.c.node_id, func.count().label("how_many")).group_by(links.c.node_id).subquery()
    )
    rows = session.execute(
        select(PlanNode, func.coalesce(counted.c.how_many, 0))
        .outerjoin(counted, counted.c.node_id == PlanNode.id)
        .where(PlanNode.plan_id == plan.id, PlanNode.is_current)
        .order_by(PlanNode.position, PlanNode.id)
    )
    return [(node, how_many) for node, how_many in rows]


def _evidence(kind: str, target_id: int, title: str, public_id: str) -> Evidence:
    return Evidence(EvidenceKind(kind), target_id, title, public_id)


def _links() -> CompoundSelect[int, str, int]:
    target = func.coalesce(
        PlanEvidence.statement_id,
        PlanEvidence.audit_id,
        PlanEvidence.series_id,
        PlanEvidence.indicator_id,
    )
    return union_all(
        select(PlanEvidence.node_id, PlanEvidence.kind.label("kind"), target.label("target_id")),
        select(
            FindingPlanLink.node_id,
            literal(EvidenceKind.FINDING.value).label("kind"),
            FindingPlanLink.finding_id.label("target_id"),
        ),
    )


def _public_things() -> CompoundSelect[str, int, str, str]:
    """Each kind by the rule of its own public page."""
    return union_all(
        _things(EvidenceKind.FINDING, Finding).where(Finding.state == "published"),
        _things(EvidenceKind.STATEMENT, Statement).where(Statement.sent_on.is_not(None)),
        _things(EvidenceKind.AUDIT, Audit).where(Audit.published_on.is_not(None)),
        select(
            literal(EvidenceKind.INDICATOR.value), Indicator.id, Indicator.name, Indicator.public_id
        ).where(Indicator.is_current),
        _series(),
    )


def _things(kind: EvidenceKind, model: type[Finding] | type[Statement] | type[Audit]) -> Things:
    return select(
        literal(kind.value).label("kind"), model.id, model.title.label("title"), model.public_id
    )


def _series() -> Things:
    """Series by their newest round whose totals are published, by the name of that release."""
    place = func.row_number().over(
        partition_by=SurveySeries.id,
        order_by=(SurveyRound.closes_at.desc(), SurveyRound.id.desc(), Release.id.desc()),
    )
    rounds = (
        select(SurveySeries.id, Release.title, Release.public_id, place.label("place"))
        .join(SurveyRound, SurveyRound.series_id == SurveySeries.id)
        .join(Release, Release.source_public_id == SurveyRound.public_id)
        .where(
            Release.source_kind == "round",
            Release.kind == ReleaseKind.ROUND_TOTALS.value,
            Release.withdrawn_at.is_(None),
        )
        .subquery()
    )
    return select(
        literal(EvidenceKind.SERIES.value), rounds.c.id, rounds.c.title, rounds.c.public_id
    ).where(rounds.c.place == 1)
