"""For which goals of plans a finding speaks."""

from flask import flash
from werkzeug.wrappers import Response

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.plans.forms import GoalsForm
from participation.plans.queries.goals import goal_ids_of, goals_to_choose
from participation.plans.services.plans import choose_goals
from participation.plans.views.blueprint import blueprint
from participation.results.queries import finding as finding_for


@blueprint.route("/results/findings/<public_id>/goals", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FINDINGS)
@commits
def finding_goals(public_id: str) -> Response | str:
    """Choose among the goals in force of the groups it concerns."""
    found = finding_for(db(), actor(), public_id)
    offered = goals_to_choose(db(), found)
    form = GoalsForm(data={"goals": goal_ids_of(db(), found.id)})
    form.goals.choices = [
        (goal.node.public_id, f"{group.name}: {goal.node.text}") for goal, group in offered
    ]
    if not form.validate_on_submit():
        return render("plans/finding_goals.html", form=form, finding=found)
    chosen = set(form.goals.data or [])
    nodes = [goal.node for goal, _group in offered if goal.node.public_id in chosen]
    choose_goals(db(), actor(), found, nodes)
    flash(_("Saved. The plans show the finding once it is published."))
    return see_other("results.finding", public_id=public_id)
