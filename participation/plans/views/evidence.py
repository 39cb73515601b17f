"""What the lines of a plan rest on: chosen by coordinators, read by everybody."""

from flask import flash, request
from werkzeug.wrappers import Response

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.plans.forms import EvidenceForm
from participation.plans.queries.drafts import plan_to_write
from participation.plans.queries.evidence import (
    evidence_of_line,
    evidence_to_choose,
    line_for,
    lines_with_counts,
)
from participation.plans.rules.words import EVIDENCE_WORDS, KIND_WORDS
from participation.plans.services.evidence import link_evidence, unlink_evidence
from participation.plans.views.blueprint import blueprint


@blueprint.get("/plans/<public_id>/evidence")
@requires(Permission.MANAGE_PLANS)
def plan_evidence(public_id: str) -> str:
    """Every line of a plan, and how much it rests on."""
    plan = plan_to_write(db(), actor(), public_id)
    return render(
        "plans/plan_evidence.html",
        plan=plan,
        lines=lines_with_counts(db(), plan),
        kind_words=KIND_WORDS,
    )


@blueprint.route("/plan-lines/<public_id>/evidence", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
@commits
def line_evidence(public_id: str) -> Response | str:
    """What one line rests on, and one thing more."""
    node, plan = line_for(db(), actor(), public_id)
    linked = evidence_of_line(db(), node)
    known = {one.value for one in linked}
    form = EvidenceForm()
    form.evidence.choices = [
        ("", _("Choose")),
        *(
            (one.value, f"{EVIDENCE_WORDS[one.kind]}: {one.title}")
            for one in evidence_to_choose(db())
            if one.value not in known
        ),
    ]
    if form.validate_on_submit():
        link_evidence(db(), actor(), node, form.evidence.data)
        flash(_("Saved. Everybody sees it beside the line now."))
        return see_other("plans.line_evidence", public_id=public_id)
    return render(
        "plans/line_evidence.html",
        form=form,
        node=node,
        plan=plan,
        linked=linked,
        evidence_words=EVIDENCE_WORDS,
        kind_word=KIND_WORDS[node.kind],
    )


@blueprint.post("/plan-lines/<public_id>/evidence/remove")
@requires(Permission.MANAGE_PLANS)
@commits
def unlink(public_id: str) -> Response:
    """Take one thing away from a line; it can be chosen again."""
    node, _plan = line_for(db(), actor(), public_id)
    unlink_evidence(db(), actor(), node, request.form.get("evidence", ""))
    flash(_("Taken away. You can choose it again."))
    return see_other("plans.line_evidence", public_id=public_id)
