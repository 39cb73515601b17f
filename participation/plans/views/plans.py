"""Action plans: list, one plan in either form, one plan action with its history."""

from collections.abc import Callable
from functools import partial

from flask import flash, request
from werkzeug.wrappers import Response

from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import can_make_pdf
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.plans.forms import StatusForm
from participation.plans.queries.drafts import may_write
from participation.plans.queries.plans import action_page, plan_heads, plan_page
from participation.plans.queries.versions import versions_of
from participation.plans.queries.waiting import waiting_for
from participation.plans.rules.plans import PlanStatus
from participation.plans.rules.words import (
    EVIDENCE_WORDS,
    PLAN_STATUS_SHAPES,
    PLAN_STATUS_WORDS,
    TOLD_AS_WORDS,
)
from participation.plans.services.plans import (
    correct_status,
    entry_to_correct,
    may_tell_status,
    plan_action_for,
    tell_status,
)
from participation.plans.views.blueprint import blueprint

BACK_TO_LIST = "list"
WORDS = {
    "words": PLAN_STATUS_WORDS,
    "shapes": PLAN_STATUS_SHAPES,
    "evidence_words": EVIDENCE_WORDS,
}


@blueprint.get("/plans")
@requires(Permission.PUBLIC)
def plans() -> str:
    """Every group's plan, newest period first."""
    return render("plans/public_plans.html", heads=plan_heads(db()), **WORDS)


@blueprint.get("/plans/<public_id>")
@requires(Permission.PUBLIC)
def plan(public_id: str) -> str:
    """One plan with every line and the newest status of each plan action."""
    page = plan_page(db(), public_id)
    return render(
        "plans/public_plan.html",
        page=page,
        versions=versions_of(db(), page.plan.id),
        may_write=may_write(actor(), page.plan.group_id),
        has_pdf=can_make_pdf(),
        **WORDS,
    )


@blueprint.get("/plan-actions/<public_id>")
@requires(Permission.PUBLIC)
def plan_action(public_id: str) -> str:
    """One plan action: where it stands, what happened before, which findings it answers to."""
    page = action_page(db(), public_id)
    return render(
        "plans/public_plan_action.html",
        page=page,
        told_as=TOLD_AS_WORDS,
        may_tell=may_tell_status(actor(), page.plan),
        may_link=may_write(actor(), page.plan.group_id) and page.node.is_current,
        **WORDS,
    )


@blueprint.route("/plan-actions/<public_id>/status", methods=["GET", "POST"])
@requires(Permission.READ_GROUP)
@commits
def plan_status(public_id: str) -> str | Response:
    """Tell how a plan action is going."""
    node, plan = plan_action_for(db(), actor(), public_id)
    form = StatusForm(status_on=today())
    if form.validate_on_submit() and _told(form, partial(tell_status, db(), actor(), node)):
        flash(_("Saved. The plan shows it now."))
        return _after_telling(public_id)
    return render(
        "plans/plan_status.html",
        form=form,
        node=node,
        plan=plan,
        wrong=None,
        back=request.args.get("back"),
    )


@blueprint.route("/plan-actions/<public_id>/status/<int:number>", methods=["GET", "POST"])
@requires(Permission.READ_GROUP)
@commits
def correct(public_id: str, number: int) -> str | Response:
    """Tell anew what was told wrongly of a plan action."""
    node, plan = plan_action_for(db(), actor(), public_id)
    wrong = entry_to_correct(db(), node, number)
    form = StatusForm(status=wrong.status, status_on=wrong.status_on, text=wrong.text)
    if form.validate_on_submit() and _told(
        form, partial(correct_status, db(), actor(), node, wrong)
    ):
        flash(_("Corrected. What stood there before is kept in the history."))
        return see_other("plans.plan_action", public_id=public_id)
    return render(
        "plans/plan_status.html", form=form, node=node, plan=plan, wrong=wrong, number=number
    )


@blueprint.get("/plan-status")
@requires(Permission.READ_GROUP)
def waiting() -> str:
    """What the person's groups have not told anything new of for half a year."""
    return render("plans/waiting.html", groups=waiting_for(db(), actor(), today()), **WORDS)


def _after_telling(public_id: str) -> Response:
    """Back to the list, for whoever tells one after another."""
    if request.args.get("back") == BACK_TO_LIST:
        return see_other("plans.waiting")
    return see_other("plans.plan_action", public_id=public_id)


def _told(form: StatusForm, tell: Callable[..., object]) -> bool:
    """Tell what the form says; False, explained at its field, when it was refused."""
    try:
        tell(
            status=PlanStatus(form.status.data),
            text=form.text.data or "",
            on=form.status_on.data or today(),
        )
    except Conflict as problem:
        form.add_error(_field_of(form), problem.message)
        return False
    return True


def _field_of(form: StatusForm) -> str:
    """Where a refused status is explained: at the text for a no, else at the date."""
    return "text" if form.status.data == PlanStatus.DECLINED and not form.text.data else "status_on"
