"""The agreement behind the personal link: read, agree, ask, print. No sign-in."""

from typing import Any

from flask import flash, request

from participation.activities.models import Invitation
from participation.assignments.forms import AgreeForm, AskForm
from participation.assignments.queries import agreement_of, terms_of
from participation.assignments.rules.agreements import text_digest, unpacked
from participation.assignments.services import (
    TextChanged,
    accept_agreement,
    ask_about_agreement,
    current_text,
)
from participation.assignments.views.blueprint import WORDS, assignments
from participation.assignments.views.links import opened
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, db, render, requires, see_other


@assignments.get("/i/<token>/agreement")
@requires(Permission.PUBLIC)
def agreement(token: str) -> Any:
    return _page(opened(token), token)


@assignments.post("/i/<token>/agreement")
@requires(Permission.PUBLIC)
@commits
def agree(token: str) -> Any:
    found = opened(token)
    form = AgreeForm()
    if not form.validate():
        return _page(found, token, agree_form=form)
    try:
        accept_agreement(db(), found, current_locale(), form.digest.data or "")
    except TextChanged:
        flash(_("The agreement was changed while you were reading. Please read it again."), "wait")
        return see_other(".agreement", token=token)
    flash(_("Thank you. You have agreed."))
    return see_other("invitations.invitation", token=token)


@assignments.post("/i/<token>/agreement/ask")
@requires(Permission.PUBLIC)
@commits
def ask(token: str) -> Any:
    found = opened(token)
    form = AskForm()
    if not form.validate():
        return _page(found, token, ask_form=form)
    ask_about_agreement(db(), found, form.question.data)
    flash(_("Thank you. Your question is sent. You get the answer by mail."))
    return see_other(".agreement", token=token)


@assignments.get("/i/<token>/agreement/ask")
@requires(Permission.PUBLIC)
def ask_again(token: str) -> Any:
    """Whoever reloads the page after an error lands where the question is asked."""
    return see_other(".agreement", token=token)


def _page(
    found: Invitation,
    token: str,
    agree_form: AgreeForm | None = None,
    ask_form: AskForm | None = None,
) -> str:
    activity = found.activity
    terms = terms_of(db(), activity)
    kept = agreement_of(db(), activity.id, found.member_id)
    is_agreed = kept is not None and kept.accepted_at is not None
    if not is_agreed and not (terms.needs.agreement and activity.is_still_to_come):
        raise NotFound
    if kept is not None and kept.text is not None:
        text = unpacked(kept.text, kept.locale or "sv")
    else:
        text, _template = current_text(db(), activity, terms, current_locale())
    shown = agree_form or AgreeForm(formdata=None)
    shown.digest.data = text_digest(text.plain)
    return render(
        "assignments/agreement.html",
        activity=activity,
        text=text,
        kept=kept,
        is_agreed=is_agreed,
        form=agree_form if agree_form and agree_form.errors else ask_form,
        agree_form=shown,
        ask_form=ask_form or AskForm(formdata=None),
        token=token,
        is_printed="print" in request.args,
        **WORDS,
    )
