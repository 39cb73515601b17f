"""A plan as the document that is taken along: its head in words, and its lines."""

from sqlalchemy.orm import Session

from participation.foundation.i18n import format_partial_day
from participation.foundation.i18n import gettext as _
from participation.plans.models import ActionPlan
from participation.plans.queries.plans import PlanPage, plan_page
from participation.plans.rules.documents import PlanPaper


def plan_paper(session: Session, public_id: str) -> tuple[PlanPage, PlanPaper]:
    """One plan with what its document says, in the language that is chosen. Raises NotFound."""
    page = plan_page(session, public_id)
    return page, paper_of(page)


def paper_of(page: PlanPage) -> PlanPaper:
    """What the document of a plan says."""
    plan = page.plan
    said = [
        (_("Group"), page.group.name),
        (_("Period"), _period(plan)),
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
    )


def _period(plan: ActionPlan) -> str:
    if plan.period_to == plan.period_from:
        return str(plan.period_from)
    return f"{plan.period_from}–{plan.period_to}"


def _decision(plan: ActionPlan) -> str:
    day = format_partial_day(plan.decided) if plan.decided else ""
    return " · ".join(part for part in (day, plan.decided_by) if part)
