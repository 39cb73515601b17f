"""The plan of audits: year by year against the goal, and who is trained."""

from participation.audits.queries.plan import GOAL_PER_YEAR, planned_years, trained_auditors
from participation.audits.rules.states import STATE_LABELS, STATE_SHAPES
from participation.audits.views.blueprint import audits
from participation.foundation.clock import today
from participation.foundation.i18n import current_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, log_access_to, render, requires


@audits.get("/audits/plan")
@requires(Permission.MANAGE_AUDITS, whole_county=True)
def plan() -> str:
    """How many audits are held, go on and wait, and whom one can ask."""
    people = trained_auditors(db(), today())
    log_access_to([one.account.id for one in people], "auditors_listed", "audit", "plan")
    return render(
        "audits/plan.html",
        years=planned_years(db(), actor(), today().year),
        people=people,
        goal=GOAL_PER_YEAR,
        labels=STATE_LABELS,
        shapes=STATE_SHAPES,
        locale_code=current_locale(),
    )
