"""From a passage up to the finding and the goal it speaks for, and down again."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding.models import Code, Codebook, Excerpt, MaterialText
from participation.foundation.permissions import SYSTEM
from participation.plans.models import ActionPlan, FindingPlanLink, PlanNode
from participation.results.models import Finding
from participation.results.queries.grounds import grounds_of
from participation.results.services import publish_finding
from tests.factories.coding import code_of
from tests.factories.results import make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

TITLE = "Hälften får ofta börja om från början"


@pytest.fixture
def finding(session: Session, county: SmallCounty) -> Finding:
    found = make_finding(session)
    session.commit()
    return found


def goal_of(session: Session, county: SmallCounty) -> PlanNode:
    """A goal of the group's plan."""
    plan = ActionPlan(
        layer="test",
        key="plan-2026",
        group_id=county.group.id,
        title="Handlingsplan 2026",
        form="areas",
        content_state="loaded",
        period_from=2026,
        period_to=2026,
        position=1,
    )
    session.add(plan)
    session.flush()
    area = line(session, plan.id, "area", "improvement_area", "Första mötet")
    return line(session, plan.id, "goal", "goal", "Alla berättar en gång", area.id)


def line(
    session: Session, plan_id: int, key: str, kind: str, text: str, parent_id: int | None = None
) -> PlanNode:
    node = PlanNode(
        layer="test",
        plan_id=plan_id,
        parent_id=parent_id,
        key=key,
        kind=kind,
        text=text,
        position=1,
    )
    session.add(node)
    session.flush()
    return node


def addresses(session: Session) -> list[str]:
    code = code_of(session, 1)
    text = session.scalars(select(MaterialText).order_by(MaterialText.id)).first()
    assert text is not None
    found = [f"/coding/codes/{code.public_id}", f"/coding/texts/{text.public_id}"]
    session.commit()
    return found


def test_a_code_a_book_and_a_coded_answer_lead_up_to_the_finding(
    session: Session, finding: Finding, as_coordinator: CheckingClient
) -> None:
    here = f"/results/findings/{finding.public_id}"
    code, text = addresses(session)
    coder = session.scalar(select(func.max(Account.id)))  # who has just been let in
    session.execute(update(Excerpt).values(coder_account_id=coder))
    book = session.scalars(select(Codebook.public_id)).one()
    session.commit()
    for address in (code, text, f"/coding/codebooks/{book}"):
        page = as_coordinator.page(address)
        assert here in page
        assert TITLE in page


def test_who_does_not_publish_is_led_to_what_is_published(
    session: Session, finding: Finding, as_auditor: CheckingClient
) -> None:
    code, _text = addresses(session)
    assert TITLE not in as_auditor.page(code)
    publish_finding(session, SYSTEM, session.get_one(Finding, finding.id))
    session.commit()
    page = as_auditor.page(code)
    assert f"/findings/{finding.public_id}" in page
    assert f"/results/findings/{finding.public_id}" not in page


def test_a_finding_on_a_code_that_was_put_together_is_found_from_the_other(
    session: Session, finding: Finding, as_coordinator: CheckingClient
) -> None:
    code, other = code_of(session, 1), code_of(session, 2)
    code.merged_into_id = other.id
    address = f"/coding/codes/{other.public_id}"
    session.commit()
    assert TITLE in as_coordinator.page(address)


def test_a_finding_leads_down_to_its_themes_codes_and_passages(
    session: Session, finding: Finding, as_coordinator: CheckingClient, client: CheckingClient
) -> None:
    code = code_of(session, 1).public_id
    session.commit()
    page = as_coordinator.page(f"/results/findings/{finding.public_id}")
    assert "Vad som sades" in page
    assert "8 röster" in page
    assert f"/coding/codes/{code}" in page
    publish_finding(session, SYSTEM, session.get_one(Finding, finding.id))
    session.commit()
    public = client.page(f"/findings/{finding.public_id}")
    assert "Sammanhang" in public
    assert "/codes/" not in public


def test_few_voices_behind_a_code_are_not_counted_out(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    few = make_finding(session, voices=3)
    session.commit()
    assert "Färre än 5 röster" in as_coordinator.page(f"/results/findings/{few.public_id}")


def test_a_voice_that_says_two_things_of_a_theme_is_one_voice(
    session: Session, finding: Finding
) -> None:
    (theme,) = grounds_of(session, finding)
    assert theme.voices == theme.codes[0].voices == 8
    assert isinstance(theme.codes[0].code, Code)


def test_a_finding_speaks_for_goals_and_the_plan_shows_it_once_it_is_published(
    session: Session,
    county: SmallCounty,
    finding: Finding,
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    goal = goal_of(session, county)
    plan = f"/plans/{session.get_one(ActionPlan, goal.plan_id).public_id}"
    key, words = goal.public_id, goal.text
    session.commit()
    workroom = f"/results/findings/{finding.public_id}"
    assert words in as_coordinator.page(f"{workroom}/goals")
    as_coordinator.submit(f"{workroom}/goals", {"goals": [key]})
    assert plan in as_coordinator.page(workroom)
    assert TITLE not in client.page(plan)
    publish_finding(session, SYSTEM, session.get_one(Finding, finding.id))
    session.commit()
    assert TITLE in client.page(plan)
    assert plan in client.page(f"/findings/{finding.public_id}")
    as_coordinator.submit(f"{workroom}/goals", {})
    assert session.scalar(select(FindingPlanLink.id)) is None


def test_choosing_goals_leaves_what_plan_actions_answer_to(
    session: Session, county: SmallCounty, finding: Finding, as_coordinator: CheckingClient
) -> None:
    goal = goal_of(session, county)
    action = line(session, goal.plan_id, "a", "plan_action", "Ett formulär").id
    session.add(FindingPlanLink(finding_id=finding.id, node_id=action))
    session.commit()
    as_coordinator.submit(f"/results/findings/{finding.public_id}/goals", {})
    assert session.scalar(select(FindingPlanLink.node_id)) == action
