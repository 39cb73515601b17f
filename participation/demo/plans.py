"""The invented group's plan: decided anew once, and a draft of what comes next."""

from sqlalchemy import select

from participation.demo.year import Year
from participation.foundation.clock import today
from participation.plans.models import ActionPlan
from participation.plans.queries.drafts import draft_lines
from participation.plans.services.deciding import decide_draft
from participation.plans.services.drafts import add_line, begin_draft, change_about, change_line

PLAN = "provmodellen-2026"
DECIDED_WEEKS_BEFORE = 3
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
        text="Fråga dem som var med om mallen blev som de tänkte",
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
