"""The invented group's plan: decided anew once, a draft of what comes next, what it rests on."""

from sqlalchemy import select

from participation.demo.year import Year
from participation.foundation.clock import today
from participation.plans.models import ActionPlan, PlanNode
from participation.plans.queries.drafts import draft_lines
from participation.plans.queries.evidence import evidence_to_choose
from participation.plans.rules.evidence import LINKED_KINDS
from participation.plans.rules.plans import PlanStatus
from participation.plans.services.deciding import decide_draft
from participation.plans.services.drafts import add_line, begin_draft, change_about, change_line
from participation.plans.services.evidence import link_evidence
from participation.plans.services.plans import correct_status, tell_status

PLAN = "provmodellen-2026"
ASKED_AGAIN = "Fråga dem som var med om mallen blev som de tänkte"
DECIDED_WEEKS_BEFORE = 3
TOLD_WEEKS_BEFORE = 2
CORRECTED_WEEKS_BEFORE = 1
DRAFTED_WEEKS_BEFORE = 1


def revise_plan(year: Year) -> None:
    """A second version in force, and a third as a draft."""
    plan = year.session.scalars(select(ActionPlan).where(ActionPlan.key == PLAN)).one()
    with year.calendar.stand_at(year.calendar.weeks_back(DECIDED_WEEKS_BEFORE)):
        _decide_second(year, plan)
    with year.calendar.stand_at(year.calendar.weeks_back(DRAFTED_WEEKS_BEFORE)):
        draft = begin_draft(year.session, year.coordinator, plan)
        area = draft_lines(year.session, draft.id)[0]
        add_line(
            year.session, draft, area, "plan_action", text="Pröva mallen på två mottagningar till"
        )


def tell_how_it_goes(year: Year) -> None:
    """A status that the coordinators told wrongly and corrected the week after."""
    action = year.session.scalars(
        select(PlanNode)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .where(ActionPlan.key == PLAN, PlanNode.text == ASKED_AGAIN, PlanNode.is_current)
    ).one()
    with year.calendar.stand_at(year.calendar.weeks_back(TOLD_WEEKS_BEFORE)):
        wrong = tell_status(
            year.session,
            year.coordinator,
            action,
            status=PlanStatus.DONE,
            text="Alla har fått frågan.",
            on=today(),
        )
    with year.calendar.stand_at(year.calendar.weeks_back(CORRECTED_WEEKS_BEFORE)):
        correct_status(
            year.session,
            year.coordinator,
            action,
            wrong,
            status=PlanStatus.GOING,
            text="Hälften har fått frågan. Resten får den i nästa vecka.",
            on=today(),
        )


def say_what_it_rests_on(year: Year) -> None:
    """The invented plan's area rests on one thing of each kind; findings stand at its goals."""
    area = year.session.scalars(
        select(PlanNode)
        .join(ActionPlan, ActionPlan.id == PlanNode.plan_id)
        .where(ActionPlan.key == PLAN, PlanNode.kind == "improvement_area", PlanNode.is_current)
        .order_by(PlanNode.position)
    ).first()
    if area is None:
        return
    offered = evidence_to_choose(year.session)
    for kind in LINKED_KINDS:
        first = next((one for one in offered if one.kind is kind), None)
        if first is not None:
            link_evidence(year.session, year.coordinator, area, first.value)


def _decide_second(year: Year, plan: ActionPlan) -> None:
    session = year.session
    draft = begin_draft(session, year.coordinator, plan)
    lines = draft_lines(session, draft.id)
    area = next(line for line in lines if line.kind == "improvement_area")
    add_line(
        session,
        draft,
        area,
        "plan_action",
        text=ASKED_AGAIN,
        responsible="Arbetsgruppen",
    )
    change_line(
        session,
        draft,
        area,
        area.revision,
        text=area.text,
        purpose=area.purpose,
        time_frame="Våren 2026 till våren 2027",
    )
    change_about(session, draft, draft.revision, responsible="Arbetsgrupp Provmodellen")
    decide_draft(
        session,
        year.coordinator,
        draft,
        seen=draft.revision,
        decided_on=today(),
        decided_by="Arbetsgrupp Provmodellen",
        reason="De som var med i temadialogen vill bli tillfrågade igen. Tiden blir längre.",
    )
