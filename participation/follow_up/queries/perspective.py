"""The resident perspective of a group: findings, promises, plan and figures on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.commitments.queries import public_commitments
from participation.county.models import Group
from participation.disclosure.models import Release
from participation.disclosure.queries import tables_of
from participation.disclosure.rules.tables import ShownTable
from participation.indicators.queries.indicators import IndicatorLine, indicator_lines
from participation.plans.models import ActionPlan
from participation.plans.queries.plans import current_plan, plan_tree
from participation.plans.rules.plans import PlanLine, PlanStatus, plan_actions
from participation.results.queries import published_findings
from participation.results.rules.findings import PublishedFinding

FIRST_FINDINGS = 3
MOST_CHARTS = 2
MOST_PROMISES = 6


@dataclass(frozen=True)
class ShownQuestion:
    """One question's published totals, for a chart."""

    release: Release
    table: ShownTable


@dataclass(frozen=True)
class ResidentPerspective:
    """Everything the page shows; every number about people comes from a release."""

    group: Group
    findings: Sequence[PublishedFinding]
    promises: Sequence[Commitment]
    plan: ActionPlan | None
    actions: Sequence[PlanLine]
    questions: Sequence[ShownQuestion]
    indicators: Sequence[IndicatorLine]

    @property
    def first(self) -> Sequence[PublishedFinding]:
        return self.findings[:FIRST_FINDINGS]

    @property
    def further(self) -> Sequence[PublishedFinding]:
        return self.findings[FIRST_FINDINGS:]

    @property
    def known_actions(self) -> Sequence[PlanLine]:
        """The plan actions whose status the group has told."""
        return [one for one in self.actions if one.status is not PlanStatus.NOT_LOADED]

    def late_promises(self, today: date) -> int:
        """How many promises the group is late with."""
        return sum(1 for promise in self.promises if promise.is_late(today))

    @property
    def materials(self) -> list[str]:
        """What the findings rest on, each once."""
        return sorted({name for finding in self.findings for name in finding.materials})


def resident_perspective(session: Session, group: Group, year: int) -> ResidentPerspective:
    """The page of one group. A constant number of queries, whatever the group holds."""
    findings = [
        finding
        for finding in published_findings(session, group)
        if finding.perspective_key == "resident"
    ]
    plan = current_plan(session, group.id)
    has_content = plan is not None and plan.content_state == "loaded"
    return ResidentPerspective(
        group=group,
        findings=findings,
        promises=public_commitments(session, group_id=group.id, limit=MOST_PROMISES),
        plan=plan,
        actions=plan_actions(plan_tree(session, plan.id)) if plan and has_content else [],
        questions=_questions(session, findings),
        indicators=indicator_lines(session, (), year, group_id=group.id),
    )


def _questions(session: Session, findings: Sequence[PublishedFinding]) -> list[ShownQuestion]:
    """The questions behind the findings' numbers, in the findings' order, each once."""
    wanted = [
        (finding.strength.release_public_id, finding.strength.question)
        for finding in findings
        if finding.strength is not None
    ]
    releases = {
        found.public_id: found
        for found in session.scalars(
            select(Release).where(
                Release.public_id.in_({public_id for public_id, _question in wanted}),
                Release.withdrawn_at.is_(None),
            )
        )
    }
    shown: dict[tuple[str, str], ShownQuestion] = {}
    for public_id, question in wanted:
        found = releases.get(public_id)
        table = found and next((t for t in tables_of(found) if t.title == question), None)
        if found and table and not table.is_hidden:
            shown.setdefault((public_id, question), ShownQuestion(found, table))
    return list(shown.values())[:MOST_CHARTS]
