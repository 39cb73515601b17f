"""A plan as the document that is taken along: its head in words, and its lines."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.i18n import format_partial_day
from participation.foundation.i18n import gettext as _
from participation.plans.models import ActionPlan, PlanVersion
from participation.plans.queries.plans import PlanPage, plan_page
from participation.plans.rules.documents import PlanPaper


def plan_paper(session: Session, public_id: str) -> tuple[PlanPage, PlanPaper]:
    """One plan with what its document says, in the language that is chosen. Raises NotFound."""
    page = plan_page(session, public_id)
    version = session.scalar(
        select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == page.plan.id)
    )
    return page, paper_of(page, version)


def paper_of(page: PlanPage, version: int | None) -> PlanPaper:
    """What the document of a plan says. `version`: None before the plan was decided here."""
    plan = page.plan
    said = [
        (_("Group"), page.group.name),
        (_("Period"), _period(plan)),
        (_("Version"), str(version) if version else None),
        (_("Decided"), _decision(plan)),
        (_("Overall goal"), plan.overall_goal),
        (_("Target group"), plan.target_group),
        (_("Responsible"), plan.responsible),
        (_("How it is carried out"), plan.carried_out),
        (_("How it is followed up"), plan.followed_up),
    ]
    return PlanPaper(
        title=plan.title,
        about=[(label, text) for label, text in said if text],
        tops=page.tops,
        is_loaded=plan.content_state != "not_loaded",
        is_fictional=plan.is_fictional,
        version=version,
    )


def _period(plan: ActionPlan) -> str:
    if plan.period_to == plan.period_from:
        return str(plan.period_from)
    return f"{plan.period_from}–{plan.period_to}"


def _decision(plan: ActionPlan) -> str:
    day = format_partial_day(plan.decided) if plan.decided else ""
    return " · ".join(part for part in (day, plan.decided_by) if part)
