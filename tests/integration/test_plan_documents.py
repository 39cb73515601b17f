"""A plan to take along: tagged PDF, document for a word processor, both the same each time."""

import io
import re
import zlib
from datetime import date
from types import SimpleNamespace

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from sqlalchemy.orm import Session

from participation.foundation.printing import _kept, can_make_pdf
from participation.plans.models import (
    ActionPlan,
    FindingPlanLink,
    PlanActionStatus,
    PlanNode,
    PlanVersion,
)
from tests.factories.results import make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def make_plan(session: Session, county: SmallCounty, form: str) -> ActionPlan:
    plan = ActionPlan(
        layer="test",
        key=f"plan-{form}",
        group_id=county.group.id,
        title="Handlingsplan 2026/27",
        form=form,
        content_state="loaded",
        period_from=2026,
        period_to=2027,
        decided="2026-01-20",
        decided_by="Arbetsgruppen",
        overall_goal="Den som söker hjälp berättar en gång.",
        target_group="Vuxna",
        position=1,
    )
    session.add(plan)
    session.flush()
    return plan


def add_line(
    session: Session, plan: ActionPlan, kind: str, text: str, above: PlanNode | None = None
) -> PlanNode:
    count = session.query(PlanNode).count()
    node = PlanNode(
        layer="test",
        plan_id=plan.id,
        parent_id=above.id if above else None,
        key=f"line-{count}",
        kind=kind,
        text=text,
        position=count,
    )
    session.add(node)
    session.flush()
    return node


@pytest.fixture
def areas(session: Session, county: SmallCounty) -> ActionPlan:
    """A plan with an area whose plan action has a status and a finding."""
    plan = make_plan(session, county, "areas")
    area = add_line(session, plan, "improvement_area", "Ett första möte")
    area.purpose, area.time_frame = "Många börjar om.", "Hela 2026"
    add_line(session, plan, "goal", "Åtta av tio berättar en gång.", area)
    action = add_line(session, plan, "plan_action", "Skriva en mall", area)
    finding = make_finding(session)
    finding.state = "published"
    session.add_all(
        [
            PlanActionStatus(
                node_id=action.id, status="done", status_on=date(2026, 3, 10), text="En sida."
            ),
            FindingPlanLink(finding_id=finding.id, node_id=action.id),
        ]
    )
    session.commit()
    return plan


@pytest.fixture
def goals(session: Session, county: SmallCounty) -> ActionPlan:
    plan = make_plan(session, county, "goals")
    area = add_line(session, plan, "focus_area", "Delaktighet")
    goal = add_line(session, plan, "long_term_goal", "Fler är med.", area)
    goal.responsible = "Samordnande grupp"
    add_line(session, plan, "indicator", "Antal aktiviteter", goal)
    add_line(session, plan, "plan_action", "Utveckla modellen", goal)
    session.commit()
    return plan


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def test_the_word_document_has_headings_a_title_and_the_plans_language(
    areas: ActionPlan, client: CheckingClient
) -> None:
    sent = client.get(f"/plans/{areas.public_id}/plan.docx")
    assert "Handlingsplan 2026 27.docx" in sent.headers["Content-Disposition"]
    found = opened(sent.data)
    assert found.core_properties.title == areas.title
    assert found.core_properties.language == "sv"
    styles = [(p.style.name, p.text) for p in found.paragraphs if p.style and p.text]
    assert styles[0] == ("Title", areas.title)
    assert ("Heading 1", "Förbättringsområden") in styles
    assert ("Heading 2", "Ett första möte") in styles
    assert ("Normal", "Beslutad: 20 januari 2026 · Arbetsgruppen") in styles
    assert ("Normal", "Syfte: Många börjar om.") in styles
    assert ("List Paragraph", "Åtta av tio berättar en gång.") in styles


def test_a_plan_action_stands_with_its_status_its_day_and_its_finding(
    areas: ActionPlan, client: CheckingClient
) -> None:
    table = opened(client.get(f"/plans/{areas.public_id}/plan.docx").data).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Planaktivitet",
        "Hur går det?",
        "Vad har hänt?",
    ]
    action, status, told = (cell.text for cell in table.rows[1].cells)
    assert action.startswith("Skriva en mall\nLärdom: ")
    assert re.search(r"\(https?://[^)]+/findings/[^)]+\)$", action)
    assert (status, told) == ("Klart, 10 mars 2026", "En sida.")


def test_the_older_form_is_one_table_an_area_on_paper_that_lies_down(
    goals: ActionPlan, client: CheckingClient
) -> None:
    found = opened(client.get(f"/plans/{goals.public_id}/plan.docx").data)
    page = found.sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert [[cell.text for cell in row.cells] for row in found.tables[0].rows] == [
        ["Långsiktigt mål", "Kortsiktiga mål", "Indikatorer", "Planaktiviteter", "Ansvar"],
        ["Fler är med.", "", "Antal aktiviteter", "Utveckla modellen", "Samordnande grupp"],
    ]


def test_the_version_that_is_in_force_stands_on_the_paper(
    session: Session, areas: ActionPlan, client: CheckingClient
) -> None:
    for number in (1, 2):
        session.add(PlanVersion(plan_id=areas.id, number=number, content={}))
    session.commit()
    found = opened(client.get(f"/plans/{areas.public_id}/plan.docx").data)
    assert "Version: 2" in [p.text for p in found.paragraphs]
    assert "<dt>Version</dt><dd>2</dd>" in client.page(f"/plans/{areas.public_id}/print")


def test_a_plan_whose_content_is_not_loaded_says_so(
    session: Session, areas: ActionPlan, client: CheckingClient
) -> None:
    areas.content_state = "not_loaded"
    session.commit()
    found = opened(client.get(f"/plans/{areas.public_id}/plan.docx").data)
    assert "Planens innehåll är inte inläst" in [p.text for p in found.paragraphs]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_same_plan_is_the_same_file(
    ending: str, areas: ActionPlan, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ending == "pdf" and not can_make_pdf():
        pytest.skip("this machine makes no PDF")
    first = client.get(f"/plans/{areas.public_id}/plan.{ending}").data
    _kept.clear()
    later = SimpleNamespace(time=lambda: 2_000_000_000)
    monkeypatch.setattr("fontTools.misc.timeTools.time", later)
    assert client.get(f"/plans/{areas.public_id}/plan.{ending}").data == first


@pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")
def test_the_pdf_is_tagged_with_headings_and_tables(
    goals: ActionPlan, client: CheckingClient
) -> None:
    made = client.get(f"/plans/{goals.public_id}/plan.pdf").data
    streams = re.findall(rb"stream\n(.*?)endstream", made, re.DOTALL)
    inside = b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    for told in (b"StructTreeRoot", b"/H1", b"/TH", b"/Lang", b"pdfuaid"):
        assert told in inside + made, told


def test_on_an_arabic_page_the_plans_words_say_that_they_are_swedish(
    areas: ActionPlan, client: CheckingClient
) -> None:
    page = client.get(f"/plans/{areas.public_id}/print?lang=ar").text
    assert '<span lang="sv" dir="auto">Skriva en mall</span>' in page
    assert "كتبت المجموعة الخطة باللغة السويدية." in page


def test_the_public_page_leads_to_both_files(areas: ActionPlan, client: CheckingClient) -> None:
    page = client.get(f"/plans/{areas.public_id}").text
    assert f'href="/plans/{areas.public_id}/plan.docx"' in page
    assert f"/plans/{areas.public_id}/{'plan.pdf' if can_make_pdf() else 'print'}" in page


@pytest.mark.parametrize("way", ["print", "plan.pdf", "plan.docx"])
def test_a_plan_that_is_not_there_has_no_paper(way: str, client: CheckingClient) -> None:
    assert client.get(f"/plans/none/{way}").status_code == 404
