"""What a line of a plan rests on: chosen by coordinators, shown to everybody while it is public."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit
from participation.council.models import CouncilTerm, Statement
from participation.county.models import Perspective
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.permissions import SYSTEM
from participation.indicators.models import Indicator
from participation.plans.models import ActionPlan, FindingPlanLink, PlanEvidence, PlanNode
from participation.plans.queries.evidence import evidence_of_line, evidence_to_choose
from participation.plans.rules.evidence import EvidenceKind
from participation.plans.services.deciding import decide_draft
from participation.plans.services.drafts import begin_draft
from participation.plans.services.evidence import link_evidence, unlink_evidence
from tests.factories.results import make_finding
from tests.integration.test_plan_documents import add_line, make_plan
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def plan(session: Session, county: SmallCounty) -> ActionPlan:
    """An area with one plan action."""
    made = make_plan(session, county, "areas")
    area = add_line(session, made, "improvement_area", "Ett första möte")
    add_line(session, made, "plan_action", "Skriva en mall", area)
    session.commit()
    return made


@pytest.fixture
def area(session: Session, plan: ActionPlan) -> PlanNode:
    return session.scalars(select(PlanNode).where(PlanNode.kind == "improvement_area")).one()


@pytest.fixture
def statement(session: Session, county: SmallCounty) -> Statement:
    """One that the council has sent."""
    term = CouncilTerm(
        group_id=county.group.id,
        name="Rådet",
        starts_on=today() - timedelta(days=90),
        ends_on=today() + timedelta(days=90),
    )
    session.add(term)
    session.flush()
    sent = Statement(
        term_id=term.id,
        group_id=county.group.id,
        title="Ring upp oss",
        text="Vi vill bli uppringda.",
        agreed_on=today(),
        sent_on=today(),
        due_on=today() + timedelta(days=30),
    )
    session.add(sent)
    session.commit()
    return sent


@pytest.fixture
def indicator(session: Session, county: SmallCounty) -> Indicator:
    made = Indicator(
        layer="test",
        key="trygghet",
        name="Trygghet",
        group_id=county.group.id,
        perspective_id=session.scalars(select(Perspective.id).order_by(Perspective.id)).first(),
        unit="procent",
        better="higher",
        position=1,
    )
    session.add(made)
    session.commit()
    return made


def audit_of(session: Session, county: SmallCounty, published_on: date | None) -> Audit:
    made = Audit(
        unit_id=county.unit.id,
        title="Hur var det att komma hit?",
        question="Hur var det?",
        target_group="De som kommer hit",
        period_from=today(),
        period_to=today(),
        published_on=published_on,
    )
    session.add(made)
    session.commit()
    return made


def value_of(session: Session, title: str) -> str:
    return next(one.value for one in evidence_to_choose(session) if one.title == title)


def test_what_is_not_public_cannot_be_chosen(
    session: Session, county: SmallCounty, statement: Statement, area: PlanNode
) -> None:
    audit = audit_of(session, county, published_on=None)
    statement.sent_on = statement.due_on = None
    finding = make_finding(session)
    finding.state = "draft"
    session.commit()
    assert evidence_to_choose(session) == []
    for value in (f"audit-{audit.id}", f"finding-{finding.id}", f"statement-{statement.id}", "x"):
        with pytest.raises(NotFound):
            link_evidence(session, SYSTEM, area, value)


def test_a_line_rests_on_one_of_each_kind_and_the_public_page_leads_there(
    session: Session,
    county: SmallCounty,
    statement: Statement,
    indicator: Indicator,
    area: PlanNode,
    plan: ActionPlan,
    client: CheckingClient,
) -> None:
    audit = audit_of(session, county, published_on=today())
    for title in (statement.title, indicator.name, audit.title):
        link_evidence(session, SYSTEM, area, value_of(session, title))
    session.commit()
    page = client.page(f"/plans/{plan.public_id}")
    assert f"/council/statements/{statement.public_id}" in page
    assert f"/audits/{audit.public_id}/summary" in page
    assert f"/indicators/{indicator.public_id}" in page


def test_saying_it_twice_changes_nothing_and_a_finding_keeps_its_own_table(
    session: Session, indicator: Indicator, area: PlanNode
) -> None:
    finding = make_finding(session)
    finding.state = "published"
    session.flush()
    for value in (value_of(session, indicator.name), value_of(session, finding.title)) * 2:
        link_evidence(session, SYSTEM, area, value)
    assert [row.indicator_id for row in session.scalars(select(PlanEvidence))] == [indicator.id]
    assert [row.finding_id for row in session.scalars(select(FindingPlanLink))] == [finding.id]
    kinds = [one.kind for one in evidence_of_line(session, area)]
    assert kinds == [EvidenceKind.FINDING, EvidenceKind.INDICATOR]


def test_what_stops_being_public_is_shown_to_nobody_and_can_be_taken_away(
    session: Session,
    county: SmallCounty,
    area: PlanNode,
    plan: ActionPlan,
    client: CheckingClient,
    as_coordinator: CheckingClient,
) -> None:
    audit = audit_of(session, county, published_on=today())
    link_evidence(session, SYSTEM, area, f"audit-{audit.id}")
    audit.published_on = None
    session.commit()
    assert audit.title not in client.page(f"/plans/{plan.public_id}")
    here = f"/plan-lines/{area.public_id}/evidence"
    shown = as_coordinator.page(here)
    assert "Inte längre offentligt" in shown
    assert audit.title not in shown
    session.commit()
    unlink_evidence(session, SYSTEM, area, f"audit-{audit.id}")
    assert evidence_of_line(session, area) == []


def test_a_coordinator_adds_and_takes_away_in_the_browser(
    session: Session, indicator: Indicator, area: PlanNode, as_coordinator: CheckingClient
) -> None:
    here = f"/plan-lines/{area.public_id}/evidence"
    value = value_of(session, indicator.name)
    session.commit()
    assert "Välj vad raden bygger på" in as_coordinator.submit(here, {"evidence": ""}).text
    as_coordinator.submit(here, {"evidence": value})
    assert indicator.name in as_coordinator.page(here)
    as_coordinator.submit(f"{here}/remove", {"evidence": value})
    session.expire_all()
    assert evidence_of_line(session, area) == []


def test_a_line_keeps_what_it_rests_on_through_a_decision(
    session: Session, indicator: Indicator, area: PlanNode, plan: ActionPlan
) -> None:
    link_evidence(session, SYSTEM, area, value_of(session, indicator.name))
    draft = begin_draft(session, SYSTEM, plan)
    decide_draft(
        session, SYSTEM, draft, seen=draft.revision, decided_on=today(), decided_by="LGL", reason=""
    )
    assert [one.title for one in evidence_of_line(session, area)] == [indicator.name]
