"""A coordinator puts a finding before groups; a group says which plan actions carry its answer."""

from datetime import timedelta

from flask import flash
from werkzeug.wrappers import Response

from participation.commitments.queries import commitment_for, commitments_about
from participation.county.queries import groups
from participation.follow_up.forms import CarryForm, PutForm
from participation.follow_up.queries.carrying import actions_to_choose, finding_answered
from participation.follow_up.services.putting import carry_by_actions, put_before_groups
from participation.follow_up.views.blueprint import blueprint
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import current_locale, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.results.queries import one_published
from participation.results.rules.findings import ANSWER_DAYS


@blueprint.route("/findings/<public_id>/put", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMITMENTS, whole_county=True)
@commits
def put_finding(public_id: str) -> str | Response:
    """Ask groups to answer a published finding."""
    finding = one_published(db(), public_id)
    owed = commitments_about(db(), "finding", public_id)
    asked = {one.owed_by_group_id for one in owed}
    free = {one.public_id: one for one in groups(db()) if one.id not in asked}
    form = PutForm(due_on=today() + timedelta(days=ANSWER_DAYS))
    form.groups.choices = [(key, one.name_in(current_locale())) for key, one in free.items()]
    if form.validate_on_submit():
        chosen = [free[key] for key in form.groups.data or [] if key in free]
        try:
            made = put_before_groups(
                db(),
                actor(),
                public_id,
                chosen,
                due_on=form.due_on.data or today(),
                meeting_on=form.meeting_on.data,
            )
        except Conflict:
            flash(_("They have been asked already."), "warning")
        else:
            flash(ngettext("%(num)s group is asked.", "%(num)s groups are asked.", len(made)))
        return see_other("follow_up.put_finding", public_id=public_id)
    return render("follow_up/put_finding.html", form=form, finding=finding, owed=owed)


@blueprint.route("/commitments/<public_id>/plan-actions", methods=["GET", "POST"])
@requires(Permission.ANSWER_COMMITMENT)
@commits
def carry_answer(public_id: str) -> str | Response:
    """Which plan actions carry what the group answered."""
    commitment = commitment_for(db(), actor(), public_id)
    finding = finding_answered(db(), commitment)
    if finding is None:
        raise NotFound
    actions = actions_to_choose(db(), commitment, finding)
    free = {one.node.public_id: one for one in actions if not one.is_linked}
    form = CarryForm()
    form.actions.choices = [(key, one.node.text) for key, one in free.items()]
    if form.validate_on_submit():
        nodes = [free[key].node for key in form.actions.data or [] if key in free]
        carry_by_actions(db(), actor(), finding, nodes)
        flash(_("Saved. The plan and the finding show each other."))
        return see_other("commitments.one", public_id=public_id)
    return render(
        "follow_up/carry_answer.html",
        form=form,
        commitment=commitment,
        carrying=[one for one in actions if one.is_linked],
    )
