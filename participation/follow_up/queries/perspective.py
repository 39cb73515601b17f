"""The resident perspective of a group or area: findings, promises, plan and figures on one page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.queries import breakdowns_of, tables_of
from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.tables import ShownTable
from participation.follow_up.queries.figures import FigureLine, figures
from participation.follow_up.queries.overview import plans_of
from participation.follow_up.queries.promises import Promise, promises
from participation.follow_up.queries.subjects import Subject
from participation.follow_up.rules.perspectives import RESIDENT
from participation.foundation.providers import IndicatorCounter
from participation.plans.queries.plans import PlanHead, plan_tree
from participation.plans.rules.plans import PlanLine, PlanStatus, plan_actions
from participation.questionnaires.rules.grouping import Attribute
from participation.results.queries import published_findings
from participation.results.rules.findings import PublishedFinding

FIRST_FINDINGS = 3
MOST_CHARTS = 3
MOST_PROMISES = 6
MOST_ACTIONS = 4
MOST_FIGURES = 4


@dataclass(frozen=True)
class ShownQuestion:
    """The question behind a finding's number, as its release shows it: of all, and by role."""

    finding: PublishedFinding
    release: Release
    table: ShownTable
    by_role: ShownBreakdown | None


@dataclass(frozen=True)
class ResidentPerspective:
    """Everything the page shows; every number about people comes from a release."""

    subject: Subject
    findings: Sequence[PublishedFinding]
    promises: Sequence[Promise]
    plans: Sequence[PlanHead] = ()
    actions: Sequence[PlanLine] = ()
    questions: Sequence[ShownQuestion] = ()
    lines: Sequence[FigureLine] = ()

    @property
    def first(self) -> Sequence[PublishedFinding]:
        return self.findings[:FIRST_FINDINGS]

    @property
    def late(self) -> Sequence[Promise]:
        return [promise for promise in self.promises if promise.is_late]

    @property
    def shown_promises(self) -> Sequence[Promise]:
        return self.promises[:MOST_PROMISES]

    def answers(self, finding_id: str) -> int | None:
        """The number on the page of the finding with this public id."""
        places = {one.public_id: place for place, one in enumerate(self.first, start=1)}
        return places.get(finding_id)

    @property
    def answering(self) -> int:
        """How many promises answer a finding that stands here."""
        said = {one.public_id for one in self.findings}
        return sum(1 for promise in self.promises if promise.finding in said)

    @property
    def materials(self) -> list[str]:
        """What the findings rest on, each once."""
        return sorted({name for finding in self.findings for name in finding.materials})

    @property
    def release_numbers(self) -> list[int]:
        """The publications that the page's numbers come from."""
        told = {one.release_number for one in self.first}
        return sorted(told | {one.release.number for one in self.questions})


def resident_words(session: Session, about: Subject, today: date) -> ResidentPerspective:
    """What people say and what was promised, without plans and figures. Two queries."""
    area_id = about.area.id if about.area else None
    findings = published_findings(session, about.group, area_id)
    return ResidentPerspective(
        subject=about,
        findings=[one for one in findings if one.perspective_key == RESIDENT],
        promises=promises(session, about, today),
    )


def resident_sheet(
    session: Session, about: Subject, counters: Iterable[IndicatorCounter], today: date
) -> ResidentPerspective:
    """As `resident_words`, with how the plan and the figures stand."""
    year = today.year
    own = figures(session, counters, year, about, most=MOST_FIGURES, perspective=RESIDENT)
    return replace(
        resident_words(session, about, today), plans=plans_of(session, about), lines=own.lines
    )


def resident_perspective(
    session: Session, about: Subject, counters: Iterable[IndicatorCounter], today: date
) -> ResidentPerspective:
    """Everything, with the questions behind. A constant number of queries, whatever it holds."""
    page = resident_sheet(session, about, counters, today)
    return replace(
        page,
        actions=_actions(session, about, page.plans),
        questions=_questions(session, page.first),
    )


def _actions(session: Session, about: Subject, plans: Sequence[PlanHead]) -> list[PlanLine]:
    """What a group has told of its plan: what answers a finding first."""
    if about.group is None or not plans or plans[0].plan.content_state != "loaded":
        return []
    told = [
        action
        for action in plan_actions(plan_tree(session, plans[0].plan.id))
        if action.status is not PlanStatus.NOT_LOADED
    ]
    return sorted(told, key=lambda action: not action.findings)[:MOST_ACTIONS]


def _questions(session: Session, findings: Sequence[PublishedFinding]) -> list[ShownQuestion]:
    """The questions behind the findings' numbers, in the findings' order, each once."""
    wanted = {one.strength.release_public_id for one in findings if one.strength}
    releases = {
        found.public_id: found
        for found in session.scalars(
            select(Release).where(Release.public_id.in_(wanted), Release.withdrawn_at.is_(None))
        )
    }
    shown: dict[tuple[str, str], ShownQuestion] = {}
    for finding in findings:
        found = finding.strength and releases.get(finding.strength.release_public_id)
        question = found and _question(finding, found)
        if question:
            shown.setdefault((question.release.public_id, question.table.key), question)
    return list(shown.values())[:MOST_CHARTS]


def _question(finding: PublishedFinding, found: Release) -> ShownQuestion | None:
    assert finding.strength is not None
    title = finding.strength.question
    table = next((one for one in tables_of(found) if one.title == title), None)
    if table is None or table.is_hidden:
        return None
    return ShownQuestion(
        finding, found, table, next(iter(breakdowns_of(found, Attribute.ROLE.value)), None)
    )
