""" "You said – we did": the public page, one matter, and how a coordinator puts it there."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from participation.commitments.queries import managed_commitment
from participation.county.queries import area_by_key, areas
from participation.disclosure.outlets import outlet
from participation.follow_up.forms import CheckForm, FeedbackForm
from participation.follow_up.queries.feedback import (
    areas_with_cases,
    case_by_public_id,
    public_cases,
    tally,
)
from participation.follow_up.rules.words import CASE_STATE_SHAPES
from participation.follow_up.services.feedback import tell_check, tell_feedback
from participation.follow_up.views.blueprint import blueprint
from participation.follow_up.views.threads import knots, state_in_words
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

THREAD = {"knots": knots, "state_in_words": state_in_words, "shapes": CASE_STATE_SHAPES}


@blueprint.get("/you-said-we-did")
@requires(Permission.PUBLIC)
@outlet("publication")
def you_said_we_did() -> str:
    """Every public matter, newest answer first; also the noes and what is late."""
    area_key = request.args.get("area", "")
    only_late = request.args.get("show") == "late"
    return render(
        "follow_up/public_you_said.html",
        page=public_cases(
            db(),
            today(),
            page_number(request.args.get("page")),
            area_key=area_key,
            only_late=only_late,
        ),
        tab_entries=_tabs(area_key, only_late),
        tally=tally(db(), today()),
        **THREAD,
    )


def _tabs(area_key: str, only_late: bool) -> list[tuple[str, str, bool]]:
    """Everything, each area that has matters, and what is late."""
    here = "follow_up.you_said_we_did"
    return [
        (_("Everything"), url_for(here), not area_key and not only_late),
        *(
            (area.name_in(current_locale()), url_for(here, area=area.key), area.key == area_key)
            for area in areas_with_cases(db())
        ),
        (_("Late"), url_for(here, show="late"), only_late),
    ]


@blueprint.get("/you-said-we-did/<public_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
def matter(public_id: str) -> str:
    """One matter."""
    return render(
        "follow_up/public_matter.html", case=case_by_public_id(db(), public_id, today()), **THREAD
    )


@blueprint.route("/commitments/<public_id>/feedback", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMITMENTS)
@commits
def new_feedback(public_id: str) -> str | Response:
    """Put a commitment on the public page together with the voice it answers."""
    commitment = managed_commitment(db(), actor(), public_id)
    form = FeedbackForm(title=commitment.title, voice_on=commitment.created_at.date())
    form.area.choices = [
        ("", _("No area")),
        *((area.key, area.name_in(current_locale())) for area in areas(db())),
    ]
    if form.validate_on_submit():
        area = area_by_key(db(), form.area.data) if form.area.data else None
        try:
            told = tell_feedback(
                db(),
                actor(),
                commitment,
                title=form.title.data or "",
                voice_text=form.voice_text.data or "",
                voice_on=form.voice_on.data or today(),
                voice_where=form.voice_where.data or "",
                area_id=area.id if area else None,
            )
        except Conflict as problem:
            form.add_error("title", problem.message)
        else:
            flash(_("Published on the page “You said – we did”."))
            return see_other("follow_up.matter", public_id=told.public_id)
    return render("follow_up/feedback_form.html", form=form, commitment=commitment)


@blueprint.route("/you-said-we-did/<public_id>/check", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMITMENTS)
@commits
def feedback_check(public_id: str) -> str | Response:
    """Note whether the result rings true to those who said it."""
    case = case_by_public_id(db(), public_id, today())
    managed_commitment(db(), actor(), case.commitment.public_id)
    form = CheckForm(check_on=today())
    if form.validate_on_submit():
        tell_check(
            db(), actor(), public_id, form.check_text.data or "", form.check_on.data or today()
        )
        flash(_("Saved."))
        return see_other("follow_up.matter", public_id=public_id)
    return render("follow_up/feedback_check.html", form=form, case=case)
