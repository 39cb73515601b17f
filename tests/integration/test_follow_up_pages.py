"""Follow-up through HTTP: plans and their status, feedback, the resident perspective."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.commitments.services import owe
from participation.county.services import BrokenCountyFile, load_county
from participation.follow_up.models import Feedback
from participation.follow_up.services.feedback import tell_feedback
from participation.foundation.clock import today
from participation.foundation.permissions import SYSTEM, Role
from participation.indicators.services.load_section import IndicatorsSection
from participation.plans.models import ActionPlan, PlanActionStatus, PlanNode
from participation.plans.services.load_section import ActionPlansSection
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

SECTIONS = (ActionPlansSection(), IndicatorsSection())
PLAN = """
layer: plans
builds_on: [test]
action_plans:
  - key: plan-2026
    group: psykisk_halsa
    title: Handlingsplan 2026
    form: areas
    content: loaded
    period_from: 2026
    period_to: 2026
    improvement_areas:
      - key: mote
        title: Ett första möte
        plan_actions:
          - {key: mall, text: Skriva en mall}
indicators:
  - key: trygghet
    name: Trygghet
    unit: procent
    source: Påhittad mätning
    measurements:
      - {period: "2024", value: 61.5}
      - {period: "2025", value: 64, break_before: true}
"""


@pytest.fixture
def action(session: Session, county: SmallCounty) -> str:
    """A plan action of the group, straight into the tables; its public id."""
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
    node = PlanNode(
        layer="test",
        plan_id=plan.id,
        key="mall",
        kind="plan_action",
        text="Skriva en mall",
        position=1,
    )
    session.add(node)
    session.commit()
    return node.public_id


def statuses(session: Session) -> list[str]:
    session.expire_all()
    found = list(session.scalars(select(PlanActionStatus.status).order_by(PlanActionStatus.id)))
    session.commit()
    return found


def test_a_plan_action_without_status_says_so(client: CheckingClient, action: str) -> None:
    assert "Status inte inläst" in client.page(f"/plan-actions/{action}")


def test_a_group_member_tells_how_it_is_going(
    as_group_member: CheckingClient, session: Session, action: str
) -> None:
    answer = as_group_member.submit(
        f"/plan-actions/{action}/status",
        {"status": "going", "status_on": today().isoformat(), "text": "Mallen provas."},
    )
    assert answer.status_code == 303
    assert statuses(session) == ["going"]
    assert "Mallen provas." in as_group_member.page(f"/plan-actions/{action}")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"status": "declined", "status_on": "2026-01-02"}, "Skriv varför det blev nej."),
        ({"status": "going", "status_on": "2999-01-01"}, "Datumet får inte ligga framåt i tiden."),
        ({"status": "going", "status_on": "2026-02-31"}, "Skriv ett datum som finns"),
        ({"status": "invented", "status_on": "2026-01-02"}, "Välj ett av alternativen."),
        ({"status_on": "2026-01-02"}, "Välj ett av alternativen."),
    ],
)
def test_a_refused_status_is_explained_at_the_field_and_nothing_typed_is_lost(
    as_group_member: CheckingClient,
    session: Session,
    action: str,
    data: dict[str, str],
    message: str,
) -> None:
    typed = "مرحبا <b>å</b> 🙂" if data.get("status") != "declined" else ""
    page = as_group_member.submit(f"/plan-actions/{action}/status", {**data, "text": typed})
    html = page.get_data(as_text=True)
    assert page.status_code == 200
    assert message in html
    assert "<title>Fel: " in html
    assert typed.replace("<b>å</b>", "&lt;b&gt;å&lt;/b&gt;") in html
    assert statuses(session) == []


def test_others_cannot_tell_a_groups_status(
    as_outsider: CheckingClient, as_resident: CheckingClient, session: Session, action: str
) -> None:
    for stranger in (as_outsider, as_resident):
        answer = stranger.submit(
            f"/plan-actions/{action}/status", {"status": "done", "status_on": "2026-01-01"}
        )
        assert answer.status_code in {403, 404}
    assert statuses(session) == []


def test_a_member_of_another_group_gets_404(
    sign_in: object, session: Session, county: SmallCounty, action: str
) -> None:
    other = sign_in(Role.GROUP_MEMBER, name="Anna Annan", group=county.other_group)  # type: ignore[operator]
    assert other.get(f"/plan-actions/{action}/status").status_code == 404


def test_you_said_we_did_shows_noes_and_lateness(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    late = owe(
        session,
        owed_by=county.group,
        owed_to="dem som svarat",
        subject_kind="finding",
        subject_public_id="x" * 12,
        title="Kallelser",
        due_on=date(2026, 1, 1),
    )
    tell_feedback(
        session,
        SYSTEM,
        late,
        title="Kallelser som går att förstå",
        voice_text="Jag läste brevet tre gånger.",
        voice_on=date(2025, 11, 1),
    )
    session.commit()
    html = client.page("/you-said-we-did")
    assert "Jag läste brevet tre gånger." in html
    assert "Vi är sena" in html
    assert "0 av 1" in html
    assert "Jag läste brevet" in client.page("/you-said-we-did?show=late")


def test_a_coordinator_puts_a_matter_on_the_public_page_once(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    commitment = owe(
        session,
        owed_by=county.group,
        owed_to="dem som svarat",
        subject_kind="finding",
        subject_public_id="y" * 12,
        title="Tider",
        due_on=date(2027, 1, 1),
    )
    session.commit()
    data = {
        "title": "Tider som passar",
        "voice_text": "Bussen går sju.",
        "voice_on": "2026-01-02",
        "is_checked": "y",
    }
    address = f"/commitments/{commitment.public_id}/feedback"
    assert "Kontrollera att ingen" in as_coordinator.submit(
        address, {**data, "is_checked": ""}
    ).get_data(as_text=True)
    assert as_coordinator.submit(address, data).status_code == 303
    assert "finns redan" in as_coordinator.submit(address, data).get_data(as_text=True)
    assert session.scalar(select(func.count()).select_from(Feedback)) == 1


def test_an_empty_group_has_an_honest_resident_perspective(
    client: CheckingClient, county: SmallCounty
) -> None:
    html = client.page(f"/groups/{county.group.public_id}/resident-perspective")
    assert "Inga lärdomar än" in html


def test_plans_and_indicators_load_from_a_file_and_twice_changes_nothing(
    session: Session, county: SmallCounty, tmp_path: Path
) -> None:
    file = tmp_path / "plans.yaml"
    text = PLAN.replace("psykisk_halsa", "psykisk-halsa")
    county.group.key = "psykisk-halsa"
    session.commit()
    file.write_text(text, encoding="utf-8")
    assert load_county(session, file, SECTIONS).sections["action_plans"].added == 3
    again = load_county(session, file, SECTIONS)
    assert again.total.is_unchanged
    session.rollback()


def test_a_real_plan_must_not_carry_status(
    session: Session, county: SmallCounty, tmp_path: Path
) -> None:
    county.group.key = "psykisk-halsa"
    session.commit()
    file = tmp_path / "plans.yaml"
    broken = PLAN.replace("psykisk_halsa", "psykisk-halsa").replace(
        "text: Skriva en mall}", "text: Skriva en mall, status: done, status_on: 2026-01-01}"
    )
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(BrokenCountyFile) as refused:
        load_county(session, file, SECTIONS)
    line = 1 + broken.splitlines().index(
        next(x for x in broken.splitlines() if "status: done" in x)
    )
    assert [error.line for error in refused.value.errors] == [line]


def test_a_source_of_an_indicator_leads_to_the_web_or_nowhere(
    session: Session, county: SmallCounty, tmp_path: Path
) -> None:
    file = tmp_path / "plans.yaml"
    source = "    source: Påhittad mätning\n"
    file.write_text(PLAN.replace(source, f"{source}    source_url: 'javascript:alert(1)'\n"))
    with pytest.raises(BrokenCountyFile):
        load_county(session, file, SECTIONS)
    file.write_text(PLAN.replace(source, f"{source}    source_url: https://www.kolada.se\n"))
    load_county(session, file, SECTIONS)
