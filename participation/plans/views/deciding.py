"""From draft to decision, and the versions that were decided before."""

from flask import flash
from werkzeug.wrappers import Response

from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.plans.forms import DecideForm
from participation.plans.models import ActionPlan
from participation.plans.queries.drafts import draft_for
from participation.plans.queries.versions import version_page
from participation.plans.rules.words import (
    KIND_WORDS,
    PLAN_STATUS_SHAPES,
    PLAN_STATUS_WORDS,
)
from participation.plans.rules.writing_words import COLUMN_WORDS
from participation.plans.services.deciding import changes_of, decide_draft
from participation.plans.services.drafts import ChangedMeanwhile
from participation.plans.views.blueprint import blueprint


@blueprint.route("/plans/drafts/<public_id>/decide", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
@commits
def decide(public_id: str) -> Response | str:
    """What the draft changes, and the decision that puts it in force."""
    found = draft_for(db(), actor(), public_id)
    form = DecideForm(seen=str(found.revision), decided_on=today())
    if form.validate_on_submit():
        try:
            version = decide_draft(
                db(),
                actor(),
                found,
                seen=form.seen_revision,
                decided_on=form.decided_on.data,
                decided_by=form.decided_by.data,
                reason=form.reason.data or "",
            )
        except Conflict as problem:
            form.add_error("decided_on", problem.message)
            if isinstance(problem, ChangedMeanwhile):
                form.seen.data = str(found.revision)
        else:
            plan = db().get_one(ActionPlan, version.plan_id)
            flash(_("The plan is in force. Everybody sees it now."))
            return see_other("plans.plan", public_id=plan.public_id)
    changes = changes_of(db(), found)
    return render(
        "plans/decide.html",
        form=form,
        draft=found,
        changes=changes,
        about=[str(COLUMN_WORDS[name]) for name in changes.about],
        kind_words=KIND_WORDS,
    )


@blueprint.get("/plans/<public_id>/versions/<int:number>")
@requires(Permission.PUBLIC)
def version(public_id: str, number: int) -> str:
    """A plan as it was decided once."""
    return render(
        "plans/version.html",
        page=version_page(db(), public_id, number),
        words=PLAN_STATUS_WORDS,
        shapes=PLAN_STATUS_SHAPES,
    )
