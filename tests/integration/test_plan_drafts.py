"""Plans are written in drafts and decided in versions; lines keep their identity through them."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.services import load_county
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.permissions import SYSTEM
from participation.plans.models import (
    BY_HAND,
    ActionPlan,
    PlanActionStatus,
    PlanDraft,
    PlanDraftLine,
    PlanNode,
    PlanVersion,
)
from participation.plans.queries.drafts import draft_lines, lines_of_draft
from participation.plans.queries.plans import plan_page
from participation.plans.rules.plan_file import LineFacts, PlanFacts
from participation.plans.rules.plans import PlanStatus
from participation.plans.services.deciding import changes_of, decide_draft
from participation.plans.services.drafts import (
    ChangedMeanwhile,
    add_line,
    begin_draft,
    begin_next_plan,
    begin_plan,
    change_about,
    change_line,
    create_draft,
    discard_draft,
    move_line,
    remove_line,
    restore_last_removed,
)
from participation.plans.services.load_section import ActionPlansSection
from participation.plans.services.plans import tell_status
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

FILE = """
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
    decided: "2025-12"
    decided_by: LGL
    improvement_areas:
      - key: mote
        title: Ett första möte
        plan_actions:
          - {key: mall, text: Skriva en mall}
          - {key: prova, text: Pröva mallen}
"""


def load(session: Session, tmp_path: Path, text: str = FILE) -> None:
    path = tmp_path / "plans.yaml"
    path.write_text(text)
    load_county(session, path, (ActionPlansSection(),))
    session.commit()


@pytest.fixture
def plan(session: Session, county: SmallCounty, tmp_path: Path) -> ActionPlan:
    """A plan of the county file with an area and two plan actions."""
    load(session, tmp_path)
    return session.scalars(select(ActionPlan)).one()


def texts(lines: Sequence[Any]) -> list[str]:
    return [line.text for line in lines]


def decide(session: Session, draft: PlanDraft, **more: Any) -> PlanVersion:
    said = {"decided_on": today(), "decided_by": "LGL", "seen": draft.revision, **more}
    return decide_draft(session, SYSTEM, draft, **said)


def line_called(session: Session, draft: PlanDraft, text: str) -> PlanDraftLine:
    return next(line for line in draft_lines(session, draft.id) if line.text == text)


def test_a_draft_begins_with_what_is_in_force_and_is_one_for_everybody(
    session: Session, plan: ActionPlan
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    assert texts(draft_lines(session, draft.id)) == [
        "Ett första möte",
        "Skriva en mall",
        "Pröva mallen",
    ]
    assert begin_draft(session, SYSTEM, plan) is draft
    assert changes_of(session, draft).is_empty


def test_nothing_of_a_draft_is_public_before_it_is_decided(
    session: Session, plan: ActionPlan, client: CheckingClient
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    area = line_called(session, draft, "Ett första möte")
    add_line(session, draft, area, "plan_action", text="Hemligt ännu")
    session.commit()
    assert "Hemligt ännu" not in client.page(f"/plans/{plan.public_id}")
    decide(session, draft)
    session.commit()
    assert "Hemligt ännu" in client.page(f"/plans/{plan.public_id}")
    assert "Hemligt ännu" in client.page("/search?q=hemligt")


def test_a_line_keeps_its_address_and_its_history_when_it_says_something_else(
    session: Session, plan: ActionPlan
) -> None:
    node = session.scalars(select(PlanNode).where(PlanNode.text == "Skriva en mall")).one()
    tell_status(session, SYSTEM, node, status=PlanStatus.GOING, text="Ett utkast", on=today())
    draft = begin_draft(session, SYSTEM, plan)
    line = line_called(session, draft, "Skriva en mall")
    change_line(
        session, draft, line, line.revision, text="Skriva två mallar", responsible="Gruppen"
    )
    decide(session, draft)
    shown = next(a for a in plan_page(session, plan.public_id).actions if "två" in a.text)
    assert shown.public_id == node.public_id
    assert shown.status is PlanStatus.GOING
    assert shown.responsible == "Gruppen"


def test_a_line_that_is_taken_away_leaves_the_plan_and_keeps_its_history(
    session: Session, plan: ActionPlan
) -> None:
    node = session.scalars(select(PlanNode).where(PlanNode.text == "Pröva mallen")).one()
    tell_status(session, SYSTEM, node, status=PlanStatus.DONE, text="", on=today())
    draft = begin_draft(session, SYSTEM, plan)
    remove_line(session, draft, line_called(session, draft, "Pröva mallen"))
    version = decide(session, draft)
    assert version.changes == {"added": 0, "changed": 0, "removed": 1}
    assert texts(plan_page(session, plan.public_id).actions) == ["Skriva en mall"]
    assert session.scalars(select(PlanActionStatus.status)).all() == ["done"]


def test_the_version_before_stays_readable_as_it_was_decided(
    session: Session, plan: ActionPlan, client: CheckingClient
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    line = line_called(session, draft, "Skriva en mall")
    change_line(session, draft, line, line.revision, text="Skriva två mallar")
    decide(session, draft, reason="En mall räckte inte")
    session.commit()
    page = client.page(f"/plans/{plan.public_id}")
    assert "En mall räckte inte" in page
    earlier = client.page(f"/plans/{plan.public_id}/versions/1")
    assert "Skriva en mall" in earlier
    assert "gäller inte längre" in earlier
    assert "december 2025" in earlier
    assert "Skriva två mallar" in client.page(f"/plans/{plan.public_id}/versions/2")
    client.page(f"/plans/{plan.public_id}/versions/3", status=404)


def test_loading_the_county_file_again_leaves_a_plan_that_was_decided_here(
    session: Session, plan: ActionPlan, tmp_path: Path
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    line = line_called(session, draft, "Skriva en mall")
    change_line(session, draft, line, line.revision, text="Skriva två mallar")
    decide(session, draft)
    session.commit()
    load(session, tmp_path, FILE.replace("Pröva mallen", "Något annat"))
    session.refresh(plan)
    assert (plan.layer, plan.is_current) == (BY_HAND, True)
    assert texts(plan_page(session, plan.public_id).actions) == [
        "Skriva två mallar",
        "Pröva mallen",
    ]


def test_a_plan_whose_content_was_not_loaded_is_written_here(
    session: Session, county: SmallCounty, tmp_path: Path
) -> None:
    empty = FILE.split("    improvement_areas", maxsplit=1)[0].replace(
        "content: loaded", "content: not_loaded"
    )
    load(session, tmp_path, empty)
    plan = session.scalars(select(ActionPlan)).one()
    draft = begin_draft(session, SYSTEM, plan)
    with pytest.raises(Conflict, match="inga rader"):
        decide(session, draft)
    add_line(session, draft, None, "ongoing_area", text="Tider som passar")
    assert decide(session, draft).number == 1
    assert plan.content_state == "loaded"


def test_a_new_plan_in_the_older_form_stands_on_the_groups_page_once_decided(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    draft = begin_plan(
        session, SYSTEM, county.group, "goals", period=(2027, 2028), title="Handlingsplan 2027–2028"
    )
    focus = add_line(session, draft, None, "focus_area", text="Tidiga insatser")
    goal = add_line(session, draft, focus, "long_term_goal", text="Hjälp i tid", responsible="LGL")
    add_line(session, draft, goal, "short_term_goal", text="Fler vet vart de ska vända sig")
    add_line(session, draft, goal, "plan_action", text="En gemensam ingång")
    with pytest.raises(Conflict):
        add_line(session, draft, focus, "plan_action", text="Fel plats")
    version = decide(session, draft)
    session.commit()
    assert version.changes["added"] == 4
    group = client.page(f"/groups/{county.group.public_id}")
    assert "Handlingsplan 2027–2028" in group


def test_the_next_plan_begins_with_the_lines_but_without_their_history(
    session: Session, plan: ActionPlan, county: SmallCounty
) -> None:
    draft = begin_next_plan(
        session, SYSTEM, county.group, plan, period=(2027, 2027), title="Handlingsplan 2027"
    )
    assert draft.plan_id is None
    assert {line.node_id for line in draft_lines(session, draft.id)} == {None}
    decide(session, draft)
    both = session.scalars(select(ActionPlan).order_by(ActionPlan.id)).all()
    assert [one.period_from for one in both] == [2026, 2027]
    assert len(plan_page(session, plan.public_id).actions) == 2


def test_facts_of_a_document_become_a_draft(session: Session, county: SmallCounty) -> None:
    facts = PlanFacts(
        key="",
        group="",
        title="Ur ett dokument",
        form="areas",
        content_state="loaded",
        period_from=2026,
        period_to=2026,
        decided=None,
        decided_by=None,
        overall_goal="Alla får hjälp",
        target_group=None,
        responsible=None,
        carried_out=None,
        followed_up=None,
        is_fictional=False,
        lines=(
            LineFacts(key="1", kind="improvement_area", text="Möten", purpose="Därför"),
            LineFacts(key="2", kind="plan_action", text="Ring dagen före", parent="1"),
        ),
    )
    draft = create_draft(session, SYSTEM, county.group, facts)
    lines = lines_of_draft(session, draft)
    assert [(line.text, line.purpose) for line in lines] == [
        ("Möten", "Därför"),
        ("Ring dagen före", None),
    ]
    assert lines[1].parent == lines[0].key
    assert draft.overall_goal == "Alla får hjälp"


def test_what_was_taken_away_last_comes_back_first(session: Session, plan: ActionPlan) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    before = texts(draft_lines(session, draft.id))
    assert remove_line(session, draft, line_called(session, draft, "Pröva mallen")) == 1
    assert remove_line(session, draft, line_called(session, draft, "Ett första möte")) == 2
    assert texts(draft_lines(session, draft.id)) == []
    assert restore_last_removed(session, draft) == 2
    assert texts(draft_lines(session, draft.id)) == ["Ett första möte", "Skriva en mall"]
    assert restore_last_removed(session, draft) == 1
    assert texts(draft_lines(session, draft.id)) == before
    assert restore_last_removed(session, draft) == 0


def test_a_line_moves_among_its_own_kind_and_stops_at_the_end(
    session: Session, plan: ActionPlan
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    last = line_called(session, draft, "Pröva mallen")
    move_line(session, draft, last, 1)
    assert texts(draft_lines(session, draft.id))[1:] == ["Skriva en mall", "Pröva mallen"]
    move_line(session, draft, last, -1)
    assert texts(draft_lines(session, draft.id))[1:] == ["Pröva mallen", "Skriva en mall"]
    assert changes_of(session, draft).is_reordered


def test_who_writes_over_another_is_told_and_keeps_what_they_typed(
    session: Session, plan: ActionPlan, as_coordinator: CheckingClient
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    line = line_called(session, draft, "Skriva en mall")
    here = f"/plans/drafts/{draft.public_id}/lines/{line.public_id}"
    seen = line.revision
    change_line(session, draft, line, seen, text="Anderas ord")
    session.commit()
    refused = as_coordinator.submit(here, {"text": "Mina ord", "seen": str(seen)}).text
    assert "Någon annan har ändrat" in refused
    assert "Anderas ord" in refused
    assert "Mina ord" in refused
    session.commit()
    session.expire_all()
    assert line.text == "Anderas ord"
    seen = line.revision
    session.commit()  # the test's own reading would keep the application waiting
    saved = as_coordinator.submit(here, {"text": "Mina ord", "seen": str(seen)})
    assert saved.status_code == 303, saved.text
    session.commit()
    session.expire_all()
    assert line.text == "Mina ord"


def test_saving_what_another_wrote_alike_is_no_collision(
    session: Session, plan: ActionPlan
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    line = line_called(session, draft, "Skriva en mall")
    change_line(session, draft, line, line.revision, text="Samma ord")
    change_line(session, draft, line, 1, text="Samma ord")
    assert line.revision == 2
    with pytest.raises(ChangedMeanwhile):
        change_about(session, draft, 1, title="En annan titel")


def test_a_draft_that_changed_after_it_was_read_is_not_decided(
    session: Session, plan: ActionPlan
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    read = draft.revision
    add_line(session, draft, None, "ongoing_area", text="Nytt sedan dess")
    with pytest.raises(ChangedMeanwhile):
        decide(session, draft, seen=read)
    with pytest.raises(Conflict, match="framåt"):
        decide(session, draft, decided_on=today() + timedelta(days=1))


def test_a_draft_that_is_thrown_away_leaves_the_plan(
    session: Session, plan: ActionPlan, as_coordinator: CheckingClient
) -> None:
    draft = begin_draft(session, SYSTEM, plan)
    session.commit()
    here = f"/plans/drafts/{draft.public_id}/discard"
    assert "Kasta utkastet?" in as_coordinator.page(here)
    as_coordinator.submit(here, {})
    assert session.scalars(select(PlanDraft.id)).all() == []
    assert session.scalars(select(PlanDraftLine.id)).all() == []
    assert len(plan_page(session, plan.public_id).actions) == 2


def test_a_plan_is_written_through_the_pages(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    missing = as_coordinator.submit("/plans/drafts/new", {"title": "Planen"}).text
    assert "Välj formen på planen" in missing
    backwards = as_coordinator.submit(
        "/plans/drafts/new",
        {
            "title": "Planen",
            "group": county.group.public_id,
            "form_of_plan": "areas",
            "period_from": "2028",
            "period_to": "2027",
        },
    ).text
    assert "Sista året ligger före det första" in backwards
    as_coordinator.submit(
        "/plans/drafts/new",
        {
            "title": "Planen",
            "group": county.group.public_id,
            "form_of_plan": "areas",
            "period_from": "2027",
            "period_to": "2028",
        },
    )
    draft = session.scalars(select(PlanDraft)).one()
    here = f"/plans/drafts/{draft.public_id}"
    session.commit()
    as_coordinator.submit(
        f"{here}/lines/new/improvement_area",
        {"text": "Ett första möte", "purpose": "För att många får vänta", "time_frame": "2027"},
    )
    session.commit()
    session.expire_all()
    area = line_called(session, draft, "Ett första möte")
    session.commit()
    again = as_coordinator.submit(
        f"{here}/lines/{area.public_id}/new/plan_action",
        {"text": "Skriva en mall", "and_another": "y"},
    )
    assert again.headers["Location"].endswith(f"/lines/{area.public_id}/new/plan_action")
    page = as_coordinator.page(here)
    assert "För att många får vänta" in page
    assert "Skriva en mall" in page
    as_coordinator.submit(
        f"{here}/decide",
        {"decided_on": str(today()), "decided_by": "LGL", "seen": str(_revision(session, draft))},
    )
    plan = session.scalars(select(ActionPlan)).one()
    assert plan.decided == str(today())
    assert "Skriva en mall" in as_coordinator.page(f"/plans/{plan.public_id}")


def _revision(session: Session, draft: PlanDraft) -> int:
    session.refresh(draft)
    session.commit()
    return draft.revision


def test_a_line_of_another_draft_is_not_found(session: Session, county: SmallCounty) -> None:
    one = begin_plan(session, SYSTEM, county.group, "areas", period=(2027, 2027), title="Ett")
    two = begin_plan(session, SYSTEM, county.group, "areas", period=(2027, 2027), title="Två")
    add_line(session, one, None, "ongoing_area", text="Ettans rad")
    session.commit()
    discard_draft(session, SYSTEM, two)
    with pytest.raises(NotFound):
        add_line(session, two, None, "ongoing_area", text="För sent")


def test_a_decision_says_its_day(session: Session, plan: ActionPlan) -> None:
    version = decide(session, begin_draft(session, SYSTEM, plan), decided_on=date(2026, 1, 15))
    assert (version.number, version.decided) == (2, "2026-01-15")
