"""The short evaluation: by a person's link, and reading it as staff."""

from typing import Any

from flask import flash, request

from participation.accounts.views.bad_links import GONE
from participation.activities.forms import EvaluationForm, PlainForm, ShownWordsForm
from participation.activities.models import Activity, Invitation
from participation.activities.queries import (
    evaluation_is_open,
    evaluation_result,
    evaluation_to_read,
    invitation_by_token,
    own_evaluation,
)
from participation.activities.rules.evaluation import QUESTIONS, SHARE_LABELS, THOUGHT_LABELS
from participation.activities.services import say_what_i_thought, show_words
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.invitations import invitations, no_such_link
from participation.activities.views.managed import managed
from participation.foundation.deidentification import Certainty, find_spans
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

LEFT_OUT = "left_out"
MASK = "[…]"


@invitations.get("/i/<token>/evaluation")
@requires(Permission.PUBLIC)
def evaluation(token: str) -> Any:
    try:
        found = invitation_by_token(db(), token)
    except NotFound:
        return no_such_link()
    said = own_evaluation(db(), found)
    names = [*QUESTIONS, "words"]
    known = {name: getattr(said, name) for name in names} if said else {}
    return _own_page(found, token, EvaluationForm(formdata=None, data=known))


@invitations.post("/i/<token>/evaluation")
@requires(Permission.PUBLIC)
@commits
def evaluate(token: str) -> Any:
    try:
        found = invitation_by_token(db(), token)
    except NotFound:
        return no_such_link()
    form = EvaluationForm()
    if not evaluation_is_open(db(), found) or not form.validate():
        return _own_page(found, token, form)
    say_what_i_thought(db(), found, form.thoughts(), form.words.data or None)
    flash(_("Thank you. What you think is saved, and you can change it by the same link."))
    return see_other(".invitation", token=token)


def _own_page(found: Invitation, token: str, form: EvaluationForm) -> Any:
    is_open = evaluation_is_open(db(), found)
    page = render(
        "activities/evaluate.html",
        activity=found.activity,
        form=form,
        token=token,
        is_open=is_open,
        kind=WORDS["kinds"][found.activity.kind],
    )
    return page, 200 if is_open else GONE


@activities.get("/activities/<public_id>/evaluation")
@requires(Permission.MANAGE_ACTIVITIES)
def evaluation_read(public_id: str) -> str:
    return _reading_page(managed(public_id), None, "")


@activities.post("/activities/<public_id>/evaluation/<evaluation_id>")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def show(public_id: str, evaluation_id: str) -> Any:
    found = managed(public_id)
    one = evaluation_to_read(db(), found, evaluation_id)
    form = ShownWordsForm()
    is_left_out = LEFT_OUT in request.form
    if not is_left_out and not form.validate():
        return _reading_page(found, form, evaluation_id)
    show_words(db(), actor(), found, one, None if is_left_out else form.text.data)
    flash(_("Left out.") if is_left_out else _("The activity's page shows it now."))
    return see_other(".evaluation_read", public_id=public_id)


def _reading_page(found: Activity, refused: ShownWordsForm | None, refused_id: str) -> str:
    result = evaluation_result(db(), found)
    first = result.to_read[0] if result.to_read else None
    form = refused
    if first is not None and (form is None or first.public_id != refused_id):
        form = ShownWordsForm(formdata=None, data={"text": masked(first.words or "")})
    return render(
        "activities/evaluation.html",
        activity=found,
        result=result,
        first=first,
        form=form,
        plain=PlainForm(formdata=None),
        questions=QUESTIONS,
        thought_labels=THOUGHT_LABELS,
        share_labels=SHARE_LABELS,
        tab="overview",
        can_manage=True,
        **WORDS,
    )


def masked(text: str) -> str:
    """A suggestion for whoever reads it: what surely points to a person is taken out."""
    pieces, position = [], 0
    for span in find_spans(text):
        if span.certainty >= Certainty.LIKELY:
            pieces += [text[position : span.start], MASK]
            position = span.end
    return "".join([*pieces, text[position:]])
